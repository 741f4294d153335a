#include "journal/journal.hpp"

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "journal/record.hpp"
#include "owned_descriptor.hpp"
#include "support/catch.hpp"

using pycore::BatchEntry;
using pycore::CoreMetadata;
using pycore::journal_record;
using pycore::OwnedDescriptor;

namespace {

// Reads a record as the journal does: NAME, a newline, 8 bytes of length, the value, a newline.
std::map<std::string, std::string> parse(const std::string& record)
{
    std::map<std::string, std::string> fields;
    std::size_t at = 0;
    while (at < record.size()) {
        const std::size_t end = record.find('\n', at);
        REQUIRE(end != std::string::npos);
        const std::string name = record.substr(at, end - at);
        REQUIRE(name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string::npos);
        std::uint64_t size = 0;
        REQUIRE(end + 9 <= record.size());
        std::memcpy(&size, record.data() + end + 1, sizeof(size));
        REQUIRE(size < record.size());
        REQUIRE(fields.emplace(name, record.substr(end + 9, size)).second);
        at = end + 9 + size;
        REQUIRE(record.at(at) == '\n');
        ++at;
    }
    return fields;
}

BatchEntry some_entry()
{
    BatchEntry entry;
    entry.pid = 7;
    entry.command = "python3";
    entry.executable = "/usr/bin/python3";
    entry.summary = "SIGSEGV: it crashed";
    entry.signature = pycore::EntrySignature{.id = "abc", .coarse_id = "a", .text = "SIGSEGV | f"};
    entry.reports = {"core.7.pycore.json", "core.7.pycore.html"};
    return entry;
}

struct Listener {
    OwnedDescriptor socket{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    std::string folder = "/tmp/journal-XXXXXX";
    std::string path;

    Listener()
    {
        REQUIRE(::mkdtemp(folder.data()) != nullptr);
        path = folder + "/socket";
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
        REQUIRE(::bind(socket.number(), reinterpret_cast<const sockaddr*>(&address),
                       sizeof(address)) == 0);
    }
    ~Listener()
    {
        ::unlink(path.c_str());
        ::rmdir(folder.c_str());
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
};

}  // namespace

TEST_CASE("journal: the fields of a record", "[journal]")
{
    CoreMetadata metadata;
    metadata.pid = "4711";
    metadata.uid = "1000";
    metadata.timestamp = "1700000000000000";
    const auto fields = parse(journal_record(some_entry(), metadata, "/out", "line 1\nline 2\n"));
    CHECK(fields.at("MESSAGE_ID") == "c0392b3490c14cddb153f4b0d4bbfe6d");
    CHECK(fields.at("MESSAGE") == "Process 7 (python3): SIGSEGV: it crashed\nline 1\nline 2");
    CHECK(fields.at("PYCORE_SIGNATURE") == "SIGSEGV | f");
    CHECK(fields.at("PYCORE_SIGNATURE_HASH") == "abc");
    CHECK(fields.at("PYCORE_REPORT") == "/out/core.7.pycore.json");
    CHECK(fields.at("COREDUMP_PID") == "4711");
    CHECK(fields.at("COREDUMP_UID") == "1000");
    CHECK(fields.at("COREDUMP_TIMESTAMP") == "1700000000000000");
    CHECK(fields.at("COREDUMP_EXE") == "/usr/bin/python3");
    CHECK(fields.at("SYSLOG_IDENTIFIER") == "pycore-report");
}

TEST_CASE("journal: what happened is said once", "[journal]")
{
    const auto message = [](const std::string& summary, const std::string& brief) {
        BatchEntry entry = some_entry();
        entry.summary = summary;
        return parse(journal_record(entry, {}, "/out", brief)).at("MESSAGE");
    };
    CHECK(message("it crashed", "it crashed\nframe\n") == "Process 7 (python3): it crashed\nframe");
    CHECK(message("it crashed", "it crashed") == "Process 7 (python3): it crashed");
    CHECK(message("it crashed", "it crashed here\n") ==
          "Process 7 (python3): it crashed\nit crashed here");
    CHECK(message("it crashed", " ...\n") == "Process 7 (python3): it crashed\n ...");
    const std::string most(400, 'x');
    CHECK(message(most + "yz", most + " ...\nframe\n") ==
          "Process 7 (python3): " + most + "yz\nframe");
    CHECK(message("it crashed", "a deadlock\nit crashed\n") ==
          "Process 7 (python3): it crashed\na deadlock\nit crashed");
}

TEST_CASE("journal: no text begins a field, a line or an escape sequence", "[journal]")
{
    const std::string evil =
        "x\nMESSAGE_ID=forged\n\x1b]0;x\x07\xe2\x80\xae\r" + std::string(100'000, 'A');
    BatchEntry entry = some_entry();
    entry.summary = evil;
    entry.command = evil;
    entry.executable = evil;
    entry.signature->text = evil;
    CoreMetadata metadata;
    metadata.pid = evil;
    metadata.executable = evil;
    std::string brief;
    for (int i = 0; i < 1000; ++i) {
        brief += "\x1b[31m" + std::string(2000, 'B') + "\n";
    }
    const std::string record = journal_record(entry, metadata, "/out", brief);
    CHECK(record.size() < 64U << 10);
    const auto fields = parse(record);
    CHECK(fields.at("MESSAGE_ID") == "c0392b3490c14cddb153f4b0d4bbfe6d");
    for (const auto& [name, value] : fields) {
        INFO(name);
        CHECK(value.find('\x1b') == std::string::npos);
        CHECK(value.find('\r') == std::string::npos);
        CHECK(value.find("\xe2\x80\xae") == std::string::npos);
        CHECK((name == "MESSAGE" || value.find('\n') == std::string::npos));
    }
}

TEST_CASE("journal: a record goes to the socket, a large one as a file", "[journal]")
{
    const Listener listener;
    REQUIRE(pycore::send_to_journal("A\nrecord", listener.path.c_str()));
    std::array<char, 64> buffer{};
    CHECK(::recv(listener.socket.number(), buffer.data(), buffer.size(), 0) == 8);

    REQUIRE(pycore::send_to_journal(std::string(8U << 20, 'x'), listener.path.c_str()));
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    REQUIRE(::recvmsg(listener.socket.number(), &message, MSG_CMSG_CLOEXEC) == 0);
    REQUIRE(CMSG_FIRSTHDR(&message) != nullptr);
    int number = -1;
    std::memcpy(&number, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(number));
    const OwnedDescriptor file(number);
    CHECK(::lseek(file.number(), 0, SEEK_END) == 8 << 20);

    CHECK_FALSE(pycore::send_to_journal("A\nrecord", "/nowhere/at/all"));
}
