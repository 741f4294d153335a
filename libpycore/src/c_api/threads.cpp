#include "c_api/handles.hpp"
#include "report/wait_names.hpp"

using namespace pycore;
using namespace pycore::c_api;

size_t pycore_thread_count(const pycore_report* report) noexcept
{
    return report == nullptr ? 0 : report->threads.size();
}

const pycore_thread* pycore_thread_at(const pycore_report* report, size_t index) noexcept
{
    return report == nullptr ? nullptr : item_at(report->threads, index);
}

int64_t pycore_thread_tid(const pycore_thread* thread) noexcept
{
    return thread == nullptr ? -1 : thread->data->tid.value_or(-1);
}

const char* pycore_thread_name(const pycore_thread* thread) noexcept
{
    if (thread == nullptr) {
        return nullptr;
    }
    return text_of(thread->data->python_name ? thread->data->python_name : thread->data->name);
}

int pycore_thread_crashed(const pycore_thread* thread) noexcept
{
    return thread != nullptr && thread->data->crashed ? 1 : 0;
}

int pycore_thread_is_python(const pycore_thread* thread) noexcept
{
    return thread != nullptr && thread->data->python_thread_id ? 1 : 0;
}

const char* pycore_thread_state(const pycore_thread* thread) noexcept
{
    return thread == nullptr ? nullptr : text_of(thread->state);
}

const char* pycore_thread_gil(const pycore_thread* thread) noexcept
{
    return thread != nullptr && thread->data->gil ? text_of(name_of(*thread->data->gil)) : nullptr;
}

const char* pycore_thread_waiting_for(const pycore_thread* thread) noexcept
{
    if (thread == nullptr || !thread->data->wait) {
        return nullptr;
    }
    const Resource* const resource =
        item_at(thread->snapshot->resources, thread->data->wait->resource);
    return resource == nullptr ? nullptr : text_of(resource->description);
}

int pycore_thread_complete(const pycore_thread* thread) noexcept
{
    return thread != nullptr && thread->data->stack_complete ? 1 : 0;
}

size_t pycore_frame_count(const pycore_thread* thread) noexcept
{
    return thread == nullptr ? 0 : thread->data->stack.size();
}

const pycore_frame* pycore_frame_at(const pycore_thread* thread, size_t index) noexcept
{
    const StackFrame* const frame =
        thread == nullptr ? nullptr : item_at(thread->data->stack, index);
    return reinterpret_cast<const pycore_frame*>(frame);
}

const pycore_exception* pycore_thread_exception(const pycore_thread* thread) noexcept
{
    return thread != nullptr && thread->data->exception ? handle_of(&*thread->data->exception)
                                                        : nullptr;
}
