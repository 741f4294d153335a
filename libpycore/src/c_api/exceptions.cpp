#include "c_api/handles.hpp"

namespace pycore::c_api {
namespace {

const TracebackEntry* entry_at(const pycore_exception* exception, std::size_t index) noexcept
{
    return exception == nullptr ? nullptr : item_at(exception_of(exception)->traceback, index);
}

}  // namespace
}  // namespace pycore::c_api

using namespace pycore;
using namespace pycore::c_api;

const char* pycore_exception_type(const pycore_exception* exception) noexcept
{
    return exception == nullptr ? nullptr : text_of(exception_of(exception)->type);
}

const char* pycore_exception_message(const pycore_exception* exception) noexcept
{
    return exception == nullptr ? nullptr : exception_of(exception)->message.c_str();
}

const pycore_exception* pycore_exception_cause(const pycore_exception* exception) noexcept
{
    return exception == nullptr ? nullptr : handle_of(exception_of(exception)->cause.get());
}

const pycore_exception* pycore_exception_context(const pycore_exception* exception) noexcept
{
    return exception == nullptr ? nullptr : handle_of(exception_of(exception)->context.get());
}

size_t pycore_exception_member_count(const pycore_exception* exception) noexcept
{
    return exception == nullptr ? 0 : exception_of(exception)->exceptions.size();
}

const pycore_exception* pycore_exception_member_at(const pycore_exception* exception,
                                                   size_t index) noexcept
{
    return exception == nullptr ? nullptr
                                : handle_of(item_at(exception_of(exception)->exceptions, index));
}

size_t pycore_traceback_count(const pycore_exception* exception) noexcept
{
    return exception == nullptr ? 0 : exception_of(exception)->traceback.size();
}

const char* pycore_traceback_function(const pycore_exception* exception, size_t index) noexcept
{
    const TracebackEntry* const entry = entry_at(exception, index);
    if (entry == nullptr) {
        return nullptr;
    }
    return text_of(entry->code->qualified_name.empty() ? entry->code->name
                                                       : entry->code->qualified_name);
}

const char* pycore_traceback_file(const pycore_exception* exception, size_t index) noexcept
{
    const TracebackEntry* const entry = entry_at(exception, index);
    return entry == nullptr ? nullptr : text_of(entry->code->file);
}

uint32_t pycore_traceback_line(const pycore_exception* exception, size_t index) noexcept
{
    const TracebackEntry* const entry = entry_at(exception, index);
    return entry == nullptr ? 0 : static_cast<uint32_t>(entry->position.line.value_or(0));
}
