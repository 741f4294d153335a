#include <algorithm>

#include "analysis/find_deadlocks.hpp"
#include "signature/make_signature.hpp"
#include "support/catch.hpp"
#include "support/wait_builder.hpp"

namespace pycore {
namespace {

using test::code;
using test::frame;
using test::WaitBuilder;

/// Threads in these functions of bank.py, each of which waits for a lock that the next one holds.
Signature circle(const std::vector<std::string>& functions, const std::string& names = "worker")
{
    WaitBuilder builder;
    for (const std::string& function : functions) {
        const auto added = builder.thread(names + std::to_string(builder.threads().size()));
        builder.threads()[added].stack = {
            frame(code("/usr/lib/python3.11/threading.py", "acquire"), 1),
            frame(code("/srv/bank.py", function), 7), frame(code("/srv/bank.py", "work"), 40),
            frame(code("/usr/lib/python3.11/threading.py", "run", "Thread.run"), 9)};
    }
    for (std::size_t i = 0; i < functions.size(); ++i) {
        const auto lock = builder.resource(ResourceKind::rlock);
        builder.owner(lock, i);
        builder.waits((i + functions.size() - 1) % functions.size(), lock);
    }
    const Snapshot& snapshot = builder.snapshot().edit();
    const auto deadlocks = find_deadlocks(snapshot);
    REQUIRE(deadlocks.size() == 1);
    return *make_signature(snapshot, std::nullopt, deadlocks);
}

TEST_CASE("a deadlock is where its threads wait, and who called", "[signature]")
{
    const Signature signature = circle({"move", "close"});
    CHECK(signature.text == "HANG/deadlock | py:bank.close < bank.work | py:bank.move < bank.work");
    CHECK(signature.confidence == Confidence::high);
    CHECK(signature.notes.empty());
}

TEST_CASE("the order of ids and the names of threads are nothing to a deadlock", "[signature]")
{
    const Signature signature = circle({"a", "b", "c"});
    CHECK(circle({"b", "c", "a"}).id == signature.id);
    CHECK(circle({"c", "a", "b"}, "Thread-").id == signature.id);
    CHECK(circle({"c", "a", "b"}).coarse_id == signature.coarse_id);
    // The other way round is another circle.
    CHECK(circle({"c", "b", "a"}).id != signature.id);
}

TEST_CASE("how many threads wait in the same places is nothing to a deadlock", "[signature]")
{
    CHECK(circle({"eat", "eat", "eat"}).id == circle({"eat", "eat"}).id);
    CHECK(circle({"a", "b", "a", "b"}).id == circle({"a", "b"}).id);
    CHECK(circle({"eat", "eat", "rest"}).id == circle({"rest", "eat"}).id);
    CHECK(circle({"eat", "eat"}).id != circle({"eat", "rest"}).id);
}

TEST_CASE("a circle of many threads is cut", "[signature]")
{
    std::vector<std::string> functions;
    for (char letter = 'a'; letter <= 'z'; ++letter) {
        functions.emplace_back(1, letter);
    }
    const Signature signature = circle(functions);
    CHECK(signature.components.size() == 9);
    CHECK(signature.text.size() <= 255);
    std::ranges::rotate(functions, functions.begin() + 11);
    CHECK(circle(functions).id == signature.id);
}

TEST_CASE("of two deadlocks the signature is of one, whichever comes first", "[signature]")
{
    const auto two = [](const char* first, const char* second) {
        WaitBuilder builder;
        for (const char* const function : {first, second}) {
            const auto thread = builder.thread(function);
            builder.threads()[thread].stack = {frame(code("/srv/bank.py", function), 7)};
            const auto lock = builder.resource(ResourceKind::lock);
            builder.owner(lock, thread, OwnerEvidence::with_block);
            builder.waits(thread, lock);
        }
        const Snapshot& snapshot = builder.snapshot().edit();
        const auto deadlocks = find_deadlocks(snapshot);
        REQUIRE(deadlocks.size() == 2);
        return *make_signature(snapshot, std::nullopt, deadlocks);
    };
    CHECK(two("a", "b").id == two("b", "a").id);
    CHECK(two("a", "b").text == "HANG/deadlock | py:bank.a");
    CHECK(two("a", "b").confidence == Confidence::medium);
    CHECK_THAT(two("a", "b").notes.at(0), test::contains("one of 2 deadlocks"));
}

}  // namespace
}  // namespace pycore
