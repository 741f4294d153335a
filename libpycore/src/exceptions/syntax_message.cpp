#include "exceptions/syntax_message.hpp"

#include <array>

#include "objects/integer.hpp"
#include "objects/sequence.hpp"

namespace pycore {
namespace {

/// In the order of the arguments: the message, then a tuple of the others.
enum class Part : std::uint8_t { message, file, line, column, text, end_line, end_column };

class SyntaxParts {
public:
    SyntaxParts(ExceptionSource& source, const RaisedValue& raised)
        : source_(source), raised_(raised)
    {
        if (!raised.object && raised.argument_count == 2) {
            const auto rest = read_tuple(source.memory, source.layout, raised.arguments[1], 6);
            place_ = rest ? rest->items : std::vector<Address>{};
        }
    }

    [[nodiscard]] Address operator[](Part part) const
    {
        const auto index = static_cast<std::size_t>(part);
        if (raised_.object) {
            const auto& layout = source_.layout.syntax_error;
            const std::array fields{layout.message,   layout.file, layout.line,
                                    layout.column,    layout.text, layout.end_line,
                                    layout.end_column};
            return read_field(source_.memory, raised_.object, fields.at(index), "exception object")
                .value_or(Address{});
        }
        if (part == Part::message) {
            return raised_.arguments.empty() ? Address{} : raised_.arguments[0];
        }
        return index - 1 < place_.size() ? place_[index - 1] : Address{};
    }

private:
    ExceptionSource& source_;
    const RaisedValue& raised_;
    std::vector<Address> place_;
};

std::optional<std::int64_t> number_at(ExceptionSource& source, Address at)
{
    const auto digits = read_digits(source.memory, source.layout, at, 2);
    if (!at || !digits) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    for (std::size_t i = digits->digits.size(); i-- > 0;) {
        value = (value << 30) | digits->digits[i];
    }
    return digits->negative ? -value : value;
}

std::optional<std::string> text_at(ExceptionSource& source, Address at)
{
    MessageReader reader(source);
    return at && reader.is_text(at) ? std::optional(reader.str(at).text) : std::nullopt;
}

}  // namespace

/// `invalid syntax (app.py, line 3)`
Message MessageReader::syntax_error(const RaisedValue& raised)
{
    const SyntaxParts parts(source_, raised);
    const auto file = text_at(source_, parts[Part::file]);
    const auto line = number_at(source_, parts[Part::line]);
    Message message = str_or_none(parts[Part::message]);
    if (!file && !line) {
        return message;
    }
    message.add(" (").add(file ? file->substr(file->rfind('/') + 1) : "");
    message.add(file && line ? ", " : "");
    return message.add(line ? "line " + std::to_string(*line) : "").add(")");
}

std::shared_ptr<const SyntaxErrorPlace> read_syntax_place(ExceptionSource& source,
                                                          const RaisedValue& raised)
{
    if (source.methods.of(raised.type).family != TextFamily::syntax_error) {
        return nullptr;
    }
    const SyntaxParts parts(source, raised);
    return std::make_shared<const SyntaxErrorPlace>(SyntaxErrorPlace{
        .message = text_at(source, parts[Part::message]),
        .file = text_at(source, parts[Part::file]),
        .line = number_at(source, parts[Part::line]),
        .column = number_at(source, parts[Part::column]),
        .end_line = number_at(source, parts[Part::end_line]),
        .end_column = number_at(source, parts[Part::end_column]),
        .text = text_at(source, parts[Part::text]),
    });
}

}  // namespace pycore
