#include <algorithm>

#include "support/catch.hpp"
#include "support/core_builder.hpp"

namespace pycore::test {
namespace {

TEST_CASE("every NT_PRSTATUS is a thread, in the order of the notes", "[elf]")
{
    const CoreFile core = CoreBuilder()
                              .thread({.tid = 12,
                                       .signal = 11,
                                       .pc = Address{0x401000},
                                       .sp = Address{0x7ffc0000},
                                       .thread_pointer = Address{0x7f00}})
                              .process({.pid = 10})
                              .thread({.tid = 11})
                              .open();

    REQUIRE(core.threads().size() == 2);
    CHECK(core.threads()[0].tid == 12);
    CHECK(core.threads()[0].signal == 11);
    CHECK(core.threads()[0].pc == Address{0x401000});
    CHECK(core.threads()[0].sp == Address{0x7ffc0000});
    CHECK(core.threads()[0].thread_pointer == Address{0x7f00});
    CHECK(core.threads()[0].general[16] == 0x401000);
    CHECK(core.threads()[1].tid == 11);
}

TEST_CASE("on aarch64 the thread pointer comes from the note after the registers", "[elf]")
{
    const CoreFile core = CoreBuilder()
                              .machine(Machine::aarch64)
                              .thread({.tid = 1,
                                       .pc = Address{0x400000},
                                       .sp = Address{0xffff0000},
                                       .thread_pointer = Address{0xff00}})
                              .thread({.tid = 2, .thread_pointer = Address{0xee00}})
                              .open();

    REQUIRE(core.threads().size() == 2);
    CHECK(core.machine() == Machine::aarch64);
    CHECK(core.threads()[0].pc == Address{0x400000});
    CHECK(core.threads()[0].sp == Address{0xffff0000});
    CHECK(core.threads()[0].thread_pointer == Address{0xff00});
    CHECK(core.threads()[1].thread_pointer == Address{0xee00});
}

TEST_CASE("NT_PRPSINFO says who the process was", "[elf]")
{
    const CoreFile core = CoreBuilder()
                              .process({.pid = 4711,
                                        .ppid = 1,
                                        .uid = 1000,
                                        .gid = 100,
                                        .command = "a-name-of-16-byt",
                                        .arguments = "python3 app.py "})
                              .open();

    REQUIRE(core.process());
    CHECK(core.process()->pid == 4711);
    CHECK(core.process()->ppid == 1);
    CHECK(core.process()->uid == 1000);
    CHECK(core.process()->gid == 100);
    CHECK(core.process()->command == "a-name-of-16-byt");
    CHECK(core.process()->arguments == "python3 app.py ");
}

TEST_CASE("NT_AUXV is found by type", "[elf]")
{
    const CoreFile core = CoreBuilder().auxiliary(AT_PAGESZ, 4096).auxiliary(AT_PHDR, 0x40).open();

    CHECK(core.auxiliary().size() == 2);
    CHECK(core.auxiliary(AT_PHDR) == 0x40);
    CHECK_FALSE(core.auxiliary(AT_ENTRY));
}

TEST_CASE("NT_FILE lists mapped files, also with very long paths", "[elf]")
{
    const std::string path = "/" + std::string(3000, 'x') + " (deleted)";
    const CoreFile core = CoreBuilder()
                              .mapped_file(Address{0x1000}, 0x1000, 0, "/lib/a.so")
                              .mapped_file(Address{0x2000}, 0x3000, 0x1000, path)
                              .open();

    REQUIRE(core.mapped_files().size() == 2);
    CHECK(core.mapped_files()[0].path == "/lib/a.so");
    CHECK(core.mapped_files()[1].path == path);
    CHECK(core.mapped_files()[1].file_offset == 0x1000);
    CHECK(core.mapped_files()[1].range == AddressRange::make(Address{0x2000}, 0x3000));
}

TEST_CASE("an NT_FILE with fewer paths than it counts keeps the ones it has", "[elf]")
{
    Bytes note;
    append(note, std::uint64_t{2});
    append(note, std::uint64_t{4096});
    for (const unsigned number : {0x1000U, 0x2000U, 0U, 0x2000U, 0x3000U, 1U}) {
        append(note, std::uint64_t{number});
    }
    const Bytes path = bytes_of("/only-one");
    note.insert(note.end(), path.begin(), path.end());
    note.push_back(std::byte{0});

    const CoreFile core = CoreBuilder().note("CORE", NT_FILE, note).open();

    REQUIRE(core.mapped_files().size() == 1);
    CHECK(core.mapped_files()[0].path == "/only-one");
    CHECK(core.problems().size() == 1);
}

TEST_CASE("an NT_FILE that counts more entries than it has room for has none", "[elf]")
{
    Bytes note;
    append(note, std::uint64_t{1} << 60);
    append(note, std::uint64_t{4096});

    const CoreFile core = CoreBuilder().note("CORE", NT_FILE, note).open();

    CHECK(core.mapped_files().empty());
    CHECK(core.problems().size() == 1);
}

TEST_CASE("a note that lies costs itself and what follows", "[elf]")
{
    Bytes bytes =
        CoreBuilder().thread({.tid = 1}).process({.pid = 1}).segment(Address{0x1000}, "x").bytes();
    // The second note's descriptor size: behind the first one's header, name and 336 bytes.
    const std::size_t second = sizeof(Elf64_Ehdr) + 2 * sizeof(Elf64_Phdr) + 12 + 8 + 336;
    bytes[second + 6] = std::byte{0xff};

    const auto core = open_core(bytes);

    REQUIRE(core);
    CHECK(core->threads().size() == 1);
    CHECK_FALSE(core->process());
    CHECK(core->segments().size() == 1);
    CHECK(core->problems().size() == 1);
}

TEST_CASE("a note too short for its type costs itself only", "[elf]")
{
    const CoreFile core = CoreBuilder()
                              .note("CORE", NT_PRSTATUS, Bytes(100))
                              .note("CORE", NT_AUXV, Bytes(7))
                              .note("CORE", NT_PRPSINFO, Bytes(136))
                              .open();

    CHECK(core.threads().empty());
    CHECK(core.process());
    CHECK(core.problems().size() == 1);
}

TEST_CASE("notes of other owners are passed over", "[elf]")
{
    const CoreFile core = CoreBuilder()
                              .note("QEMU", NT_PRSTATUS, Bytes(336))
                              .note("CORE", 0x1234, Bytes(3))
                              .thread({.tid = 5})
                              .open();

    CHECK(core.threads().size() == 1);
    CHECK(core.problems().empty());
}

TEST_CASE("several PT_NOTE segments are all read", "[elf]")
{
    const CoreFile core =
        CoreBuilder()
            .thread({.tid = 5})
            .segment(Address{0x1000}, "x")
            .change_program_headers([](auto& headers) { headers[1] = headers[0]; })
            .open();

    CHECK(core.threads().size() == 2);
}

TEST_CASE("a PT_NOTE with 8-byte alignment is padded to 8", "[elf]")
{
    // "CORE" and its NUL end at 17: padded to 4 the descriptor would begin at 20.
    Bytes note;
    append(note, Elf64_Nhdr{.n_namesz = 5, .n_descsz = 136, .n_type = NT_PRPSINFO});
    const Bytes name = bytes_of("CORE");
    note.insert(note.end(), name.begin(), name.end());
    note.resize(24 + 136);
    note[24 + 24] = std::byte{77};

    const CoreFile core = CoreBuilder()
                              .segment(Address{0x1000}, note)
                              .change_program_headers([](auto& headers) {
                                  headers[1].p_type = PT_NOTE;
                                  headers[1].p_align = 8;
                              })
                              .open();

    REQUIRE(core.process());
    CHECK(core.process()->pid == 77);
}

TEST_CASE("notes that the file does not hold make it truncated", "[elf]")
{
    Bytes bytes = CoreBuilder().thread({.tid = 1}).thread({.tid = 2}).bytes();
    bytes.erase(bytes.end() - 20, bytes.end());

    const auto core = open_core(bytes);

    REQUIRE(core);
    CHECK(core->truncated());
    CHECK(core->threads().size() == 1);
}

TEST_CASE("no more problems are kept than the limit allows", "[elf]")
{
    CoreBuilder builder;
    for (int note = 0; note < 20; ++note) {
        builder.note("CORE", NT_PRSTATUS, Bytes(8));
    }

    const auto core = open_core(builder.bytes(), Limits{.max_warnings = 5});

    REQUIRE(core);
    CHECK(core->problems().size() == 5);
}

TEST_CASE("no more threads, files and note bytes are read than the limits allow", "[elf]")
{
    const Bytes bytes = CoreBuilder()
                            .thread({.tid = 1})
                            .mapped_file(Address{0x1000}, 0x1000, 0, "/a")
                            .mapped_file(Address{0x2000}, 0x1000, 0, "/b")
                            .thread({.tid = 2})
                            .thread({.tid = 3})
                            .bytes();

    const auto few = open_core(bytes, Limits{.max_mapped_files = 1, .max_threads = 2});
    const auto short_notes = open_core(bytes, Limits{.max_note_bytes = 400});

    REQUIRE(few);
    CHECK(few->threads().size() == 2);
    CHECK(few->mapped_files().size() == 1);
    CHECK(few->problems().size() == 2);
    REQUIRE(short_notes);
    CHECK(short_notes->threads().size() == 1);
    CHECK_FALSE(short_notes->problems().empty());
}

}  // namespace
}  // namespace pycore::test
