#include "waits/read_waits.hpp"

#include <utility>

#include "waits/describe.hpp"
#include "waits/find_owners.hpp"
#include "waits/loops.hpp"
#include "waits/native_wait.hpp"
#include "waits/object_names.hpp"
#include "waits/python_wait.hpp"
#include "waits/resource_table.hpp"
#include "waits/running_instruction.hpp"

namespace pycore {
namespace {

bool is_running(Activity activity) noexcept
{
    return activity == Activity::running_python || activity == Activity::running_native;
}

class WaitReader {
public:
    explicit WaitReader(const WaitInput& input)
        : input_(input), objects_(input), names_(input, objects_)
    {
    }

    ProcessWaits read()
    {
        gils_ = read_gils(input_);
        native_ = read_native_states(input_, gils_);
        for (std::size_t i = 0; i < input_.threads.size(); ++i) {
            if (native_[i].activity == Activity::unknown) {
                native_[i].activity = find_running_activity(input_, objects_, i);
            }
            waits_.push_back(read_wait(i));
        }
        find_owners(input_, objects_, names_, {.native = native_, .waits = waits_, .gils = gils_},
                    table_);
        return finish();
    }

private:
    std::optional<Wait> read_wait(std::size_t thread)
    {
        const NativeState& native = native_[thread];
        if (auto python = find_python_wait(input_, objects_, native, thread)) {
            return make_wait(*std::move(python), thread);
        }
        if (!native.wait.kind) {
            return std::nullopt;
        }
        return make_wait(native.wait, thread);
    }

    Wait make_wait(PythonWait python, std::size_t thread)
    {
        const NativeWait& native = native_[thread].wait;
        Wait wait{.resource = table_.add(python.kind, python.object, python.thread),
                  .timed = native.timed,
                  .timeout = native.timeout,
                  .certain = python.certain,
                  .evidence = std::move(python.evidence),
                  .idle = python.idle};
        Resource& resource = table_.at(wait.resource);
        if (python.object && resource.name.empty()) {
            resource.name = names_.find(python.object, python.interpreter, thread, python.frame);
        }
        if (PythonObjects* const objects = objects_.find(python.interpreter)) {
            resource.type = objects->type_name(python.object);
        }
        if (python.frame) {
            wait.where = describe_frame(input_.threads[thread].stack[*python.frame]);
        }
        return wait;
    }

    Wait make_wait(const NativeWait& native, std::size_t thread)
    {
        const bool is_gil = native.interpreter && gils_[*native.interpreter];
        const Address object = native.object   ? native.object
                               : native.parked ? native.parked
                                               : native.word;
        const Address address = is_gil ? gils_[*native.interpreter]->address : object;
        return Wait{.resource = table_.add(*native.kind, address, native.joined),
                    .where = find_place(thread, native),
                    .timed = native.timed,
                    .timeout = native.timeout,
                    .certain = native.certain};
    }

    /// The innermost Python frame, else the C function.
    std::string find_place(std::size_t thread, const NativeWait& native) const
    {
        for (const StackFrame& frame : input_.threads[thread].stack) {
            if (std::holds_alternative<PythonFrame>(frame)) {
                return describe_frame(frame);
            }
        }
        return native.function;
    }

    ProcessWaits finish()
    {
        ProcessWaits waits;
        for (std::size_t i = 0; i < native_.size(); ++i) {
            waits.threads.push_back(ThreadWait{.activity = native_[i].activity,
                                               .system_call = std::move(native_[i].system_call),
                                               .gil = native_[i].gil,
                                               .wait = std::move(waits_[i])});
            if (is_running(native_[i].activity)) {
                waits.threads.back().loop = find_running_loop(input_, objects_, i);
            }
        }
        waits.resources = table_.take();
        for (Resource& resource : waits.resources) {
            resource.description = describe_resource(resource, input_.threads);
        }
        waits.gils = std::move(gils_);
        return waits;
    }

    const WaitInput& input_;
    InterpreterObjects objects_;
    ObjectNames names_;
    ResourceTable table_;
    std::vector<std::optional<Gil>> gils_;
    std::vector<NativeState> native_;
    std::vector<std::optional<Wait>> waits_;
};

}  // namespace

ProcessWaits read_waits(const WaitInput& input)
{
    return WaitReader(input).read();
}

}  // namespace pycore
