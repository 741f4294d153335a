#include "pycore/signal.hpp"
#include "report/json_parts.hpp"

namespace pycore {
namespace {

using Shape = JsonWriter::Shape;

void write_signal(JsonWriter& out, const SignalInfo& signal)
{
    out.open_object(Shape::line);
    out.member("number", signal.number);
    out.member("name", signal_name(signal.number));
    out.member("code", signal.code);
    out.key("code_name");
    if (const auto name = signal_code_name(signal.number, signal.code); name.empty()) {
        out.null();
    } else {
        out.text(name);
    }
    out.member("sender_pid", signal.sender_pid);
    out.member("sender_uid", signal.sender_uid);
    out.close_object();
}

void write_text_or_null(JsonWriter& out, std::string_view key, const std::string& text)
{
    out.key(key);
    if (text.empty()) {
        out.null();
    } else {
        out.text(text);
    }
}

std::string_view name_of(MemoryAccess::Kind kind) noexcept
{
    switch (kind) {
    case MemoryAccess::Kind::read: return "read";
    case MemoryAccess::Kind::write: return "write";
    case MemoryAccess::Kind::read_write: return "read_write";
    case MemoryAccess::Kind::execute: break;
    }
    return "execute";
}

void write_access(JsonWriter& out, const MemoryAccess& access)
{
    out.key("access");
    out.open_object(Shape::line);
    out.member("kind", name_of(access.kind));
    out.member("address", access.address);
    write_text_or_null(out, "base", access.base);
    write_text_or_null(out, "index", access.index);
    out.member("displacement", access.displacement);
    out.key("size");
    if (access.size == 0) {
        out.null();
    } else {
        out.number(access.size);
    }
    out.close_object();
}

// "r-x", as in /proc/PID/maps.
std::string permissions_of(const MappedRegion& region)
{
    return std::string(region.readable ? "r" : "-") + (region.writable ? "w" : "-") +
           (region.executable ? "x" : "-");
}

void write_region(JsonWriter& out, const MappedRegion& region)
{
    out.open_object(Shape::line);
    out.member("start", region.range.low());
    out.member("end", region.range.high());
    write_text_or_null(out, "permissions",
                       region.permissions_known ? permissions_of(region) : std::string());
    write_text_or_null(out, "file", region.file);
    out.member("stack_of", region.stack_of);
    out.close_object();
}

void write_target(JsonWriter& out, const AddressTarget& target)
{
    out.open_object(Shape::line);
    out.key("region");
    if (target.region) {
        write_region(out, *target.region);
    } else {
        out.null();
    }
    write_text_or_null(out, "symbol", target.symbol);
    out.key("symbol_offset");
    if (target.symbol.empty()) {
        out.null();
    } else {
        out.address(target.symbol_offset);
    }
    write_text_or_null(out, "python_type", target.python_type);
    out.close_object();
}

void write_targets(JsonWriter& out, const std::vector<RegisterTarget>& targets)
{
    out.key("register_targets");
    out.open_object(Shape::block);
    for (const RegisterTarget& target : targets) {
        out.key(target.name);
        write_target(out, target.target);
    }
    out.close_object();
}

void write_last_words(JsonWriter& out, const Crash& crash)
{
    out.member("abort_message", crash.abort_message);
    if (crash.fatal_error) {
        out.key("fatal_error");
        out.open_object(Shape::line);
        write_text_or_null(out, "function", crash.fatal_error->function);
        write_text_or_null(out, "message", crash.fatal_error->message);
        out.close_object();
    }
    if (crash.exception) {
        out.key("native_exception");
        out.open_object(Shape::line);
        write_text_or_null(out, "type", crash.exception->type);
        write_text_or_null(out, "message", crash.exception->message);
        out.close_object();
    }
}

void write_memory(JsonWriter& out, const Crash& crash, Machine machine)
{
    if (crash.access) {
        write_access(out, *crash.access);
    }
    if (crash.fault_target) {
        out.key("fault_target");
        write_target(out, *crash.fault_target);
    }
    if (crash.registers) {
        write_registers(out, *crash.registers, machine);
        write_targets(out, crash.targets);
    }
}

}  // namespace

void write_crash(JsonWriter& out,
                 const Snapshot& snapshot,
                 const std::optional<Diagnosis>& diagnosis)
{
    out.key("crash");
    if (!snapshot.crash) {
        out.null();
        return;
    }
    const Crash& crash = *snapshot.crash;
    out.open_object(Shape::block);
    if (diagnosis) {
        out.member("kind", pycore::name_of(diagnosis->kind));
        out.member("summary", diagnosis->summary);
    }
    out.key("signal");
    write_signal(out, crash.signal);
    out.member("fault_address", crash.signal.fault_address);
    out.member("thread", crash.thread);
    if (crash.raised_again) {
        out.key("raised_again");
        write_signal(out, *crash.raised_again);
    }
    write_last_words(out, crash);
    write_memory(out, crash, snapshot.core.machine);
    out.close_object();
}

}  // namespace pycore
