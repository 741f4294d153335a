#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "values/attributes.hpp"
#include "waits/python_objects.hpp"

namespace pycore {

/// How the program goes on from an object to one that it refers to.
enum class Step : std::uint8_t {
    attribute,  ///< ".name", also of modules and classes
    item,       ///< "[3]"
    key,        ///< "['db']"
    nothing     ///< of a bound method to its object
};

struct NamedReference {
    Step step = Step::nothing;
    std::uint64_t what = 0;  ///< of an item its index, else the address of the name or key
    Address target;
};

/// What objects of one interpreter refer to: attributes, items of containers, names of classes and
/// of modules that are not the standard library's. All it is given outlives it.
class NamedReferences {
public:
    explicit NamedReferences(PythonObjects& objects);

    /// Of values that refer to nothing of interest nothing, and at most a thousand. Each is paid
    /// from the budget; once that is spent there are none.
    [[nodiscard]] std::vector<NamedReference> of(Address object);

    /// Whether it may refer to something: no text, number or function.
    [[nodiscard]] bool may_refer(Address object);

    /// The names in a dict that is a namespace.
    [[nodiscard]] std::vector<NamedReference> names_in(Address dict);

    [[nodiscard]] bool is_standard(const std::string& module) const;

private:
    enum class Shape : std::uint8_t {
        leaf,
        list,
        tuple,
        dict,
        deque,
        module,
        type,
        method,
        object
    };
    struct TypeShape {
        Shape shape = Shape::leaf;
        std::vector<SlotPlace> slots;
        bool is_thread = false;
    };

    const TypeShape& shape_of(Address object);
    [[nodiscard]] Shape find_shape(Address type);
    [[nodiscard]] bool derives(Address type, Address from) const;
    void add_entries(Address dict, Step step, std::vector<NamedReference>& to);
    void add_items(Address object, Shape shape, std::vector<NamedReference>& to);
    void add_module(Address object, std::vector<NamedReference>& to);
    void add_attributes(Address object, const TypeShape& shape, std::vector<NamedReference>& to);
    [[nodiscard]] bool is_any_of(Address key, std::initializer_list<std::string_view> names) const;
    [[nodiscard]] Limits affordable() const;
    void spend(std::uint64_t slots);

    PythonObjects& objects_;
    const Memory& memory_;
    const Layout& layout_;
    Budget& budget_;
    Address deque_;
    Address thread_;  ///< `threading.Thread`
    std::map<Address, TypeShape> shapes_;
    std::set<std::string> standard_;  ///< modules without a package around them, and packages
};

}  // namespace pycore
