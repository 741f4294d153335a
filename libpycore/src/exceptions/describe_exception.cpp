#include "exceptions/describe_exception.hpp"

#include <utility>

#include "exceptions/message.hpp"
#include "exceptions/syntax_message.hpp"
#include "exceptions/traceback.hpp"
#include "objects/dict.hpp"
#include "objects/sequence.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_notes = 100;

class ExceptionDescriber {
public:
    ExceptionDescriber(ExceptionSource& source, ExceptionLinks& links)
        : source_(source), messages_(source), links_(links)
    {
    }

    Exception describe(const RaisedValue& raised, std::optional<Address> traceback);

private:
    void fill_links(Exception& data, Address at);
    void fill_members(Exception& data, Address at);
    void fill_notes(Exception& data, Address dict);
    void add_note(Exception& data, Message note);

    ExceptionSource& source_;
    MessageReader messages_;
    ExceptionLinks& links_;
};

Exception ExceptionDescriber::describe(const RaisedValue& raised, std::optional<Address> traceback)
{
    Exception data;
    data.address = raised.object;
    data.type = display(source_.types.name_of(raised.type));
    Message message = messages_.describe(raised);
    data.message_certain = message.certain;
    data.complete = message.complete;
    if (pay_text(source_.budget, bytes_per_exception + data.type.size() + message.text.size())) {
        data.message = std::move(message.text);
    } else {
        data.complete = false;
    }
    data.syntax = read_syntax_place(source_, raised);
    if (raised.object) {
        fill_links(data, raised.object);
    }
    const auto own = read_field(source_.memory, raised.object, source_.layout.exception.traceback,
                                "exception object");
    Traceback entries = read_traceback(source_, traceback && *traceback ? *traceback
                                                : raised.object         ? own.value_or(Address{})
                                                                        : Address{});
    data.traceback = std::move(entries.entries);
    data.complete = data.complete && entries.complete;
    return data;
}

void ExceptionDescriber::fill_links(Exception& data, Address at)
{
    const ExceptionLayout& layout = source_.layout.exception;
    const auto pointer = [&](Field<Address> field) {
        const auto read = read_field(source_.memory, at, field, "exception object");
        data.complete = data.complete && read;
        return read.value_or(Address{});
    };
    links_.cause = pointer(layout.cause);
    links_.context = pointer(layout.context);
    const auto suppress = read_field(source_.memory, at, layout.suppress_context, "exception");
    data.suppress_context = suppress.value_or(0) != 0;
    fill_notes(data, pointer(layout.dict));
    const auto type = read_type(source_.memory, source_.layout, at);
    if (type && source_.methods.of(*type).family == TextFamily::group) {
        data.is_group = true;
        fill_members(data, at);
    }
}

void ExceptionDescriber::fill_members(Exception& data, Address at)
{
    const auto tuple = read_field(source_.memory, at, source_.layout.exception_group.exceptions,
                                  "exception group");
    auto members = read_tuple(source_.memory, source_.layout, tuple.value_or(Address{}),
                              source_.limits.max_value_items);
    data.complete = data.complete && members && members->items.size() == members->size;
    if (members) {
        links_.members = std::move(members->items);
    }
}

void ExceptionDescriber::fill_notes(Exception& data, Address dict)
{
    const auto notes =
        dict ? find_in_dict(source_.memory, source_.layout, dict, "__notes__", source_.limits)
             : Result<Address>(Address{});
    if (!notes || !*notes) {
        data.complete = data.complete && notes;
        return;
    }
    auto items = read_list(source_.memory, source_.layout, *notes, most_notes);
    if (!items) {
        items = read_tuple(source_.memory, source_.layout, *notes, most_notes);
    }
    if (!items) {
        if (!messages_.is_none(*notes)) {
            add_note(data, messages_.repr(*notes));
        }
        return;
    }
    for (const Address note : items->items) {
        add_note(data, messages_.str(note));
    }
    data.complete = data.complete && items->items.size() == items->size;
}

void ExceptionDescriber::add_note(Exception& data, Message note)
{
    if (pay_text(source_.budget, note.text.size())) {
        data.notes.push_back(std::move(note.text));
    }
    data.complete = data.complete && note.complete && source_.budget.exception_bytes != 0;
}

}  // namespace

Exception describe_exception(ExceptionSource& source,
                             const RaisedValue& raised,
                             std::optional<Address> traceback,
                             ExceptionLinks& links)
{
    return ExceptionDescriber(source, links).describe(raised, traceback);
}

}  // namespace pycore
