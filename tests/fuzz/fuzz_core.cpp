// The bytes are a core: the complete analysis, written as JSON.

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "pycore/analyze.hpp"
#include "pycore/report.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const int file = memfd_create("core", MFD_CLOEXEC);
    if (file < 0 || write(file, data, size) != static_cast<ssize_t>(size)) {
        std::abort();
    }
    pycore::Options options;
    options.files.recorded_paths = false;
    options.limits.max_unpacked_bytes = 1U << 20;
    const auto report = pycore::analyze("/proc/self/fd/" + std::to_string(file), options);
    if (report) {
        std::ostringstream out;
        pycore::write_json(*report, out);
    }
    close(file);
    return 0;
}
