#include <sstream>

#include "format.hpp"
#include "support/catch.hpp"
#include "support/snapshot_builder.hpp"

namespace pycore {
namespace {

using test::code;
using test::frame;
using test::native_call;
using test::SnapshotBuilder;

std::string shown(const SnapshotBuilder& builder, const Presentation& how)
{
    std::ostringstream out;
    find_format("text")->write(builder.report(), out, how);
    return out.str();
}

SnapshotBuilder four_threads()
{
    SnapshotBuilder builder;
    builder.thread(1, "MainThread", {frame(code("app.py", "work"), 12)}).segfault_at_null();
    for (const std::int32_t tid : {2, 3}) {
        builder.thread(tid, "pool", {frame(code("pool.py", "wait"), 7)});
    }
    builder.thread(4, "", {});
    for (Thread& thread : builder.edit().threads) {
        thread.activity = Activity::sleeping;
        thread.stack.insert(thread.stack.begin(), native_call("poll"));
    }
    builder.edit().threads[3].python_name.reset();
    return builder;
}

TEST_CASE("threads are listed a line each, those that do the same together", "[text]")
{
    const std::string text = shown(four_threads(), Presentation{.thread_list = true});
    CHECK_THAT(text, test::contains("\n4 threads:\n"
                                    "  1 \"MainThread\"  crashed, sleeping; at work (app.py:12)\n"
                                    "  2 \"pool\"  sleeping; at wait (pool.py:7)  [and 1 more "
                                    "thread like this]\n"
                                    "  4  sleeping; at poll\n"));
    CHECK(text.find("most recent call first") == std::string::npos);
}

TEST_CASE("of the threads that were asked for all is shown, and nothing of others", "[text]")
{
    const std::string text = shown(four_threads(), Presentation{.threads = {3, 4}});
    CHECK(text.find("SIGSEGV: ") == 0);
    CHECK_THAT(text, test::contains("\nThread 3 \"pool\" (most recent call first):\n"));
    CHECK_THAT(text, test::contains("\nThread 4"));
    CHECK(text.find("Crashed thread") == std::string::npos);
    CHECK(text.find("Thread 2") == std::string::npos);
}

}  // namespace
}  // namespace pycore
