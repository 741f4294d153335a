#include "pycore/wait.hpp"
#include "support/catch.hpp"

namespace {

using pycore::ResourceKind;

TEST_CASE("every kind of resource has a name of its own")
{
    std::vector<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(ResourceKind::futex); ++i) {
        const std::string_view name = name_of(static_cast<ResourceKind>(i));
        CHECK(std::ranges::find(names, name) == names.end());
        names.push_back(name);
    }
    CHECK(name_of(ResourceKind::rlock) == "rlock");
    CHECK(words_of(ResourceKind::rlock) == "RLock");
}

TEST_CASE("who waits for an event waits for no thread")
{
    CHECK(has_owner(ResourceKind::lock));
    CHECK(has_owner(ResourceKind::gil));
    CHECK_FALSE(has_owner(ResourceKind::event));
    CHECK_FALSE(has_owner(ResourceKind::condition));
}

}  // namespace
