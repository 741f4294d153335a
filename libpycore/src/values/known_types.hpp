#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"
#include "values/type_family.hpp"

namespace pycore {

/// As `type.__module__` and `type.__qualname__`; empty where it is not known.
struct TypeName {
    std::string module;
    std::string qualified;
};

/// "collections.deque", "int": without the module of builtins. Empty when nothing is known.
[[nodiscard]] std::string display(const TypeName& name);

/// The types of one interpreter. They are told by their addresses, by the address of what prints
/// their instances, and by where modules name them: a kernel's core holds no names of static
/// types.
class KnownTypes {
public:
    /// `interpreter` is a `PyInterpreterState`. All outlive this object.
    KnownTypes(const Memory& memory,
               const Layout& layout,
               Address interpreter,
               const Limits& limits,
               Budget& budget);

    /// How instances of this type print, also when it only inherits that. Null: as `object`, or in
    /// a way that is not known.
    [[nodiscard]] const Printing* printing_of(Address type);
    [[nodiscard]] TypeName name_of(Address type);

    /// `tp_name`: "collections.deque"; of a class written in Python only its own name.
    [[nodiscard]] std::string c_name_of(Address type);

    /// Whether it is the builtin type itself, not one derived from it: "set", "dict".
    [[nodiscard]] bool is_exactly(Address type, std::string_view builtin) const;
    [[nodiscard]] bool is_heap_type(Address type) const;
    [[nodiscard]] bool is_type(Address at) const;

    /// Why there is no living object at `at`; nothing when there is one.
    [[nodiscard]] std::optional<std::string_view> find_corruption(Address at) const;

    /// The dict of the imported module, or null.
    [[nodiscard]] Address find_module(std::string_view name);

    /// What `name` is bound to in it, or null.
    [[nodiscard]] Address find_in_module(std::string_view module, std::string_view name);

    /// What the first class of the method resolution order that has `name` in its dict has there.
    struct Found {
        Address owner;
        Address value;
    };
    [[nodiscard]] Found find_in_classes(Address type, std::string_view name);
    /// The type itself and what it derives from, in the order Python looks things up.
    [[nodiscard]] std::vector<Address> read_mro(Address type) const;
    /// `name` in the dict of this class alone, or null.
    [[nodiscard]] Address find_in_class(Address type, std::string_view name);

private:
    struct Printer {
        Address repr;
        const Printing* printing;
    };

    [[nodiscard]] Address read_repr(Address type) const;
    void add(Address type, std::string_view name);
    void add_builtins();
    void add_from_modules();
    [[nodiscard]] const Printing* find_printing(Address type);
    [[nodiscard]] const Printing* printing_by_function(Address function);
    [[nodiscard]] const Printing* printing_by_name(Address type);
    [[nodiscard]] std::optional<std::string> read_c_name(Address type) const;
    [[nodiscard]] TypeName read_name(Address type);
    [[nodiscard]] std::string read_heap_module(Address type);
    [[nodiscard]] std::string read_short_text(Address at) const;
    void learn_module_names();
    void learn_names_in(std::string_view module, Address dict);
    void learn_other_names();
    [[nodiscard]] Address find_in(Address dict, std::string_view name);

    const Memory& memory_;
    const Layout& layout_;
    const Limits& limits_;
    Budget& budget_;
    Address interpreter_;
    std::vector<Printer> printers_;
    std::map<Address, std::string> builtin_names_;
    std::map<Address, TypeName> module_names_;  ///< of static types, where modules name them
    bool has_module_names_ = false;
    std::map<Address, TypeName> names_;             ///< those read so far
    std::map<Address, const Printing*> printings_;  ///< those found so far
};

}  // namespace pycore
