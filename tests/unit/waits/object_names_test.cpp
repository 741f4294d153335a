#include "waits/object_names.hpp"

#include "support/catch.hpp"
#include "unit/waits/wait_process.hpp"

namespace pycore::test {
namespace {

WaitProcess any_process()
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    return WaitProcess(layout, true);
}

TEST_CASE("an item of a global list goes before the local that has it, too", "[names]")
{
    WaitProcess process = any_process();
    INFO(name_of(process.layout));
    const Address fork = process.lock();
    const Address forks = process.list({process.lock(), process.lock(), fork});
    const Address main = process.add_module("__main__", {{"forks", forks}});
    const std::size_t thread = process.add_thread({process.frame("eat", main, {{"left", fork}})});
    CHECK(process.find_name(fork, thread, 0) == "forks[2]");
}

TEST_CASE("a global of a module that is not the main one is said to be its", "[names]")
{
    WaitProcess process = any_process();
    INFO(name_of(process.layout));
    const Address lock = process.lock();
    const Address app = process.add_module("app", {{"db_lock", lock}});
    const std::size_t thread = process.add_thread({process.frame("query", app, {})});
    CHECK(process.find_name(lock, thread, 0) == "db_lock in app");
}

TEST_CASE("an attribute of self is said to be one of its class, and of which object", "[names]")
{
    WaitProcess process = any_process();
    INFO(name_of(process.layout));
    const Address lock = process.lock();
    const Address other = process.lock();
    const Address type = process.heap_type("__main__", "Cache");
    const Address cache = process.instance(type, {{"_lock", lock}});
    const Address named =
        process.instance(type, {{"_lock", other}, {"name", process.text("users")}});
    const Address main = process.add_module("__main__", {{"sessions", cache}});
    const std::size_t known =
        process.add_thread({process.frame("Cache.get", main, {{"self", cache}})});
    const std::size_t unknown =
        process.add_thread({process.frame("Cache.get", main, {{"self", named}})});
    CHECK(process.find_name(lock, known, 0) == "self._lock of Cache sessions");
    CHECK(process.find_name(other, unknown, 0) == "self._lock of Cache users");
    CHECK(process.find_name(other, unknown, 0, PrivacyLevel::open) == "self._lock of Cache");
}

TEST_CASE("keys are no part of a public report", "[names]")
{
    WaitProcess process = any_process();
    INFO(name_of(process.layout));
    const Address lock = process.lock();
    const Address main = process.add_module("__main__", {{"locks", process.dict({{"db", lock}})}});
    const std::size_t thread = process.add_thread({process.frame("query", main, {})});
    CHECK(process.find_name(lock, thread, 0) == "locks['db']");
    CHECK(process.find_name(lock, thread, 0, PrivacyLevel::open) == "locks[...]");
}

TEST_CASE("what one function has in a container another one has in a local", "[names]")
{
    WaitProcess process = any_process();
    INFO(name_of(process.layout));
    const Address lock = process.lock();
    const Address alone = process.lock();
    const Address main = process.add_module("__main__", {});
    process.add_thread(
        {process.frame("main", main, {{"locks", process.list({process.lock(), lock})}})});
    const std::size_t thread =
        process.add_thread({process.frame("work", main, {{"one", lock}, {"own", alone}})});
    CHECK(process.find_name(lock, thread, 0) == "locks[1]");
    CHECK(process.find_name(alone, thread, 0) == "own");
    CHECK(process.find_name(process.lock(), thread, 0).empty());
}

TEST_CASE("the lock of a condition is known as the condition", "[names]")
{
    WaitProcess process = any_process();
    INFO(name_of(process.layout));
    const Address lock = process.lock();
    const Address ready =
        process.instance(process.heap_type("threading", "Condition"), {{"_lock", lock}});
    const Address jobs = process.instance(process.heap_type("queue", "Queue"), {{"mutex", lock}});
    const Address main = process.add_module("__main__", {{"ready", ready}});
    const Address other = process.add_module("app", {{"jobs", jobs}});
    const std::size_t thread = process.add_thread({process.frame("work", main, {})});
    CHECK(process.find_name(lock, thread, 0) == "ready");

    process.threads.clear();
    const std::size_t by_queue = process.add_thread({process.frame("work", other, {})});
    CHECK(process.find_name(lock, by_queue, 0) == "jobs.mutex in app");
}

TEST_CASE("an object that refers to itself ends no search", "[names]")
{
    WaitProcess process = any_process();
    INFO(name_of(process.layout));
    const Address loop = process.list({Address{}, Address{}});
    const auto data = process.heap.memory().read<Address>(
        Address{loop.value + process.layout.list.items.offset}, "items");
    process.heap.memory().write(*data, loop);
    const Address main = process.add_module("__main__", {{"loop", loop}});
    const std::size_t thread = process.add_thread({process.frame("work", main, {})});
    CHECK(process.find_name(process.lock(), thread, 0).empty());
    CHECK(process.find_name(loop, thread, 0) == "loop");
}

}  // namespace
}  // namespace pycore::test
