#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pycore/address.hpp"

namespace pycore {

/// A JSON string with its quotes. Bytes that are not UTF-8 become visible text, and characters that
/// could deceive a reader of the file are written as `\uNNNN`.
[[nodiscard]] std::string json_text(std::string_view bytes);

/// `"0x7f10"`, with its quotes.
void append_json_address(std::string& out, std::uint64_t value);

template <std::integral Number>
void append_json_number(std::string& out, Number value)
{
    std::array<char, 24> digits{};
    out.append(digits.data(), std::to_chars(digits.data(), digits.data() + 24, value).ptr);
}

/// Writes one JSON document piece by piece through a small buffer. Blocks put each member on a line
/// of its own, lines keep all members on one, so that a person can read and compare reports.
class JsonWriter {
public:
    enum class Shape : std::uint8_t { block, line };

    /// Without a stream nothing is written, only counted.
    explicit JsonWriter(std::ostream* out) : out_(out) {}

    void open_object(Shape shape) { open('{', shape); }
    void open_array(Shape shape) { open('[', shape); }
    void close_object() { close('}'); }
    void close_array() { close(']'); }

    /// The name of the next value of an object. `name` is ours and needs no escapes.
    void key(std::string_view name);

    void text(std::string_view bytes) { raw(json_text(bytes)); }
    void address(std::uint64_t value);
    void null() { raw("null"); }
    void boolean(bool value) { raw(value ? "true" : "false"); }
    void fraction(double value);
    void raw(std::string_view serialized);

    template <std::integral Number>
    void number(Number value)
    {
        begin_value();
        append_json_number(buffer_, value);
    }

    /// One member by the type of its value. An absent optional is `null`.
    template <class Value>
    void member(std::string_view name, const Value& value)
    {
        key(name);
        write(value);
    }

    /// Ends the document with a newline and hands the rest to the stream.
    void finish();

    /// Bytes written so far.
    [[nodiscard]] std::uint64_t size() const noexcept { return flushed_ + buffer_.size(); }

private:
    struct Level {
        Shape shape = Shape::block;
        bool empty = true;
    };

    void write(std::string_view value) { text(value); }
    void write(const std::string& value) { text(value); }
    void write(const char* value) { text(value); }
    void write(bool value) { boolean(value); }
    void write(double value) { fraction(value); }
    void write(Address value) { address(value.value); }
    template <std::integral Number>
    void write(Number value)
    {
        number(value);
    }
    template <class Value>
    void write(const std::optional<Value>& value)
    {
        value ? write(*value) : null();
    }

    void open(char bracket, Shape shape);
    void close(char bracket);
    void begin_value();
    void separate();
    void start_line();
    void flush();

    std::ostream* out_;
    std::string buffer_;
    std::uint64_t flushed_ = 0;
    std::vector<Level> levels_;
    bool after_key_ = false;
};

}  // namespace pycore
