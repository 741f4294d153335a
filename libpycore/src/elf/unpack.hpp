#pragma once

#include <memory>
#include <optional>
#include <string>

#include "elf/input_file.hpp"
#include "pycore/core_file.hpp"

namespace pycore {

/// A core as a plain file, and what was lost on the way.
struct Unpacked {
    std::shared_ptr<const InputFile> input;
    Compression compression = Compression::none;
    std::optional<CoreProblem> problem;  ///< the stream is damaged, cut off, or longer than allowed
};

/// A plain regular file as it is; anything else unpacked, or copied from the pipe, into a file
/// without a name. A stream that is damaged, cut off or too long gives the bytes before that;
/// when there are none it is a fault. What turns out to be no ELF file is not unpacked to its end.
Result<Unpacked> unpack(FileDescriptor core, const Limits& limits, const UnpackOptions& options);

}  // namespace pycore
