#include "html/stack.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "html/source_line.hpp"
#include "view/frame_words.hpp"
#include "view/stack_view.hpp"
#include "view/words.hpp"

namespace pycore::html {
namespace {

using Kind = StackItem::Kind;
using Items = std::vector<StackItem>;

// Frames of the interpreter in one fold: recursion there is not folded any further.
constexpr std::size_t most_folded = 100;
// Where a stack begins is shown even if there is no room for all of it.
constexpr std::size_t fewest_outer = 4;

void write_python(Page& page, const PythonFrame& frame, bool open)
{
    const PythonWords words = python_words(frame);
    page.markup("<li class=\"py\"><span class=\"kind\">Python</span><div><b>").text(words.name);
    page.markup("</b> <span class=\"at\">").text(words.file).markup(":").text(words.line);
    page.markup("</span>");
    if (!frame.placed) {
        page.markup(" <span class=\"doubt\">[about here]</span>");
    }
    if (frame.source) {
        write_source(page, *frame.source, frame.position);
    }
    if (frame.variables) {
        write_variables(page, *frame.variables, open);
    }
    page.markup("</div></li>\n");
}

void write_native(Page& page, const Snapshot& snapshot, const NativeCall& call)
{
    page.markup("<li class=\"nat\"><span class=\"kind\">C</span><div>");
    if (call.signal_frame) {
        page.markup("<span class=\"at\">").text(signal_frame_text).markup("</span></div></li>\n");
        return;
    }
    const NativeWords words = native_words(snapshot, call);
    page.markup("<b>").text(words.name).markup("</b>");
    if (!words.source.empty() || !words.module.empty()) {
        page.markup(" <span class=\"at\">").text(words.source);
        page.markup(words.source.empty() || words.module.empty() ? "" : " ");
        page.markup(words.module.empty() ? "" : "in ").text(words.module);
        page.markup("</span>");
    }
    if (!words.doubt.empty()) {
        page.markup(" <span class=\"doubt\">[").markup(words.doubt).markup("]</span>");
    }
    page.markup("</div></li>\n");
}

void write_frame(Page& page, const Snapshot& snapshot, const StackFrame& frame, bool open)
{
    if (const auto* const call = std::get_if<NativeCall>(&frame)) {
        write_native(page, snapshot, *call);
    } else {
        write_python(page, std::get<PythonFrame>(frame), open);
    }
}

/// Where a thread crashed, its innermost Python frame: the one whose variables are looked at first.
const StackFrame* innermost(const Thread& thread)
{
    const auto frame = std::ranges::find_if(
        thread.stack, [](const StackFrame& of) { return std::holds_alternative<PythonFrame>(of); });
    return !thread.crashed || frame == thread.stack.end() ? nullptr : &*frame;
}

struct Stack {
    const View& view;
    const Thread& thread;
    const Items items;
    const StackFrame* const innermost;  ///< frame of Python, where the thread crashed; or null
};

/// The frames of the interpreter that an item stands for lie next to a frame that is shown.
const StackFrame* folded_frames(const Stack& stack, std::size_t at)
{
    const Items& items = stack.items;
    const StackFrame* const begin = stack.thread.stack.data();
    const StackFrame* const end = begin + stack.thread.stack.size();
    const auto count = static_cast<std::ptrdiff_t>(items[at].count);
    if (at + 1 < items.size() && items[at + 1].kind == Kind::frame) {
        const StackFrame* const next = items[at + 1].frame;
        return next - begin >= count ? next - count : nullptr;
    }
    if (at > 0 && items[at - 1].kind == Kind::frame) {
        const StackFrame* const first = items[at - 1].frame + 1;
        return end - first >= count ? first : nullptr;
    }
    return nullptr;
}

void write_folded(Page& page, const Stack& stack, std::size_t at)
{
    const StackItem& item = stack.items[at];
    const StackFrame* const first = folded_frames(stack, at);
    if (first == nullptr || item.count > most_folded) {
        page.markup(words_of(item));
        return;
    }
    page.markup("<details><summary>").markup(words_of(item)).markup("</summary>\n");
    page.markup("<ol class=\"stack\">\n");
    for (std::size_t i = 0; i < item.count && (i == 0 || !page.full()); ++i) {
        write_frame(page, stack.view.snapshot(), first[i], false);
    }
    page.markup("</ol></details>");
}

void write_item(Page& page, const Stack& stack, std::size_t at)
{
    const StackItem& item = stack.items[at];
    if (item.kind == Kind::frame) {
        write_frame(page, stack.view.snapshot(), *item.frame, item.frame == stack.innermost);
        return;
    }
    page.markup("<li><div class=\"rest\">");
    if (item.kind == Kind::interpreter) {
        write_folded(page, stack, at);
    } else {
        page.markup("[").markup(words_of(item)).markup("]");
    }
    page.markup("</div></li>\n");
}

/// Those from `at` up to `end`, as long as there is room; where it ended.
std::size_t write_items(Page& page, const Stack& stack, std::size_t at, std::size_t end)
{
    for (; at < end && !page.full(); ++at) {
        write_item(page, stack, at);
    }
    return at;
}

void write_left_out(Page& page, std::size_t count)
{
    if (count == 0) {
        return;
    }
    page.markup("<li><div class=\"rest\">[").markup(counted(count, "more line"));
    page.markup(" of this stack left out of this page; the JSON has them]</div></li>\n");
}

}  // namespace

void write_stack(Page& page, const View& view, const Thread& thread, std::size_t most_items)
{
    const Stack stack{.view = view,
                      .thread = thread,
                      .items = stack_items(thread, view.how.all_frames ? nullptr : &view.folder),
                      .innermost = innermost(thread)};
    const std::size_t count = stack.items.size();
    if (count == 0) {
        page.markup("<p class=\"note\">No frame of this thread was found.</p>\n");
        return;
    }
    const std::size_t outer = count > most_items ? most_items / 4 : std::min(count, fewest_outer);
    const std::size_t inner = std::min(count, most_items) - outer;
    page.markup("<ol class=\"stack\">\n");
    std::size_t told = 0;
    {
        const Allowance allowance(page, page.room() - page.room() / 4);
        told = write_items(page, stack, 0, inner);
    }
    write_left_out(page, count - outer - told);
    told = write_items(page, stack, count - outer, count);
    write_left_out(page, count - told);
    page.markup("</ol>\n");
}

}  // namespace pycore::html
