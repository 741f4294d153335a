#include "collector/nesting.hpp"

#include <memory>
#include <utility>

namespace pycore {
namespace {

// Of the object of a thread's exception: the report, its threads, one of them, the exception.
constexpr std::size_t level_of_exception = 4;
// In an exception, its traceback and an entry of that.
constexpr std::size_t levels_within = 2;

void limit_exception(Exception& exception, std::size_t level);

void limit_link(std::shared_ptr<const Exception>& link, std::size_t level, bool& complete)
{
    if (!link) {
        return;
    }
    if (level + levels_within > max_json_nesting) {
        link = nullptr;
        complete = false;
        return;
    }
    auto copy = std::make_shared<Exception>(*link);
    limit_exception(*copy, level);
    link = std::move(copy);
}

// Recursion ends: each is a level deeper.
void limit_exception(Exception& exception, std::size_t level)
{
    limit_link(exception.cause, level + 1, exception.complete);
    limit_link(exception.context, level + 1, exception.complete);
    const std::size_t level_of_member = level + 2;
    if (!exception.exceptions.empty() && level_of_member + levels_within > max_json_nesting) {
        exception.exceptions.clear();
        exception.complete = false;
    }
    for (Exception& member : exception.exceptions) {
        limit_exception(member, level_of_member);
    }
}

}  // namespace

void limit_nesting(Report& report)
{
    for (Thread& thread : report.snapshot.threads) {
        if (thread.exception) {
            limit_exception(*thread.exception, level_of_exception);
        }
        for (Exception& exception : thread.handled) {
            limit_exception(exception, level_of_exception + 1);
        }
    }
}

}  // namespace pycore
