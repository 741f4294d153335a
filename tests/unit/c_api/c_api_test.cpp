#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <new>
#include <set>
#include <string>
#include <vector>

#include "pycore/pycore.h"
#include "pycore/report.hpp"
#include "support/catch.hpp"
#include "support/elf_builder.hpp"
#include "support/heap_core.hpp"
#include "support/packers.hpp"
#include "support/python_frames.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

constexpr std::uint64_t pointer = 0x7e00'0000'1000;

/// The bytes of a core with one crashed thread that runs `main`.
Bytes sample_core()
{
    PythonHeap heap(*every_layout().front());
    const Address interpreter = heap.interpreter(heap.runtime(), 0);
    const Address frame =
        heap.frame({.code = heap.code({.name = "main", .qualified_name = "main"}), .unit = 2});
    heap.thread_state(interpreter, {.frame = frame, .thread_id = pointer});
    return core_of(heap)
        .signal({})
        .thread({.tid = 100, .thread_pointer = Address{pointer}})
        .bytes();
}

/// What the caller of a C interface holds, freed at the end of the test.
struct Opened {
    Opened(const std::filesystem::path& path, const pycore_options* options)
    {
        code = pycore_open(path.c_str(), options, &core, &error);
        if (code == PYCORE_OK) {
            code = pycore_analyze(core, options, &report, &error);
        }
    }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
    ~Opened()
    {
        pycore_report_free(report);
        pycore_core_free(core);
    }

    int code = 0;
    pycore_core* core = nullptr;
    pycore_report* report = nullptr;
    pycore_error error{};
};

pycore_options no_files()
{
    pycore_options options{};
    options.struct_size = sizeof options;
    options.flags = PYCORE_NO_RECORDED_PATHS;
    return options;
}

std::string json_of(const pycore_report* report)
{
    char* text = nullptr;
    std::size_t length = 0;
    REQUIRE(pycore_report_json(report, &text, &length, nullptr) == PYCORE_OK);
    std::string json(text);
    pycore_free(text);
    CHECK(json.size() == length);
    return json;
}

int answer(void* count_and_answer)
{
    auto& state = *static_cast<std::array<int, 2>*>(count_and_answer);
    return ++state[0] > state[1] ? 1 : 0;
}

TEST_CASE("the C interface walks the threads and frames of a core", "[c_api]")
{
    const TemporaryFolder folder;
    const auto path = folder.write("core", sample_core());
    const pycore_options options = no_files();

    const Opened opened(path, &options);

    REQUIRE(opened.code == PYCORE_OK);
    CHECK(pycore_is_python(opened.report) == 1);
    CHECK(pycore_signal(opened.report) == SIGSEGV);
    CHECK(std::string(pycore_signal_name(opened.report)) == "SIGSEGV");
    REQUIRE(pycore_thread_count(opened.report) == 1);
    const pycore_thread* const thread = pycore_thread_at(opened.report, 0);
    CHECK(pycore_thread_tid(thread) == 100);
    CHECK(pycore_thread_crashed(thread) == 1);
    bool found = false;
    for (std::size_t i = 0; i < pycore_frame_count(thread); ++i) {
        const pycore_frame* const frame = pycore_frame_at(thread, i);
        const char* const function = pycore_frame_function(frame);
        found = found || (pycore_frame_kind(frame) == PYCORE_FRAME_PYTHON && function != nullptr &&
                          std::string(function) == "main");
    }
    CHECK(found);
    CHECK(json_of(opened.report).find("\"tid\": 100") != std::string::npos);
}

TEST_CASE("the JSON of the C interface is that of the library, in pieces too", "[c_api]")
{
    const TemporaryFolder folder;
    const auto path = folder.write("core", sample_core());
    const pycore_options options = no_files();
    const Opened opened(path, &options);
    REQUIRE(opened.code == PYCORE_OK);
    const std::string json = json_of(opened.report);

    std::string pieces;
    const auto take = [](void* to, const char* bytes, std::size_t size) {
        static_cast<std::string*>(to)->append(bytes, size);
        return 0;
    };
    REQUIRE(pycore_report_write_json(opened.report, take, &pieces, nullptr) == PYCORE_OK);
    CHECK(pieces == json);

    const auto refuse = [](void*, const char*, std::size_t) { return 1; };
    pycore_error error{};
    CHECK(pycore_report_write_json(opened.report, refuse, nullptr, &error) ==
          PYCORE_ERROR_CALLBACK);
    CHECK(error.code == PYCORE_ERROR_CALLBACK);
    const auto throws = [](void*, const char*, std::size_t) -> int { throw std::bad_alloc(); };
    CHECK(pycore_report_write_json(opened.report, throws, nullptr, nullptr) ==
          PYCORE_ERROR_CALLBACK);
}

TEST_CASE("what is no object answers as nothing", "[c_api]")
{
    CHECK(pycore_thread_at(nullptr, 0) == nullptr);
    CHECK(pycore_frame_function(pycore_frame_at(pycore_thread_at(nullptr, 0), 0)) == nullptr);
    CHECK(pycore_thread_tid(nullptr) == -1);
    CHECK(std::string(pycore_summary(nullptr)).empty());
    CHECK(pycore_exception_type(pycore_thread_exception(nullptr)) == nullptr);
    CHECK(pycore_status(nullptr) == PYCORE_STATUS_ERROR);
    pycore_report_free(nullptr);
    pycore_core_free(nullptr);
    pycore_free(nullptr);

    pycore_error error{};
    pycore_core* core = nullptr;
    CHECK(pycore_open(nullptr, nullptr, &core, &error) == PYCORE_ERROR_ARGUMENT);
    CHECK(pycore_open_fd(-1, nullptr, nullptr, &core, &error) == PYCORE_ERROR_ARGUMENT);
    CHECK(pycore_analyze(nullptr, nullptr, nullptr, &error) == PYCORE_ERROR_ARGUMENT);
    CHECK_FALSE(std::string(error.message).empty());
}

TEST_CASE("each way that opening fails has its code", "[c_api]")
{
    const TemporaryFolder folder;
    pycore_error error{};
    pycore_core* core = nullptr;

    CHECK(pycore_open((folder.path() / "none").c_str(), nullptr, &core, &error) == PYCORE_ERROR_IO);
    CHECK(error.system_error == ENOENT);
    CHECK(core == nullptr);
    const auto text = folder.write("text", "no core at all, and long enough to be one of them");
    CHECK(pycore_open(text.c_str(), nullptr, &core, &error) == PYCORE_ERROR_NOT_A_CORE);
    CHECK(std::string(error.message).find("no core at all") == std::string::npos);
    CHECK(pycore_open(folder.path().c_str(), nullptr, &core, &error) != PYCORE_OK);
    const auto other = folder.write(
        "other", CoreBuilder().change_header([](auto& h) { h.e_machine = EM_S390; }).bytes());
    CHECK(pycore_open(other.c_str(), nullptr, &core, &error) == PYCORE_ERROR_UNSUPPORTED);
}

TEST_CASE("options of another size are taken as far as both sides know them", "[c_api]")
{
    const TemporaryFolder folder;
    const auto path = folder.write("core", sample_core());
    pycore_core* core = nullptr;
    pycore_error error{};

    // An older caller: what it does not know has its default, whatever lies behind.
    pycore_options old = no_files();
    old.struct_size = offsetof(pycore_options, max_unpacked_bytes);
    old.max_unpacked_bytes = 1;
    CHECK(pycore_open(path.c_str(), &old, &core, &error) == PYCORE_OK);
    pycore_core_free(core);

    // A newer one: fine while it sets nothing that this library does not know.
    struct Newer {
        pycore_options known;
        std::uint64_t unknown;
    };
    Newer newer{.known = no_files(), .unknown = 0};
    newer.known.struct_size = sizeof newer;
    CHECK(pycore_open(path.c_str(), &newer.known, &core, &error) == PYCORE_OK);
    pycore_core_free(core);
    newer.unknown = 1;
    CHECK(pycore_open(path.c_str(), &newer.known, &core, &error) == PYCORE_ERROR_ARGUMENT);

    for (const std::size_t size : {std::size_t{0}, std::size_t{12}, std::size_t{1} << 40}) {
        pycore_options odd = no_files();
        odd.struct_size = size;
        CHECK(pycore_open(path.c_str(), &odd, &core, &error) == PYCORE_ERROR_ARGUMENT);
    }
    pycore_options flags = no_files();
    flags.flags = std::uint64_t{1} << 63;
    CHECK(pycore_open(path.c_str(), &flags, &core, &error) == PYCORE_ERROR_ARGUMENT);
}

TEST_CASE("pycore_options_init writes defaults of the caller's size", "[c_api]")
{
    pycore_options options;
    std::memset(&options, 0xFF, sizeof options);
    pycore_options_init(&options, sizeof options);
    CHECK(options.struct_size == sizeof options);
    CHECK(options.flags == 0);
    CHECK(options.max_warnings == 0);
}

TEST_CASE("a collector's options leave out what only the host's user may see", "[c_api]")
{
    const TemporaryFolder folder;
    const auto path = folder.write("core", sample_core());
    pycore_options options = no_files();
    options.flags |= PYCORE_COLLECTOR;
    const Opened opened(path, &options);
    REQUIRE(opened.code == PYCORE_OK);
    CHECK(json_of(opened.report).find("\"level\": \"public\"") != std::string::npos);
}

TEST_CASE("a caller cancels opening and analysing", "[c_api]")
{
    const TemporaryFolder folder;
    const auto plain = folder.write("core", sample_core());
    const Bytes large = CoreBuilder().segment(Address{0x10000}, Bytes(12 << 20)).bytes();
    const auto packed = folder.write("large.zst", pack_zstd(large));
    pycore_options options = no_files();
    options.cancelled = answer;

    std::array<int, 2> state{0, 0};
    options.user_data = &state;
    CHECK(Opened(packed, &options).code == PYCORE_ERROR_CANCELLED);
    CHECK(state[0] == 1);

    state = {0, 1};
    CHECK(Opened(plain, &options).code == PYCORE_ERROR_CANCELLED);
    state = {0, 1 << 30};
    CHECK(Opened(plain, &options).code == PYCORE_OK);
}

TEST_CASE("the caller opens the files", "[c_api]")
{
    const TemporaryFolder folder;
    constexpr Address place{0x7f00'0000'0000};
    ElfBuilder library;
    library.build_id("\xaa\x01\x02").data("rodata");
    const auto path = folder.write(
        "core", CoreBuilder()
                    .segment(place, library.first_page(), {.writable = false})
                    .not_saved(Address{place.value + ElfBuilder::read_only}, ElfBuilder::page,
                               {.writable = false, .executable = true})
                    .mapped_file(place, ElfBuilder::page, 0, "/opt/secret/x.so")
                    .thread({.tid = 1})
                    .bytes());
    std::set<std::string> asked;
    pycore_options options{};
    options.struct_size = sizeof options;
    options.user_data = &asked;
    options.open_file = [](void* to, const char* name) {
        static_cast<std::set<std::string>*>(to)->insert(name);
        return -EACCES;
    };
    CHECK(Opened(path, &options).code == PYCORE_OK);
    CHECK(asked.count("/opt/secret/x.so") == 1);

    options.open_file = [](void*, const char*) -> int { throw std::bad_alloc(); };
    CHECK(Opened(path, &options).code == PYCORE_OK);
}

TEST_CASE("printable text is cut between characters", "[c_api]")
{
    std::array<char, 16> buffer{};
    CHECK(pycore_printable("a\x1b[m", nullptr, 0) == 7);
    CHECK(pycore_printable("a\x1b[m", buffer.data(), buffer.size()) == 7);
    CHECK(std::string(buffer.data()) == "a\\x1b[m");
    CHECK(pycore_printable("aa\xc3\xa4", buffer.data(), 4) == 4);
    CHECK(std::string(buffer.data()) == "aa");
    CHECK(pycore_printable(nullptr, buffer.data(), 1) == 0);
}

TEST_CASE("less memory means lower limits, and never higher ones", "[c_api]")
{
    const Limits small = limits_for_memory(64 << 20);
    const Limits large = limits_for_memory(std::uint64_t{1} << 50);
    CHECK(small.max_total_frames < large.max_total_frames);
    CHECK(large.max_total_frames == Limits{}.max_total_frames);
    CHECK(small.max_unpack_memory == 16 << 20);
    CHECK(limits_for_memory(64 << 20, collector_limits()).max_frames <= 2'048);
}

TEST_CASE("the version is the library's", "[c_api]")
{
    CHECK(std::string(pycore_version()) == library_version());
    CHECK(std::string(pycore_error_name(PYCORE_ERROR_NO_MEMORY)) == "no-memory");
    CHECK(std::string(pycore_error_name(PYCORE_ERROR_INTERNAL)) == "internal");
    CHECK(std::string(pycore_error_name(-5)) == "unknown");
}

}  // namespace
}  // namespace pycore::test
