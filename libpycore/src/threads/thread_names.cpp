#include "threads/thread_names.hpp"

#include "base/try.hpp"
#include "objects/dict.hpp"
#include "objects/instance.hpp"
#include "objects/integer.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

/// `threading._active`, a dict from ident to `Thread`.
Result<Address> find_active(const Memory& memory,
                            const Layout& layout,
                            Address interpreter,
                            const Limits& limits)
{
    PYCORE_TRY(const Address modules,
               read_field(memory, interpreter, layout.interpreter.modules, "interpreter state"));
    PYCORE_TRY(const Address threading, find_in_dict(memory, layout, modules, "threading", limits));
    PYCORE_TRY(const Address names, read_module_dict(memory, layout, threading));
    return find_in_dict(memory, layout, names, "_active", limits);
}

Result<std::string> read_name(const Memory& memory,
                              const Layout& layout,
                              Address thread,
                              const Limits& limits)
{
    PYCORE_TRY(const Address name, find_attribute(memory, layout, thread, "_name", limits));
    return read_text(memory, layout, name, limits);
}

}  // namespace

std::map<std::uint64_t, std::string> read_thread_names(const Memory& memory,
                                                       const Layout& layout,
                                                       Address interpreter,
                                                       const Limits& limits)
{
    std::map<std::uint64_t, std::string> names;
    const auto active = find_active(memory, layout, interpreter, limits);
    if (!active) {
        return names;
    }
    const auto entries = walk_dict(memory, layout, *active, limits);
    for (const DictEntry& entry : entries.items) {
        const auto ident = read_unsigned(memory, layout, entry.key);
        const auto name = read_name(memory, layout, entry.value, limits);
        if (ident && name) {
            names.emplace(*ident, *name);
        }
        if (names.size() == limits.max_threads) {
            break;
        }
    }
    return names;
}

}  // namespace pycore
