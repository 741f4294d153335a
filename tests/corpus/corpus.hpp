#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pycore::test {

/// A file of the corpus, packed with zstd: alone, or as a difference to `base`.
struct PackedFile {
    std::filesystem::path file;
    std::filesystem::path base;  ///< empty when the file stands alone
};

/// An ELF file that was mapped into processes of a build.
struct CorpusModule {
    std::string path;  ///< as cores record it
    PackedFile packed;
};

/// One interpreter the corpus was made with.
struct CorpusBuild {
    std::string name;
    std::string python;  ///< "3.13.5"
    bool debug = false;
    bool supported = true;
    std::vector<CorpusModule> modules;
};

/// One core and where its truth is.
struct CorpusCore {
    std::string name;  ///< "<scenario>/<build>[+faulthandler]"
    std::string scenario;
    std::string build;
    std::string kind;    ///< "crash", "hang", "gcore", "unsupported", "not-python"
    std::string signal;  ///< "SIGSEGV", or empty for a living process
    std::uint64_t size = 0;
    PackedFile packed;
    std::filesystem::path expected;  ///< empty where there is no Python truth
};

struct Corpus {
    std::vector<CorpusBuild> builds;
    std::vector<CorpusCore> cores;

    [[nodiscard]] const CorpusBuild& build(const std::string& name) const;
};

/// Reads the manifest; throws when it is not what it should be.
const Corpus& corpus();

/// Unpacks into `target`. Throws when the packed file is damaged.
void unpack(const PackedFile& packed, const std::filesystem::path& target);

}  // namespace pycore::test
