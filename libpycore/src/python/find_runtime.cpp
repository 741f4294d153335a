#include "python/find_runtime.hpp"

#include <algorithm>

#include "elf/elf_file.hpp"
#include "python/path_version.hpp"
#include "python/scan_runtime.hpp"

namespace pycore {
namespace {

// A process has one, rarely two. A hostile core can be full of them.
constexpr std::size_t max_runtimes = 16;

bool looks_like_python(const Module& module)
{
    return names_python(module.path);
}

/// The first words of `_Py_DebugOffsets`.
struct Banner {
    std::uint64_t cookie = 0;
    std::uint64_t version = 0;
    std::uint64_t free_threaded = 0;
};

class Search {
public:
    Search(const AddressSpace& memory, std::span<const LayoutSet* const> sets, Budget& budget)
        : memory_(memory), sets_(sets), budget_(budget)
    {
    }

    void search(const Module& module)
    {
        if (const auto runtime = find_by_symbol(module)) {
            by_symbol_ = true;
            result_.python_module = module.path;
            if (!accept(*runtime, module.path)) {
                note_version_by_path(module);
            }
            return;
        }
        if (module.elf != nullptr && !looks_like_python(module)) {
            return;  // its symbols are known, and CPython's is not among them
        }
        for (const AddressRange& range : module.writable_ranges) {
            scan(range, module.path);
        }
        if (looks_like_python(module)) {
            result_.python_module = module.path;
            note_version_by_path(module);
        }
    }

    void scan(AddressRange range, const std::string& path)
    {
        for (const Address at : scan_for_runtime(memory_, range, sets_, budget_)) {
            accept(at, path);
        }
        result_.scan_cut = result_.scan_cut || budget_.scan_bytes == 0;
    }

    [[nodiscard]] bool found_any() const
    {
        return !result_.found.empty() || !result_.unsupported.empty();
    }
    [[nodiscard]] bool symbol_told() const { return by_symbol_; }

    RuntimeSearch finish()
    {
        // A name alone is a weak witness: it counts only where no runtime was found at all.
        if (result_.found.empty() && result_.unsupported.empty()) {
            result_.unsupported = std::move(by_path_);
        }
        return std::move(result_);
    }

private:
    static std::optional<Address> find_by_symbol(const Module& module)
    {
        if (module.elf == nullptr) {
            return std::nullopt;
        }
        if (const auto section = module.elf->find_section(".PyRuntime")) {
            return Address{section->address + module.bias};
        }
        if (const auto symbol = module.elf->find_symbol("_PyRuntime")) {
            return Address{symbol->value + module.bias};
        }
        return std::nullopt;
    }

    bool accept(Address at, const std::string& path)
    {
        const auto known = [&](const RuntimeCandidate& other) { return other.at == at; };
        if (std::ranges::any_of(result_.found, known)) {
            return true;
        }
        const auto banner = memory_.read<Banner>(at, "runtime");
        if (banner && banner->cookie == debug_offsets_cookie && banner->free_threaded == 1) {
            return refuse(*banner, path);
        }
        for (const LayoutSet* set : sets_) {
            if (set->recognises != nullptr && set->recognises(memory_, at)) {
                if (result_.found.size() < max_runtimes) {
                    result_.found.push_back({at, set});
                }
                return true;
            }
        }
        return banner && banner->cookie == debug_offsets_cookie && refuse(*banner, path);
    }

    bool refuse(const Banner& banner, const std::string& path)
    {
        const auto version = PythonVersion::from_hex(static_cast<std::uint32_t>(banner.version));
        const bool has_tables = std::ranges::any_of(sets_, [&](const LayoutSet* set) {
            return !set->layouts.empty() && set->layouts.front().since.minor == version.minor;
        });
        const bool free_threaded = banner.free_threaded == 1;
        if (version.major != python_major || (has_tables && !free_threaded)) {
            return false;  // a copy of the table, or a runtime that was never initialised
        }
        const auto same = [&](const UnsupportedPython& other) {
            return other.version == version && other.free_threaded == free_threaded;
        };
        if (!std::ranges::any_of(result_.unsupported, same)) {
            result_.unsupported.push_back({version, free_threaded, path});
        }
        return true;
    }

    void note_version_by_path(const Module& module)
    {
        const auto found = version_in_path(module.path);
        if (!found) {
            return;
        }
        const bool has_tables = std::ranges::any_of(sets_, [&](const LayoutSet* set) {
            return !set->layouts.empty() &&
                   set->layouts.front().since.minor == found->version.minor;
        });
        const auto same = [&](const UnsupportedPython& other) {
            return other.version == found->version && other.free_threaded == found->free_threaded;
        };
        // The program and its libpython tell the same.
        if ((!has_tables || found->free_threaded) && !std::ranges::any_of(by_path_, same)) {
            by_path_.push_back({found->version, found->free_threaded, module.path});
        }
    }

    const AddressSpace& memory_;
    std::span<const LayoutSet* const> sets_;
    Budget& budget_;
    bool by_symbol_ = false;
    std::vector<UnsupportedPython> by_path_;
    RuntimeSearch result_;
};

}  // namespace

RuntimeSearch find_runtimes(const AddressSpace& memory,
                            std::span<const Module> modules,
                            std::span<const LayoutSet* const> sets,
                            Budget& budget)
{
    Search search(memory, sets, budget);
    const auto likely = [](const Module& module) {
        return looks_like_python(module) || module.executable;
    };
    for (const Module& module : modules) {
        if (likely(module)) {
            search.search(module);
        }
    }
    if (!search.found_any() && !search.symbol_told()) {
        for (const Module& module : modules) {
            if (!likely(module)) {
                search.search(module);
            }
        }
    }
    if (!search.found_any() && modules.empty()) {
        for (const Segment& segment : memory.segments()) {
            if (segment.writable && segment.origin == Origin::core) {
                search.scan(segment.range, {});
            }
        }
    }
    return search.finish();
}

}  // namespace pycore
