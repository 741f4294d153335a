#include <nlohmann/json.hpp>

#include <sstream>

#include "pycore/report.hpp"
#include "support/catch.hpp"
#include "support/wait_builder.hpp"

namespace pycore {
namespace {

using nlohmann::json;
using test::WaitBuilder;

json parsed(const Report& report)
{
    std::ostringstream out;
    write_json(report, out);
    return json::parse(out.str());
}

json parsed(WaitBuilder& process)
{
    return parsed(process.snapshot().report());
}

TEST_CASE("a thread says what it waits for, and who has that", "[json]")
{
    WaitBuilder process;
    const std::size_t holder = process.thread("holder");
    const std::size_t waiter = process.thread("waiter");
    const std::size_t lock = process.resource(ResourceKind::lock, "jobs");
    process.resources()[lock].type = "_thread.lock";
    Owner& owner = process.owner(lock, holder, OwnerEvidence::with_block, "work (app.py:5)");
    owner.evidence = "inside `with`";
    owner.python_thread_id = 0x7f10;
    Wait& wait = process.waits(waiter, lock, "work (app.py:7)");
    wait.timed = true;
    wait.timeout = 2.5;
    process.threads()[waiter].gil = GilState::released;
    const json threads = parsed(process)["threads"];

    CHECK(threads[1]["state"] == "waiting for lock");
    CHECK(threads[1]["gil"] == "released");
    CHECK(threads[1]["waiting_for"] ==
          json({{"kind", "lock"},
                {"address", "0x7f100000"},
                {"description", "Lock jobs"},
                {"name", "jobs"},
                {"type", "_thread.lock"},
                {"where", "work (app.py:7)"},
                {"timed", true},
                {"timeout", 2.5},
                {"certain", true},
                {"evidence", nullptr},
                {"idle", false},
                {"owners", json::array({{{"tid", 100},
                                         {"python_thread_id", "0x7f10"},
                                         {"thread_name", "holder"},
                                         {"how", "with-block"},
                                         {"certain", true},
                                         {"where", "work (app.py:5)"},
                                         {"evidence", "inside `with`"}}})}}));
    CHECK(threads[1]["holds"] == json::array());
    CHECK(threads[0]["state"] == "running");
    CHECK(threads[0]["waiting_for"] == nullptr);
    CHECK(threads[0]["holds"] == json::array({{{"kind", "lock"},
                                               {"address", "0x7f100000"},
                                               {"description", "Lock jobs"},
                                               {"name", "jobs"},
                                               {"type", "_thread.lock"},
                                               {"how", "with-block"},
                                               {"certain", true},
                                               {"where", "work (app.py:5)"},
                                               {"evidence", "inside `with`"}}}));
}

TEST_CASE("states are a few words", "[json]")
{
    WaitBuilder process;
    const std::size_t thread = process.thread("a");
    const auto state = [&] { return parsed(process)["threads"][0]["state"]; };
    const auto does = [&](Activity activity) {
        process.threads()[thread].activity = activity;
        return state();
    };
    CHECK(does(Activity::unknown) == nullptr);
    CHECK(does(Activity::running_native) == "running C");
    CHECK(does(Activity::collecting_garbage) == "in garbage collection");
    CHECK(does(Activity::finalizing) == "finalizing");
    CHECK(does(Activity::hanging_at_exit) == "hanging at exit");
    CHECK(does(Activity::sleeping) == "sleeping");
    CHECK(does(Activity::in_system_call) == "in system call");
    CHECK(does(Activity::waiting) == "waiting");
    process.waits(thread, process.resource(ResourceKind::simple_queue));
    CHECK(state() == "waiting for simple queue");
    process.resources()[0].kind = ResourceKind::gil;
    CHECK(state() == "waiting for GIL");
}

TEST_CASE("a system call says what matters of it", "[json]")
{
    WaitBuilder process;
    SystemCall& call = process.threads()[process.thread("a")].system_call.emplace();
    call = {.number = 232, .name = "epoll_wait", .fd = 5, .timeout = 1.5, .timed = true};
    CHECK(parsed(process)["threads"][0]["system_call"] == json({{"number", 232},
                                                                {"name", "epoll_wait"},
                                                                {"fd", 5},
                                                                {"path", nullptr},
                                                                {"timed", true},
                                                                {"timeout", 1.5},
                                                                {"pid", nullptr},
                                                                {"certain", true}}));
    process.threads()[0].system_call->certain = false;
    CHECK(parsed(process)["threads"][0]["system_call"]["number"] == nullptr);
}

TEST_CASE("the GIL is an interpreter's", "[json]")
{
    WaitBuilder process;
    process.thread("a");
    process.thread("b");
    CHECK(parsed(process)["interpreters"][0]["gil"] == nullptr);
    process.snapshot().edit().interpreters[0].gil =
        Gil{.address = Address{0x10}, .held = true, .holder = 0, .waiters = {1}};
    CHECK(parsed(process)["interpreters"][0]["gil"] ==
          json({{"held", true}, {"holder", 100}, {"waiters", {101}}}));
    process.snapshot().edit().interpreters[0].gil->holder.reset();
    CHECK(parsed(process)["interpreters"][0]["gil"]["holder"] == nullptr);
}

WaitBuilder two_stuck()
{
    WaitBuilder process;
    for (std::size_t i = 0; i < 2; ++i) {
        process.thread(i == 0 ? "A" : "B");
        process.resource(ResourceKind::lock, i == 0 ? "x" : "y");
        process.owner(i, i).evidence = "seen";
    }
    process.waits(0, 1);
    process.waits(1, 0);
    process.waits(process.thread("C"), 0);
    return process;
}

TEST_CASE("a deadlock has its threads in order, what is between them, and who is behind", "[json]")
{
    WaitBuilder process = two_stuck();
    const json deadlocks = parsed(process)["deadlocks"];
    REQUIRE(deadlocks.size() == 1);
    CHECK(deadlocks[0]["kind"] == "lock");
    CHECK(deadlocks[0]["certain"] == true);
    CHECK(deadlocks[0]["threads"] == json({100, 101}));
    CHECK(deadlocks[0]["behind"] == json({102}));
    CHECK(deadlocks[0]["edges"][0] == json({{"waiter", 100},
                                            {"resource", "Lock y"},
                                            {"resource_kind", "lock"},
                                            {"resource_address", "0x7f100100"},
                                            {"holder", 101},
                                            {"evidence", "seen"},
                                            {"certain", true}}));
    CHECK(deadlocks[0]["summary"] ==
          "Deadlock of 2 threads: A holds x and waits for y, held by "
          "B, which waits for x");
}

TEST_CASE("threads that a limit left out have no tid in a deadlock", "[json]")
{
    WaitBuilder process = two_stuck();
    Report report = process.snapshot().report();
    report.snapshot.threads.resize(1);
    CHECK(parsed(report)["deadlocks"][0]["threads"] == json({100, nullptr}));
}

TEST_CASE("many possible owners are counted", "[json]")
{
    WaitBuilder process;
    const std::size_t event = process.resource(ResourceKind::event);
    for (int i = 0; i < 30; ++i) {
        process.owner(event, process.thread("t"), OwnerEvidence::reference);
    }
    process.waits(0, event);
    const json thread = parsed(process)["threads"][0];
    CHECK(thread["waiting_for"]["owners"].size() == 20);
    CHECK(thread["waiting_for"]["owners_omitted"] == 10);
    // Who refers to an event does not hold it.
    CHECK(thread["holds"] == json::array());
}

}  // namespace
}  // namespace pycore
