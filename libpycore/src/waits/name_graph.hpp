#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "waits/named_references.hpp"

namespace pycore {

/// A name that the search begins with.
struct RootName {
    std::string name;    ///< "forks"
    std::string module;  ///< of a global, where the program has more than one; else empty
};

/// How an object is reached: from a root over one or more references.
struct NamePath {
    RootName root;
    Address start;                      ///< what the root is bound to
    std::vector<NamedReference> steps;  ///< the first one from `start`
    std::vector<Address> passed;        ///< what each step begins at
};

/// The shortest path from some names to objects. It goes no further than it must for what is asked,
/// and never over the same object twice.
class NameGraph {
public:
    struct Extent {
        std::size_t depth = 3;         ///< steps from a root
        std::size_t objects = 50'000;  ///< looked at
        bool finds_roots = true;       ///< false: only what they lead to
    };

    NameGraph(NamedReferences& references, Extent extent) : references_(references), extent_(extent)
    {
    }

    /// Roots are tried in this order; of one object the first counts.
    void add_root(RootName name, Address object);

    /// The path to `object`; nothing when it is not within the extent.
    [[nodiscard]] std::optional<NamePath> find(Address object);

private:
    struct Node {
        Address object;
        std::size_t parent = 0;  ///< in `nodes_`; of a root: in `roots_`
        std::size_t depth = 0;
        NamedReference reference;
    };

    bool add(const Node& node);
    void expand(std::size_t node);
    [[nodiscard]] NamePath path_to(std::size_t node) const;

    NamedReferences& references_;
    Extent extent_;
    std::vector<RootName> roots_;
    std::vector<Node> nodes_;
    std::unordered_map<std::uint64_t, std::size_t> known_;  ///< in `nodes_`, by the object
    std::size_t next_ = 0;                                  ///< the first not gone on from
};

}  // namespace pycore
