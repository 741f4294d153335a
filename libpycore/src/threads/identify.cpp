#include "threads/identify.hpp"

#include <algorithm>
#include <optional>

#include "base/try.hpp"
#include "objects/dict.hpp"
#include "objects/integer.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

// `_Py_DebugOffsets.version`, a u64 whose low half is PY_VERSION_HEX.
constexpr Field<std::uint64_t> banner_version{8};
constexpr std::uint64_t max_hex = 0xFFFF'FFFF;
// `sys` has a hundred names. Looking for some in a million would take seconds a runtime.
constexpr std::size_t max_sys_entries = 1 << 16;

/// The offsets to reach `sys` with: of the release build nearest to the version told by the
/// process, which debug builds share as far as `sysdict`.
Layout bootstrap_layout(const Memory& memory, const RuntimeCandidate& runtime)
{
    const Layout& oldest = runtime.set->layouts.front();
    if (runtime.set->refine == nullptr) {
        return oldest;
    }
    const auto hex = read_field(memory, runtime.at, banner_version, "debug offsets");
    const auto version = PythonVersion::from_hex(static_cast<std::uint32_t>(hex.value_or(0)));
    const auto choice = choose_layout(std::span(&runtime.set, 1), version, Flavour{});
    const Layout& table = choice ? *choice->layout : oldest;
    const auto refined = runtime.set->refine(table, memory, runtime.at);
    return refined ? refined->layout : table;
}

Result<Walk<DictEntry>> read_sys(const Memory& memory,
                                 const Layout& layout,
                                 Address runtime,
                                 const Limits& limits)
{
    PYCORE_TRY(const Address main,
               read_field(memory, runtime, layout.runtime.interpreters_main, "runtime"));
    PYCORE_TRY(const Address sys,
               read_field(memory, main, layout.interpreter.sys_dict, "interpreter state"));
    Limits own = limits;
    own.max_dict_entries = std::min(limits.max_dict_entries, max_sys_entries);
    return walk_dict(memory, layout, sys, own);
}

std::optional<PythonVersion> version_from_hex(const Result<std::uint64_t>& hex, const Layout& table)
{
    if (!hex || *hex > max_hex) {
        return std::nullopt;
    }
    const auto version = PythonVersion::from_hex(static_cast<std::uint32_t>(*hex));
    if (version.major != table.since.major || version.minor != table.since.minor) {
        return std::nullopt;
    }
    return version;
}

std::string first_word(const std::string& text)
{
    return text.substr(0, text.find(' '));
}

}  // namespace

PythonIdentity identify_python(const Memory& memory,
                               const RuntimeCandidate& runtime,
                               const Limits& limits)
{
    const Layout layout = bootstrap_layout(memory, runtime);
    PythonIdentity identity{.version = layout.since, .text = {}, .flavour = {}};
    if (runtime.set->refine != nullptr) {
        const auto hex = read_field(memory, runtime.at, banner_version, "debug offsets");
        if (const auto version = version_from_hex(hex, layout)) {
            identity.version = *version;
            identity.exact = true;
        }
    }
    identity.text = to_string(identity.version);
    const auto sys = read_sys(memory, layout, runtime.at, limits);
    if (!sys) {
        return identity;
    }
    const auto entry = [&](std::string_view name) {
        return find_entry(memory, layout, *sys, name);
    };
    // The process's own word on its memory comes before what Python code may have put into `sys`.
    const auto hex = read_unsigned(memory, layout, entry("hexversion"));
    if (const auto version = version_from_hex(hex, layout); version && !identity.exact) {
        identity.version = *version;
        identity.exact = true;
        identity.text = to_string(*version);
    }
    if (const auto text = read_text(memory, layout, entry("version"), limits);
        text && text->starts_with(to_string(identity.version))) {
        identity.text = first_word(*text);
    }
    identity.flavour.debug = static_cast<bool>(entry("gettotalrefcount"));
    return identity;
}

}  // namespace pycore
