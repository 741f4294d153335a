#include "corpus/corpus.hpp"

#include <nlohmann/json.hpp>
#include <zstd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace pycore::test {
namespace {

using nlohmann::json;

const std::filesystem::path& root()
{
    static const std::filesystem::path path(PYCORE_CORPUS_DIR);
    return path;
}

PackedFile packed_file(const json& entry, const char* key)
{
    PackedFile packed{.file = root() / entry.at(key).get<std::string>(), .base = {}};
    if (entry.contains("base") && !entry.at("base").is_null()) {
        packed.base = root() / entry.at("base").get<std::string>();
    }
    return packed;
}

std::string text_or_empty(const json& entry, const char* key)
{
    return entry.contains(key) && entry.at(key).is_string() ? entry.at(key).get<std::string>() : "";
}

CorpusBuild read_build(const std::string& name, const json& entry)
{
    CorpusBuild build{
        .name = name,
        .python = text_or_empty(entry, "python"),
        .debug = entry.at("flavour").get<std::string>().find("debug") != std::string::npos,
        .supported = entry.value("supported", true),
        .modules = {}};
    for (const json& module : entry.at("modules")) {
        build.modules.push_back(
            {module.at("path").get<std::string>(), packed_file(module, "file")});
    }
    return build;
}

CorpusCore read_core(const json& entry)
{
    CorpusCore core{.name = entry.at("name").get<std::string>(),
                    .scenario = entry.at("scenario").get<std::string>(),
                    .build = entry.at("build").get<std::string>(),
                    .kind = entry.at("kind").get<std::string>(),
                    .signal = text_or_empty(entry, "signal"),
                    .size = entry.at("size").get<std::uint64_t>(),
                    .packed = packed_file(entry, "core"),
                    .expected = {}};
    if (const std::string expected = text_or_empty(entry, "expected"); !expected.empty()) {
        core.expected = root() / expected;
    }
    return core;
}

Corpus read_corpus()
{
    std::ifstream file(root() / "manifest.json");
    const json manifest = json::parse(file);
    Corpus corpus;
    for (const auto& [name, entry] : manifest.at("builds").items()) {
        corpus.builds.push_back(read_build(name, entry));
    }
    for (const json& entry : manifest.at("cores")) {
        corpus.cores.push_back(read_core(entry));
    }
    return corpus;
}

std::vector<char> read_file(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
    if (bytes.empty()) {
        throw std::runtime_error("cannot read " + path.string());
    }
    return bytes;
}

std::vector<char> unpack_bytes(const std::vector<char>& packed, const std::vector<char>& base)
{
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(),
                                                                       ZSTD_freeDCtx);
    constexpr int window_log = 31;
    ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, window_log);
    if (!base.empty()) {
        ZSTD_DCtx_refPrefix(context.get(), base.data(), base.size());
    }
    const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
    constexpr std::uint64_t max_size = std::uint64_t{1} << 30;
    if (size > max_size) {
        throw std::runtime_error("a packed file of the corpus does not tell its size");
    }
    std::vector<char> bytes(size);
    const std::size_t done = ZSTD_decompressDCtx(context.get(), bytes.data(), bytes.size(),
                                                 packed.data(), packed.size());
    if (done != size) {
        throw std::runtime_error(std::string("a packed file of the corpus is damaged: ") +
                                 ZSTD_getErrorName(done));
    }
    return bytes;
}

/// Bases are shared by many files that are unpacked in a row, and may have a base themselves.
const std::vector<char>& unpacked_base(const std::filesystem::path& path)
{
    static std::filesystem::path last;
    static std::vector<char> bytes;
    if (path != last) {
        const auto& cores = corpus().cores;
        const auto core =
            std::ranges::find(cores, path, [](const CorpusCore& c) { return c.packed.file; });
        const bool alone = core == cores.end() || core->packed.base.empty();
        const std::vector<char> none;
        bytes = unpack_bytes(read_file(path), alone ? none : unpacked_base(core->packed.base));
        last = path;
    }
    return bytes;
}

}  // namespace

const CorpusBuild& Corpus::build(const std::string& name) const
{
    const auto found = std::ranges::find(builds, name, &CorpusBuild::name);
    if (found == builds.end()) {
        throw std::runtime_error("the manifest has no build " + name);
    }
    return *found;
}

const Corpus& corpus()
{
    static const Corpus value = read_corpus();
    return value;
}

void unpack(const PackedFile& packed, const std::filesystem::path& target)
{
    const std::vector<char> none;
    const auto& base = packed.base.empty() ? none : unpacked_base(packed.base);
    const std::vector<char> bytes = unpack_bytes(read_file(packed.file), base);
    std::ofstream file(target, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) {
        throw std::runtime_error("cannot write " + target.string());
    }
}

}  // namespace pycore::test
