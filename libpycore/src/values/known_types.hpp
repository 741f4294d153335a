#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"
#include "values/value_kind.hpp"

namespace pycore {

/// As `type.__module__` and `type.__qualname__`; empty where it is not known.
struct TypeName {
    std::string module;
    std::string qualified;
};

/// "collections.deque", "int": without the module of builtins. Empty when nothing is known.
[[nodiscard]] std::string display(const TypeName& name);

/// The types of one interpreter. They are told by their addresses and by the address of what
/// prints their instances: a kernel's core holds no names of static types.
class KnownTypes {
public:
    /// `interpreter` is a `PyInterpreterState`. All outlive this object.
    KnownTypes(const Memory& memory,
               const Layout& layout,
               Address interpreter,
               const Limits& limits);

    /// How instances of this type print, also when it only inherits that.
    [[nodiscard]] ValueKind kind_of(Address type) const;
    [[nodiscard]] TypeName name_of(Address type);

    /// Whether it is the builtin type itself, not one derived from it: "set", "dict".
    [[nodiscard]] bool is_exactly(Address type, std::string_view builtin) const;

    /// Why there is no living object at `at`; nothing when there is one.
    [[nodiscard]] std::optional<std::string_view> find_corruption(Address at) const;

private:
    struct Printer {
        Address repr;
        ValueKind kind;
    };

    void add(Address type, std::string_view name, ValueKind kind);
    void add_builtins(Address interpreter);
    void add_from_modules(Address interpreter);
    [[nodiscard]] ValueKind kind_by_name(Address type) const;
    [[nodiscard]] std::optional<std::string> read_static_name(Address type) const;
    [[nodiscard]] TypeName read_name(Address type);
    [[nodiscard]] std::string read_heap_module(Address type);
    [[nodiscard]] bool is_heap_type(Address type) const;
    [[nodiscard]] bool is_type(Address at) const;

    const Memory& memory_;
    const Layout& layout_;
    const Limits& limits_;
    std::vector<Printer> printers_;
    std::map<Address, std::string> builtin_names_;
    std::map<Address, TypeName> names_;  ///< those read so far
    std::size_t slots_left_;             ///< of dicts of types, to look for their modules
};

}  // namespace pycore
