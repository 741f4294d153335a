#include "exchange/core_stacktrace.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "exchange/python_place.hpp"
#include "pycore/report.hpp"

namespace pycore::exchange {
namespace {

// Of satyr: CORE_STACKTRACE_FRAME_LIMIT.
constexpr std::size_t most_frames = 256;
// ABRT reads no element of more than 8 MiB.
constexpr std::size_t most_bytes = 4 << 20;
constexpr std::size_t bytes_of_a_frame = 200;  // its keys, numbers and blanks
// Columns of FAF's database: symbols.name (of its older versions), symbolsources.path, .build_id.
constexpr std::size_t longest_name = 1024;
constexpr std::size_t longest_path = 512;
constexpr std::size_t longest_build_id = 64;
// FAF's own name for the file of code that is in none.
constexpr std::string_view unknown_file = "unknown filename";

bool is_build_id(std::string_view id)
{
    return !id.empty() && id.size() <= longest_build_id &&
           id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string path_of(std::string_view path)
{
    return path.empty() ? std::string(unknown_file) : text(path, longest_path);
}

// As libdwfl gives it to satyr: the address as the stack has it, and its distance from where the
// module starts; of code in no module both are the address.
Json native_place(const Snapshot& snapshot, Address address, std::optional<std::size_t> module)
{
    Json frame;
    frame["address"] = address.value;
    if (!module || *module >= snapshot.modules.size()) {
        frame["build_id_offset"] = address.value;
        frame["file_name"] = unknown_file;
        return frame;
    }
    const ModuleDescription& in = snapshot.modules[*module];
    if (in.build_id && is_build_id(*in.build_id)) {
        frame["build_id"] = *in.build_id;
    }
    frame["build_id_offset"] = address.value - std::min(address, in.range.low()).value;
    frame["file_name"] = path_of(in.path);
    return frame;
}

Json native_frame(const Snapshot& snapshot, const NativeCall& call)
{
    const NativePlace& place = *call.place;
    Json frame = native_place(snapshot, call.address, place.module);
    const std::string& name = place.function.empty() ? place.symbol : place.function;
    if (!name.empty()) {
        frame["function_name"] = text(name, longest_name);
    }
    return frame;
}

Json python_frame(const PythonFrame& python)
{
    Json frame;
    frame["address"] = 0;
    frame["build_id_offset"] = std::max(python.position.line.value_or(0), 0);
    frame["function_name"] = text("py:" + full_name(*python.code), longest_name);
    frame["file_name"] = path_of(python.code->file);
    return frame;
}

// satyr has physical frames only; FAF adds the inlined ones itself.
bool is_physical(const StackFrame& frame)
{
    const auto* native = std::get_if<NativeCall>(&frame);
    return native == nullptr || !native->inlined;
}

Json frame_of(const Snapshot& snapshot, const StackFrame& frame)
{
    if (const auto* native = std::get_if<NativeCall>(&frame)) {
        return native_frame(snapshot, *native);
    }
    return python_frame(std::get<PythonFrame>(frame));
}

std::size_t size_of(const Json& frame)
{
    const auto name = frame.find("function_name");
    const std::size_t named = name == frame.end() ? 0 : name->get_ref<const std::string&>().size();
    return bytes_of_a_frame + named + frame["file_name"].get_ref<const std::string&>().size();
}

class Builder {
public:
    explicit Builder(const Snapshot& snapshot) : snapshot_(snapshot) {}

    void add(const Thread& thread, bool crash_thread)
    {
        Json frames = frames_of(thread);
        if (frames.empty() && (crash_thread || thread.registers)) {
            frames.push_back(frame_of_registers(thread));
        }
        if (frames.empty() || (bytes_left_ == 0 && !crash_thread)) {
            ++made_.threads_left_out;
            return;
        }
        Json made;
        if (crash_thread) {
            made["crash_thread"] = true;
        }
        made["frames"] = std::move(frames);
        made_.threads.push_back(std::move(made));
    }

    CoreStacktrace made_;

private:
    Json frames_of(const Thread& thread)
    {
        Json frames = Json::array();
        for (const StackFrame& frame : thread.stack) {
            if (!is_physical(frame)) {
                continue;
            }
            if (frames.size() == most_frames || bytes_left_ == 0) {
                ++made_.frames_left_out;
                continue;
            }
            Json made = frame_of(snapshot_, frame);
            bytes_left_ -= std::min(bytes_left_, size_of(made));
            frames.push_back(std::move(made));
        }
        if (thread.omitted) {
            made_.frames_left_out += thread.omitted->count;
        }
        return frames;
    }

    Json frame_of_registers(const Thread& thread) const
    {
        const Address pc = thread.registers ? thread.registers->pc : Address{};
        const auto in = std::ranges::find_if(
            snapshot_.modules, [pc](const auto& module) { return module.range.contains(pc); });
        return native_place(
            snapshot_, pc,
            in == snapshot_.modules.end()
                ? std::nullopt
                : std::optional(static_cast<std::size_t>(in - snapshot_.modules.begin())));
    }

    const Snapshot& snapshot_;
    std::size_t bytes_left_ = most_bytes;
};

}  // namespace

CoreStacktrace core_stacktrace(const Snapshot& snapshot)
{
    const std::vector<Thread>& threads = snapshot.threads;
    const Thread* first = first_thread(threads);
    if (first == nullptr && !threads.empty()) {
        first = &threads.front();
    }
    Builder builder(snapshot);
    if (first != nullptr) {
        builder.add(*first, true);
    }
    for (const Thread& thread : threads) {
        if (&thread != first) {
            builder.add(thread, false);
        }
    }
    builder.made_.none_crashed = first == nullptr || !first->crashed;
    return std::move(builder.made_);
}

std::uint16_t signal_number(const Snapshot& snapshot)
{
    const std::int32_t number = snapshot.crash ? snapshot.crash->signal.number : 0;
    return static_cast<std::uint16_t>(std::clamp(number, 0, 0xFFFF));
}

std::string executable(const Snapshot& snapshot)
{
    const ProcessDescription& process = snapshot.process;
    const std::string name = process.executable.value_or(process.command.value_or(""));
    return text(name, longest_path);
}

Json remarks(const CoreStacktrace& stacktrace)
{
    Json made;
    made["version"] = library_version();
    if (stacktrace.none_crashed) {
        made["crash_thread"] = "no thread crashed: this is the first that runs Python";
    }
    if (stacktrace.threads_left_out != 0) {
        made["threads_left_out"] = stacktrace.threads_left_out;
    }
    if (stacktrace.frames_left_out != 0) {
        made["frames_left_out"] = stacktrace.frames_left_out;
    }
    return made;
}

}  // namespace pycore::exchange
