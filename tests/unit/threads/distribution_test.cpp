#include "threads/distribution.hpp"

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"
#include "threads/installed_distributions.hpp"

namespace pycore::test {
namespace {

std::string owner_of(std::string_view path)
{
    const auto owner = find_owner(path);
    return owner ? name_of(owner->distribution) + " in " + owner->folder : "none";
}

std::string metadata_of(std::string_view entry)
{
    const auto found = parse_metadata_name(entry);
    return found ? name_of(*found) : "none";
}

TEST_CASE("a path below a folder for packages names the distribution", "[threads]")
{
    CHECK(
        owner_of("/usr/lib/python3/dist-packages/numpy/core/_x.cpython-311-x86_64-linux-gnu.so") ==
        "numpy in /usr/lib/python3/dist-packages");
    CHECK(owner_of("/venv/lib/python3.11/site-packages/numpy.libs/libopenblas64_-0f.so") ==
          "numpy in /venv/lib/python3.11/site-packages");
    CHECK(owner_of("/v/site-packages/_cffi_backend.cpython-311-x86_64-linux-gnu.so") ==
          "_cffi_backend in /v/site-packages");
    CHECK(owner_of("/v/site-packages/a/site-packages/b/c.so") ==
          "b in /v/site-packages/a/site-packages");
    CHECK(owner_of("/v/site-packages/numpy-1.24.2-py3.11-linux-x86_64.egg/numpy/x.so") ==
          "numpy 1.24.2 in /v/site-packages");
    CHECK(owner_of("/v/site-packages/zope.interface/x.so") == "zope.interface in /v/site-packages");
}

TEST_CASE("other paths name none", "[threads]")
{
    for (const char* path :
         {"", "/", "/usr/lib/x86_64-linux-gnu/libssl.so.3", "[vdso]",
          "/usr/lib/python3.11/lib-dynload/_ctypes.cpython-311-x86_64-linux-gnu.so",
          "/v/site-packages/", "/v/site-packages//x.so", "/v/site-packages/../x.so",
          "/v/site-packages", "/v/my-site-packages/numpy/x.so", "/v/site-packages/.so"}) {
        INFO(path);
        CHECK(owner_of(path) == "none");
    }
}

TEST_CASE("names of metadata hold name and version", "[threads]")
{
    CHECK(metadata_of("numpy-1.24.2.dist-info") == "numpy 1.24.2");
    CHECK(metadata_of("ruamel.yaml.clib-0.2.8.dist-info") == "ruamel.yaml.clib 0.2.8");
    CHECK(metadata_of("backports-zoneinfo-0.2.1.dist-info") == "backports-zoneinfo 0.2.1");
    CHECK(metadata_of("numpy-1.24.2.egg-info") == "numpy 1.24.2");
    CHECK(metadata_of("PyYAML-6.0-py3.11-linux-x86_64.egg-info") == "PyYAML 6.0");
    for (const char* entry : {"numpy", "numpy.dist-info", "-1.dist-info", "numpy-.dist-info",
                              "numpy-1.24.2", ".dist-info", "numpy.egg-info", ""}) {
        INFO(entry);
        CHECK(metadata_of(entry) == "none");
    }
}

TEST_CASE("names are compared as installers do", "[threads]")
{
    CHECK(normalised_name("Zope._-.Interface") == "zope-interface");
    CHECK(normalised_name("numpy") == "numpy");
}

TEST_CASE("what is installed tells the version and the spelling", "[threads]")
{
    const TemporaryFolder root;
    root.write("site-packages/MarkupSafe-2.1.3.dist-info/RECORD", "");
    root.write("site-packages/numpy-1.24.2.egg-info", "");
    root.write("site-packages/numpy-1.24.2.dist-info/RECORD", "");
    root.write("site-packages/twice-1.0.dist-info/RECORD", "");
    root.write("site-packages/twice-1.1.dist-info/RECORD", "");
    InstalledDistributions installed(root.path());
    const auto find = [&](const std::string& name) {
        const auto found = installed.find("/site-packages", name);
        return found ? name_of(*found) : "none";
    };

    CHECK(find("markupsafe") == "MarkupSafe 2.1.3");
    CHECK(find("numpy") == "numpy 1.24.2");
    CHECK(find("twice") == "none");
    CHECK(find("PIL") == "none");
    CHECK_FALSE(installed.find("/none", "numpy"));
}

TEST_CASE("what is installed outside the sysroot tells nothing", "[threads]")
{
    const TemporaryFolder folder;
    folder.write("outside/numpy-6.6.6.dist-info/RECORD", "");
    folder.write("root/lib/x", "");
    std::filesystem::create_symlink(folder.path() / "outside",
                                    folder.path() / "root/lib/site-packages");
    std::filesystem::create_symlink("../../outside", folder.path() / "root/lib/dist-packages");
    InstalledDistributions installed(folder.path() / "root");

    CHECK_FALSE(installed.find("/lib/site-packages", "numpy"));
    CHECK_FALSE(installed.find("/lib/dist-packages", "numpy"));
    CHECK_FALSE(installed.find("/../outside", "numpy"));
}

TEST_CASE("no more than a few folders are listed", "[threads]")
{
    const TemporaryFolder root;
    root.write("last/numpy-1.0.dist-info/RECORD", "");
    InstalledDistributions installed(root.path());
    for (int i = 0; i < 16; ++i) {
        CHECK_FALSE(installed.find("/" + std::to_string(i), "numpy"));
    }
    CHECK_FALSE(installed.find("/last", "numpy"));
    CHECK(InstalledDistributions(root.path()).find("/last", "numpy"));
}

}  // namespace
}  // namespace pycore::test
