#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

#include "pycore/address.hpp"
#include "waits/frame_stacks.hpp"
#include "waits/python_objects.hpp"

namespace pycore {

/// What objects of one interpreter refer to, as far as locks can be found there: attributes,
/// containers, closures, classes. Each is read once.
class ObjectGraph {
public:
    explicit ObjectGraph(PythonObjects& objects) : objects_(objects), stacks_(objects) {}

    [[nodiscard]] const std::vector<Address>& references_of(Address object);

    /// What a frame refers to: variables, value stack, and the globals that its code names.
    [[nodiscard]] std::vector<Address> roots_of(Address frame);

private:
    enum class Kind : std::uint8_t {
        leaf,
        items,
        dict,
        cell,
        function,
        bound,
        generator,
        type,
        instance
    };

    [[nodiscard]] Kind kind_of(Address object);
    [[nodiscard]] Kind read_kind(Address type);
    [[nodiscard]] std::vector<Address> read_references(Address object);
    [[nodiscard]] std::vector<Address> read_items(Address object) const;
    [[nodiscard]] std::vector<Address> read_values(Address dict) const;
    [[nodiscard]] std::vector<Address> read_attributes(Address object);
    void add_globals(Address frame, Address code, std::vector<Address>& to);
    [[nodiscard]] const std::unordered_map<std::uint64_t, Address>& names_in(Address dict);

    PythonObjects& objects_;
    FrameStacks stacks_;
    std::map<Address, Kind> kinds_;  ///< by class
    std::unordered_map<std::uint64_t, std::vector<Address>> references_;
    std::size_t kept_ = 0;  ///< of `references_`
    /// Of each module: what it calls what. Names of code and keys of modules are interned.
    std::map<Address, std::unordered_map<std::uint64_t, Address>> modules_;
};

}  // namespace pycore
