#include "exceptions/exception_tree.hpp"

#include <algorithm>
#include <deque>
#include <set>
#include <vector>

#include "exceptions/describe_exception.hpp"
#include "exceptions/traceback.hpp"
#include "objects/object.hpp"

namespace pycore {
namespace {

// What reads, writes and destroys exceptions goes this deep into their tree, not deeper.
constexpr std::size_t deepest = 64;
constexpr std::size_t most_exceptions = 10'000;

enum class Role : std::uint8_t { cause, context, member };

struct Node {
    Exception data;
    ExceptionLinks links;
    std::size_t parent = 0;
    std::size_t depth = 0;
    Role role = Role::cause;
};

/// Visits exceptions in the order in which `traceback.TracebackException` does, which decides
/// where one that is reached twice is printed. What it never prints comes last.
class TreeReader {
public:
    explicit TreeReader(ExceptionSource& source) : source_(source) {}

    Exception read(const RaisedValue& root, std::optional<Address> traceback)
    {
        nodes_.push_back({});
        seen_.insert(root.object);
        nodes_.back().data = describe_exception(source_, root, traceback, nodes_.back().links);
        follow(0);
        for (; !hidden_.empty(); hidden_.pop_front()) {
            const std::size_t parent = hidden_.front();
            add_once(parent, nodes_[parent].links.context, Role::context);
            follow_pending();
        }
        return assemble();
    }

private:
    void follow(std::size_t index)
    {
        pending_.push_back(index);
        follow_pending();
    }

    void follow_pending()
    {
        while (!pending_.empty()) {
            const std::size_t index = pending_.back();
            pending_.pop_back();
            const bool has_cause = add_once(index, nodes_[index].links.cause, Role::cause);
            if (has_cause || nodes_[index].data.suppress_context) {
                hidden_.push_back(index);
            } else {
                add_once(index, nodes_[index].links.context, Role::context);
            }
            add_members(index);
        }
    }

    void add_members(std::size_t parent)
    {
        const std::vector<Address> members = std::move(nodes_[parent].links.members);
        for (const Address at : members) {
            if (is_around(parent, at)) {
                add_stub(parent, at, Role::member);
            } else {
                seen_.insert(at);
                add(parent, at, Role::member);
            }
        }
    }

    /// Whether a full description of the object at `at` was added.
    bool add_once(std::size_t parent, Address at, Role role)
    {
        if (!at) {
            return false;
        }
        if (!seen_.insert(at).second) {
            add_stub(parent, at, role);
            return false;
        }
        return add(parent, at, role);
    }

    bool add(std::size_t parent, Address at, Role role);
    void add_stub(std::size_t parent, Address at, Role role);

    [[nodiscard]] bool is_around(std::size_t index, Address at) const
    {
        for (;; index = nodes_[index].parent) {
            if (nodes_[index].data.address == at) {
                return true;
            }
            if (index == 0) {
                return false;
            }
        }
    }

    Exception assemble();

    ExceptionSource& source_;
    std::vector<Node> nodes_;  ///< children behind their parents
    std::vector<std::size_t> pending_;
    std::deque<std::size_t> hidden_;
    std::set<Address> seen_;
};

bool TreeReader::add(std::size_t parent, Address at, Role role)
{
    const auto raised = read_exception_value(source_.memory, source_.layout, at);
    const bool possible = raised && nodes_[parent].depth < deepest &&
                          nodes_.size() < most_exceptions && source_.budget.exception_bytes != 0 &&
                          !source_.budget.deadline.passed();
    if (!possible) {
        nodes_[parent].data.complete = false;
        return false;
    }
    Node node{.parent = parent, .depth = nodes_[parent].depth + 1, .role = role};
    node.data = describe_exception(source_, *raised, std::nullopt, node.links);
    nodes_.push_back(std::move(node));
    pending_.push_back(nodes_.size() - 1);
    return true;
}

void TreeReader::add_stub(std::size_t parent, Address at, Role role)
{
    const auto type = read_type(source_.memory, source_.layout, at);
    if (nodes_[parent].depth >= deepest || nodes_.size() >= most_exceptions || !type ||
        !pay_text(source_.budget, bytes_per_exception)) {
        nodes_[parent].data.complete = false;
        return;
    }
    Node node{.parent = parent, .depth = nodes_[parent].depth + 1, .role = role};
    node.data.address = at;
    node.data.type = display(source_.types.name_of(*type));
    node.data.repeated = true;
    nodes_.push_back(std::move(node));
}

Exception TreeReader::assemble()
{
    for (std::size_t i = nodes_.size(); i-- > 1;) {
        Node& node = nodes_[i];
        std::ranges::reverse(node.data.exceptions);  // the last one was added first
        Exception& parent = nodes_[node.parent].data;
        switch (node.role) {
        case Role::cause:
            parent.cause = std::make_shared<const Exception>(std::move(node.data));
            break;
        case Role::context:
            parent.context = std::make_shared<const Exception>(std::move(node.data));
            break;
        case Role::member: parent.exceptions.push_back(std::move(node.data)); break;
        }
    }
    std::ranges::reverse(nodes_.front().data.exceptions);
    return std::move(nodes_.front().data);
}

}  // namespace

Exception read_exception_tree(ExceptionSource& source,
                              const RaisedValue& root,
                              std::optional<Address> traceback)
{
    return TreeReader(source).read(root, traceback);
}

}  // namespace pycore
