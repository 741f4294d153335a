#include "view/exception_order.hpp"

#include <set>

namespace pycore {
namespace {

/// The exceptions that Python prints with this one, by their objects.
void add_shown(const Exception& exception, std::set<Address>& shown)
{
    for (const Exception* at = &exception; at != nullptr;) {
        shown.insert(at->address);
        const bool cause = at->cause && !at->cause->repeated;
        at = cause ? at->cause.get() : at->suppress_context ? nullptr : at->context.get();
    }
}

}  // namespace

std::vector<ShownException> shown_exceptions(const Thread& thread)
{
    std::vector<ShownException> list;
    if (!thread.exception) {
        return list;
    }
    std::set<Address> shown;
    list.push_back({.introduction = thread.exception_raised ? "An exception was being raised:"
                                                            : "An exception was being handled:",
                    .exception = &*thread.exception});
    add_shown(*thread.exception, shown);
    for (const Exception& exception : thread.handled) {
        // Most often it is the context of the one before.
        if (!shown.contains(exception.address)) {
            list.push_back(
                {.introduction = "While this one was being handled:", .exception = &exception});
            add_shown(exception, shown);
        }
    }
    return list;
}

}  // namespace pycore
