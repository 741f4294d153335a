#include "text/text_report.hpp"
#include "view/stack_view.hpp"

namespace pycore {
namespace {

void write_item(StyledText& out,
                const Snapshot& snapshot,
                const StackItem& item,
                const StackStyle& style)
{
    using Kind = StackItem::Kind;
    if (item.kind == Kind::frame) {
        write_frame(out, snapshot, *item.frame, style.underline);
        const auto* const python = std::get_if<PythonFrame>(item.frame);
        if (style.variables && python != nullptr && python->variables) {
            write_variables(out, *python->variables);
        }
        return;
    }
    const Style looks = item.kind == Kind::interpreter ? Style::faint
                        : item.kind == Kind::repeat    ? Style::plain
                                                       : Style::warning;
    out.plain("  ").styled(looks, "[" + words_of(item) + "]").plain("\n");
}

}  // namespace

void write_stack(StyledText& out,
                 const Snapshot& snapshot,
                 const Thread& thread,
                 const StackStyle& style)
{
    if (thread.stack.empty() && !thread.omitted) {
        out.plain("  <no frame>\n");
    }
    for (const StackItem& item : stack_items(thread, style.folder)) {
        write_item(out, snapshot, item, style);
    }
}

}  // namespace pycore
