#include <algorithm>

#include "python/scan_runtime.hpp"
#include "support/python_heap.hpp"

namespace pycore::test {
namespace {

constexpr std::uint64_t unit_bytes = 2;
constexpr std::uint64_t frame_slots = 8;

/// A location table without columns: each unit is one line after the one before it.
std::string line_per_unit(std::int64_t units)
{
    std::string table;
    for (std::int64_t unit = 0; unit < units; ++unit) {
        table.push_back(static_cast<char>(0x80 | (13 << 3)));
        table.push_back(static_cast<char>(unit == 0 ? 0 : 2));  // a signed number, doubled
    }
    return table;
}

std::uint64_t hex_of(const PythonVersion& version)
{
    return std::uint64_t{version.major} << 24 | std::uint64_t{version.minor} << 16 |
           std::uint64_t{version.micro} << 8 | std::uint64_t{version.level} << 4 | version.serial;
}

bool has_debug_offsets(const Layout& layout)
{
    const auto sets = all_layout_sets();
    return std::ranges::any_of(sets, [&](const LayoutSet* set) {
        return set->refine != nullptr && set->layouts.front().since.minor == layout.since.minor;
    });
}

}  // namespace

Address PythonHeap::code(const CodeShape& shape)
{
    const CodeLayout& code = layout_.code;
    const std::string table =
        shape.line_table.empty() ? line_per_unit(shape.units) : shape.line_table;
    const auto code_bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(shape.units, 0));
    const Address at = object(0, code.size + code_bytes * unit_bytes);
    set(at, code.units, shape.units);
    set(at, code.first_line, shape.first_line);
    set(at, code.first_traceable, shape.first_traceable);
    set(at, code.name, text(shape.name));
    set(at, code.qualified_name, text(shape.qualified_name));
    set(at, code.file, text(shape.file));
    set(at, code.line_table, bytes(table));
    return at;
}

Address PythonHeap::frame(const FrameShape& shape)
{
    const FrameLayout& frame = layout_.frame;
    const Address at = shape.at ? shape.at : allocate(frame.size + frame_slots * 8);
    const std::uint64_t first = shape.code.value + layout_.code.bytecode.offset;
    set(at, frame.code, shape.code);
    set(at, frame.previous, shape.previous);
    set(at, frame.instruction,
        Address{first + static_cast<std::uint64_t>(shape.unit) * unit_bytes});
    set(at, frame.owner, shape.owner);
    return at;
}

bool PythonHeap::has_shims() const
{
    return layout_.frame.first_shim_owner != FrameLayout{}.first_shim_owner;
}

Address PythonHeap::shim(Address previous, Address at)
{
    return frame({.previous = previous, .owner = layout_.frame.first_shim_owner, .at = at});
}

Address PythonHeap::cframe(Address frame, Address previous, Address at)
{
    const Address cframe = at ? at : allocate(layout_.cframe.size);
    set(cframe, layout_.cframe.current_frame, frame);
    set(cframe, layout_.cframe.previous, previous);
    return cframe;
}

Address PythonHeap::runtime()
{
    const Address at = allocate(layout_.runtime.size);
    if (has_debug_offsets(layout_)) {
        memory_.write(at, debug_offsets_cookie);
        memory_.write(Address{at.value + 8}, hex_of(layout_.since));
    }
    return at;
}

Address PythonHeap::interpreter(Address runtime, std::int64_t id)
{
    const RuntimeLayout& list = layout_.runtime;
    const bool embedded = id == 0 && !has_debug_offsets(layout_);
    const Address at = embedded ? Address{runtime.value + list.size - layout_.interpreter.size}
                                : allocate(layout_.interpreter.size);
    const auto head = memory_.read<Address>(Address{runtime.value + list.interpreters_head.offset},
                                            "interpreters");
    set(at, layout_.interpreter.next, head.value());
    set(at, layout_.interpreter.id, id);
    set(at, layout_.interpreter.runtime, runtime);
    set(runtime, list.interpreters_head, at);
    if (id == 0) {
        set(runtime, list.interpreters_main, at);
    }
    return at;
}

Address PythonHeap::thread_state(Address interpreter, const ThreadShape& shape)
{
    const ThreadLayout& thread = layout_.thread;
    const Field<Address> list = layout_.interpreter.threads_head;
    const Address at = allocate(thread.size);
    const auto head = memory_.read<Address>(Address{interpreter.value + list.offset}, "threads");
    set(at, thread.next, head.value());
    set(at, thread.interpreter, interpreter);
    set(at, thread.thread_id, shape.thread_id);
    set(at, thread.native_thread_id, shape.native_thread_id);
    if (has_cframes()) {
        const Address root{at.value + thread.root_cframe.offset};
        set(at, thread.cframe, shape.cframe ? shape.cframe : cframe(shape.frame, root));
    } else {
        set(at, thread.current_frame, shape.frame);
    }
    set(interpreter, list, at);
    return at;
}

}  // namespace pycore::test
