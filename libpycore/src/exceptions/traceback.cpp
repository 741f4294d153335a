#include "exceptions/traceback.hpp"

#include "base/cycle_guard.hpp"
#include "base/try.hpp"
#include "objects/object.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_remembered = 4096;
// Numbers, keys and quotes of one entry in a report.
constexpr std::size_t entry_bytes = 220;

struct Link {
    Address frame;
    std::int32_t last_instruction = -1;
    std::int32_t line = -1;
};

Result<Address> read_link(const ExceptionSource& source, Address at, Link& link)
{
    const TracebackLayout& layout = source.layout.traceback;
    PYCORE_TRY(link.frame, read_field(source.memory, at, layout.frame, "traceback"));
    PYCORE_TRY(link.last_instruction,
               read_field(source.memory, at, layout.last_instruction, "traceback"));
    PYCORE_TRY(link.line, read_field(source.memory, at, layout.line, "traceback"));
    return read_field(source.memory, at, layout.next, "traceback");
}

/// The entries as they are chained; false when that broke off.
bool walk_links(ExceptionSource& source, Address first, std::vector<Link>& links)
{
    CycleGuard guard(most_remembered);
    const auto type = read_type(source.memory, source.layout, first);
    for (Address at = first; at;) {
        const bool same_type =
            type && read_type(source.memory, source.layout, at).value_or(Address{}) == *type;
        if (!same_type || source.budget.traceback_entries == 0 || source.budget.deadline.passed() ||
            !guard.first_visit(at)) {
            return false;
        }
        --source.budget.traceback_entries;
        Link link;
        const auto next = read_link(source, at, link);
        if (!next) {
            return false;
        }
        links.push_back(link);
        at = *next;
    }
    return true;
}

Result<Address> read_code(const ExceptionSource& source, Address frame_object)
{
    PYCORE_TRY(const Address frame, read_field(source.memory, frame_object,
                                               source.layout.frame_object.frame, "frame object"));
    PYCORE_TRY(const Address code,
               read_field(source.memory, frame, source.layout.frame.code, "frame"));
    return Address{code.value & ~source.layout.frame.tag_mask};
}

/// What the traceback module prints: the code's own line first, whatever `tb_lineno` says.
SourcePosition position_of(ExceptionSource& source, CodeObject& code, const Link& link)
{
    SourcePosition position;
    if (code.units != 0 && link.last_instruction >= 0) {
        position = source.codes.position(code, link.last_instruction / 2);
    }
    if (!position.line && link.line >= 0) {
        position.line = link.line;
    }
    return position;
}

TracebackEntry describe(ExceptionSource& source, const Link& link)
{
    static const auto nothing = std::make_shared<const PythonCode>();
    const auto at = read_code(source, link.frame);
    if (!at) {
        return {.code = nothing, .position = {.line = link.line}, .source = nullptr};
    }
    CodeObject& code = source.codes.find(*at);
    return {
        .code = code.description, .position = position_of(source, code, link), .source = nullptr};
}

std::size_t size_of(const TracebackEntry& entry)
{
    return entry_bytes + entry.code->file.size() + entry.code->name.size() +
           entry.code->qualified_name.size();
}

}  // namespace

bool pay_text(Budget& budget, std::size_t size)
{
    if (size > budget.exception_bytes) {
        budget.exception_bytes = 0;
        return false;
    }
    budget.exception_bytes -= size;
    return true;
}

Traceback read_traceback(ExceptionSource& source, Address first)
{
    Traceback traceback;
    std::vector<Link> links;
    traceback.complete = walk_links(source, first, links);
    const std::size_t most = source.limits.max_frames;
    if (links.size() > most) {
        const auto cut = links.begin() + static_cast<std::ptrdiff_t>(most / 2);
        links.erase(cut, cut + static_cast<std::ptrdiff_t>(links.size() - most));
        traceback.complete = false;
    }
    for (const Link& link : links) {
        TracebackEntry entry = describe(source, link);
        if (!pay_text(source.budget, size_of(entry)) || source.budget.deadline.passed()) {
            traceback.complete = false;
            break;
        }
        traceback.entries.push_back(std::move(entry));
    }
    return traceback;
}

}  // namespace pycore
