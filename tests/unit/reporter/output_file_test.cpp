#include "output_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

namespace pycore {
namespace {

using test::TemporaryFolder;

std::string content_of(const std::filesystem::path& path)
{
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::size_t files_in(const TemporaryFolder& folder)
{
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        ++count;
    }
    return count;
}

OutputFile created(const std::filesystem::path& path, bool force = false)
{
    auto file = OutputFile::create(path, force, std::nullopt);
    REQUIRE(std::holds_alternative<OutputFile>(file));
    return std::get<OutputFile>(std::move(file));
}

OutputError refused(const std::filesystem::path& path,
                    bool force,
                    std::optional<FileIdentity> core = {})
{
    const auto file = OutputFile::create(path, force, core);
    REQUIRE(std::holds_alternative<OutputError>(file));
    return std::get<OutputError>(file);
}

void write_text(const OutputFile& file, std::string_view text)
{
    REQUIRE(::write(file.descriptor(), text.data(), text.size()) ==
            static_cast<ssize_t>(text.size()));
}

TEST_CASE("a report has no name before it is complete", "[output]")
{
    const TemporaryFolder folder;
    OutputFile file = created(folder.path() / "report");
    write_text(file, "all of it");
    CHECK_FALSE(std::filesystem::exists(folder.path() / "report"));
    CHECK_FALSE(file.commit());
    CHECK(content_of(folder.path() / "report") == "all of it");
    CHECK(files_in(folder) == 1);
}

TEST_CASE("a report that is not completed leaves nothing", "[output]")
{
    const TemporaryFolder folder;
    {
        OutputFile file = created(folder.path() / "report");
        write_text(file, "half of it");
    }
    CHECK(files_in(folder) == 0);
}

TEST_CASE("a report is for its owner alone", "[output]")
{
    const TemporaryFolder folder;
    OutputFile file = created(folder.path() / "report");
    CHECK_FALSE(file.commit());
    struct stat status {};
    REQUIRE(::stat((folder.path() / "report").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("an existing file needs --force and is then replaced as a whole", "[output]")
{
    const TemporaryFolder folder;
    const auto path = folder.write("report", "a long old report");
    CHECK_THAT(refused(path, false).reason, test::contains("--force"));
    CHECK(refused(path, false).refused);

    OutputFile file = created(path, true);
    write_text(file, "new");
    CHECK(content_of(path) == "a long old report");
    CHECK_FALSE(file.commit());
    CHECK(content_of(path) == "new");
    CHECK(files_in(folder) == 1);
}

TEST_CASE("a file that appears in the meantime is not replaced", "[output]")
{
    const TemporaryFolder folder;
    OutputFile file = created(folder.path() / "report");
    const auto path = folder.write("report", "somebody else's");
    const auto error = file.commit();
    REQUIRE(error);
    CHECK(error->refused);
    CHECK(content_of(path) == "somebody else's");
}

TEST_CASE("the core is never replaced, by whatever name", "[output]")
{
    const TemporaryFolder folder;
    const auto core = folder.write("core.zst", "packed");
    std::filesystem::create_hard_link(core, folder.path() / "other-name");
    std::filesystem::create_symlink(core, folder.path() / "link");
    for (const char* name : {"core.zst", "other-name", "link"}) {
        CHECK_THAT(refused(folder.path() / name, true, identity_of(core)).reason,
                   test::contains("core itself"));
    }
    CHECK(content_of(core) == "packed");
}

TEST_CASE("an ELF file is never replaced", "[output]")
{
    const TemporaryFolder folder;
    const auto path = folder.write("libx.so",
                                   "\x7f"
                                   "ELF and so on");
    CHECK_THAT(refused(path, true).reason, test::contains("ELF"));
    CHECK_THAT(refused(path, false).reason, test::contains("ELF"));
}

TEST_CASE("a short file is no ELF file", "[output]")
{
    const TemporaryFolder folder;
    OutputFile file = created(folder.write("empty", ""), true);
    CHECK_FALSE(file.commit());
}

TEST_CASE("a link is replaced itself and its target left alone", "[output]")
{
    const TemporaryFolder folder;
    const auto target = folder.write("target", "kept");
    std::filesystem::create_symlink(target, folder.path() / "link");
    OutputFile file = created(folder.path() / "link", true);
    write_text(file, "new");
    CHECK_FALSE(file.commit());
    CHECK(content_of(target) == "kept");
    CHECK(content_of(folder.path() / "link") == "new");
    CHECK_FALSE(std::filesystem::is_symlink(folder.path() / "link"));
}

TEST_CASE("a link to nothing counts as existing", "[output]")
{
    const TemporaryFolder folder;
    std::filesystem::create_symlink(folder.path() / "nothing", folder.path() / "link");
    CHECK_THAT(refused(folder.path() / "link", false).reason, test::contains("--force"));
    OutputFile file = created(folder.path() / "link", true);
    CHECK_FALSE(file.commit());
    CHECK_FALSE(std::filesystem::exists(folder.path() / "nothing"));
}

TEST_CASE("folders and sockets are refused, devices are written directly", "[output]")
{
    const TemporaryFolder folder;
    CHECK_THAT(refused(folder.path(), true).reason, test::contains("folder"));
    OutputFile null = created("/dev/null");
    write_text(null, "gone");
    CHECK_FALSE(null.commit());
    CHECK(std::filesystem::is_character_file("/dev/null"));
}

TEST_CASE("what the operating system refuses is said in its words", "[output]")
{
    const TemporaryFolder folder;
    const OutputError error = refused(folder.path() / "missing" / "report", false);
    CHECK(error.reason == "No such file or directory");
    CHECK_FALSE(error.refused);
}

}  // namespace
}  // namespace pycore
