#include "elf/open_beneath.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "elf/input_file.hpp"
#include "elf/list_folder.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

namespace fs = std::filesystem;

/// A folder that plays the root, with a secret beside it.
struct Sysroot {
    Sysroot()
    {
        folder.write("secret", "outside");
        folder.write("root/usr/lib/libx.so", "inside");
        folder.write("root/secret", "inside too");
        root = FileDescriptor(
            ::open((folder.path() / "root").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    }

    void link(const fs::path& name, const fs::path& target) const
    {
        fs::create_symlink(target, folder.path() / "root" / name);
    }

    [[nodiscard]] std::string read(const std::string& path, Resolver resolver) const
    {
        auto file = open_beneath(root.number(), path, resolver);
        if (!file) {
            return std::string("fault: ") + std::string(name_of(file.fault().code));
        }
        std::string text(100, '\0');
        text.resize(static_cast<std::size_t>(::read(file->number(), text.data(), text.size())));
        return text;
    }

    TemporaryFolder folder;
    FileDescriptor root;
};

TEST_CASE("a path is resolved inside the root and never out of it", "[elf]")
{
    const Resolver resolver = GENERATE(values({Resolver::kernel, Resolver::by_hand}));
    const Sysroot sysroot;
    sysroot.link("lib", "usr/lib");
    sysroot.link("usr/lib/absolute", "/usr/lib/libx.so");
    sysroot.link("out", "../../../../../secret");
    sysroot.link("absolute-out", "/../secret");
    sysroot.link("real-path-out", (sysroot.folder.path() / "secret").string());

    CHECK(sysroot.read("/usr/lib/libx.so", resolver) == "inside");
    CHECK(sysroot.read("usr//lib/./libx.so", resolver) == "inside");
    CHECK(sysroot.read("/lib/libx.so", resolver) == "inside");
    CHECK(sysroot.read("/lib/../lib/absolute", resolver) == "inside");
    CHECK(sysroot.read("/../secret", resolver) == "inside too");
    CHECK(sysroot.read("/usr/../../../secret", resolver) == "inside too");
    CHECK(sysroot.read("/out", resolver) == "inside too");
    CHECK(sysroot.read("/absolute-out", resolver) == "inside too");
    CHECK(sysroot.read("/real-path-out", resolver) == "fault: io_error");
}

TEST_CASE("links that go round in circles end", "[elf]")
{
    const Resolver resolver = GENERATE(values({Resolver::kernel, Resolver::by_hand}));
    const Sysroot sysroot;
    sysroot.link("a", "b");
    sysroot.link("b", "a");

    const auto file = open_beneath(sysroot.root.number(), "/a", resolver);

    CHECK(file.fault().where == ELOOP);
}

TEST_CASE("only regular files are opened, and nothing is waited for", "[elf]")
{
    const Resolver resolver = GENERATE(values({Resolver::kernel, Resolver::by_hand}));
    const Sysroot sysroot;
    REQUIRE(::mkfifo((sysroot.folder.path() / "root/fifo").c_str(), 0600) == 0);
    const FileDescriptor host(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));

    CHECK(sysroot.read("/fifo", resolver) == "fault: unsupported");
    CHECK(sysroot.read("/usr/lib", resolver) == "fault: unsupported");
    CHECK_FALSE(open_beneath(sysroot.root.number(), "/", resolver));
    CHECK_FALSE(open_beneath(sysroot.root.number(), "", resolver));
    CHECK_FALSE(open_beneath(sysroot.root.number(), "/usr/lib/libx.so/", resolver));
    CHECK(open_beneath(host.number(), "/dev/zero", resolver).fault().code ==
          FaultCode::unsupported);
}

TEST_CASE("the links of /proc that are none lead nowhere", "[elf]")
{
    const Resolver resolver = GENERATE(values({Resolver::kernel, Resolver::by_hand}));
    const TemporaryFolder folder;
    const FileDescriptor open_file(
        ::open(folder.write("deleted", "text").c_str(), O_RDONLY | O_CLOEXEC));
    fs::remove(folder.path() / "deleted");
    const FileDescriptor host(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));

    CHECK_FALSE(open_beneath(host.number(), "/proc/self/fd/" + std::to_string(open_file.number()),
                             resolver));
}

TEST_CASE("folders are listed inside the root and never outside", "[elf]")
{
    const Resolver resolver = GENERATE(values({Resolver::kernel, Resolver::by_hand}));
    const Sysroot sysroot;
    sysroot.folder.write("outside/secret", "");
    sysroot.folder.write("root/usr/lib/liby.so", "");
    sysroot.link("lib", "usr/lib");
    sysroot.link("out", "../../outside");
    sysroot.link("real-path-out", (sysroot.folder.path() / "outside").string());
    const auto names = [&](const std::string& path, std::size_t most = 100) {
        auto folder = open_folder_beneath(sysroot.root.number(), path, resolver);
        auto listed = folder ? list_folder(*std::move(folder), most) : std::vector<std::string>();
        std::sort(listed.begin(), listed.end());
        return listed;
    };

    CHECK(names("/lib") == std::vector<std::string>{"libx.so", "liby.so"});
    CHECK(names("/usr/lib").size() == 2);
    CHECK(names("/lib", 1).size() == 1);
    CHECK(names("/out").empty());
    CHECK(names("/real-path-out").empty());
    CHECK(names("/secret").empty());
    CHECK(names("/none").empty());
}

}  // namespace
}  // namespace pycore::test
