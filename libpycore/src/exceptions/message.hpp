#pragma once

#include <string>
#include <string_view>

#include "exceptions/raised_value.hpp"
#include "exceptions/source.hpp"

namespace pycore {

/// What `str()` gives, put together without running Python.
struct Message {
    std::string text;
    bool certain = true;   ///< false: a `__str__` or `__repr__` that was not run has a part in it
    bool complete = true;  ///< false: a limit cut it, or a part could not be read

    Message& add(std::string_view ours)
    {
        text += ours;
        return *this;
    }
    Message& add(const Message& part)
    {
        text += part.text;
        certain = certain && part.certain;
        complete = complete && part.complete;
        return *this;
    }
};

/// Builds what `str()` of exceptions and of what they were raised with gives.
class MessageReader {
public:
    explicit MessageReader(ExceptionSource& source) : source_(source) {}

    /// `str()` of the exception.
    [[nodiscard]] Message describe(const RaisedValue& raised);

    /// `str()` and `repr()` of any object.
    [[nodiscard]] Message str(Address at);
    [[nodiscard]] Message repr(Address at);

    [[nodiscard]] bool is_none(Address at) const;
    [[nodiscard]] bool is_text(Address at) const;

private:
    [[nodiscard]] Message describe_as(TextFamily family, const RaisedValue& raised);
    [[nodiscard]] Message str_or_none(Address at);
    [[nodiscard]] Message characters(Address at);
    [[nodiscard]] Message base(const RaisedValue& raised);
    [[nodiscard]] Message key_error(const RaisedValue& raised);
    [[nodiscard]] Message os_error(const RaisedValue& raised);
    [[nodiscard]] Message import_error(const RaisedValue& raised);
    [[nodiscard]] Message syntax_error(const RaisedValue& raised);
    [[nodiscard]] Message unicode_error(const RaisedValue& raised, TextFamily family);
    [[nodiscard]] Message group(const RaisedValue& raised);

    ExceptionSource& source_;
    std::size_t nesting_ = 0;  ///< exceptions whose message is the message of another
};

}  // namespace pycore
