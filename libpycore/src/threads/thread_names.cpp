#include "threads/thread_names.hpp"

#include <algorithm>
#include <string_view>

#include "base/try.hpp"
#include "objects/dict.hpp"
#include "objects/instance.hpp"
#include "objects/integer.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

// Of a name that is longer only a part would be shown anyway.
constexpr std::size_t max_name_bytes = 64 * 1024;

/// Each look into a dict is paid for: thousands of interpreters, or of threads, may share a large
/// one.
class NameReader {
public:
    NameReader(const Memory& memory, const Layout& layout, const Limits& limits, Budget& budget)
        : memory_(memory), layout_(layout), limits_(limits), budget_(budget)
    {
    }

    /// `threading._active`, a dict from ident to `Thread`.
    Result<Address> find_active(Address interpreter)
    {
        PYCORE_TRY(
            const Address modules,
            read_field(memory_, interpreter, layout_.interpreter.modules, "interpreter state"));
        PYCORE_TRY(const Address threading, find(walk(modules), "threading"));
        PYCORE_TRY(const Address names, read_module_dict(memory_, layout_, threading));
        return find(walk(names), "_active");
    }

    Walk<DictEntry> walk(Address dict)
    {
        return paid(walk_dict(memory_, layout_, dict, affordable()));
    }

    Result<std::string> read_name(Address thread)
    {
        PYCORE_TRY(const Address at,
                   find(paid(walk_attributes(memory_, layout_, thread, affordable())), "_name"));
        PYCORE_TRY(std::string name, read_text(memory_, layout_, at, affordable()));
        budget_.name_bytes -= std::min<std::uint64_t>(name.size(), budget_.name_bytes);
        return name;
    }

    [[nodiscard]] bool spent() const { return budget_.dict_entries == 0; }

private:
    [[nodiscard]] Limits affordable() const
    {
        Limits limits = limits_;
        limits.max_dict_entries = static_cast<std::size_t>(
            std::min<std::uint64_t>(limits.max_dict_entries, budget_.dict_entries));
        limits.max_text_bytes = static_cast<std::size_t>(
            std::min<std::uint64_t>({limits.max_text_bytes, budget_.name_bytes, max_name_bytes}));
        return limits;
    }

    Walk<DictEntry> paid(Walk<DictEntry> entries)
    {
        budget_.dict_entries -= std::min(entries.visited, budget_.dict_entries);
        return entries;
    }

    Result<Address> find(const Walk<DictEntry>& entries, std::string_view name)
    {
        const Address value = find_entry(memory_, layout_, entries, name);
        if (!value && entries.fault) {
            return *entries.fault;
        }
        return value;
    }

    const Memory& memory_;
    const Layout& layout_;
    const Limits& limits_;
    Budget& budget_;
};

}  // namespace

std::map<std::uint64_t, std::string> read_thread_names(const Memory& memory,
                                                       const Layout& layout,
                                                       Address interpreter,
                                                       const Limits& limits,
                                                       Budget& budget)
{
    std::map<std::uint64_t, std::string> names;
    NameReader reader(memory, layout, limits, budget);
    const auto active = reader.find_active(interpreter);
    if (!active) {
        return names;
    }
    const auto entries = reader.walk(*active);
    for (const DictEntry& entry : entries.items) {
        if (names.size() == limits.max_threads || reader.spent() || budget.deadline.passed()) {
            break;
        }
        const auto ident = read_unsigned(memory, layout, entry.key);
        if (!ident) {
            continue;
        }
        if (auto name = reader.read_name(entry.value)) {
            names.emplace(*ident, *std::move(name));
        }
    }
    return names;
}

}  // namespace pycore
