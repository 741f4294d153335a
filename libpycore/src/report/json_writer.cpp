#include "report/json_writer.hpp"

// Left alone, it aborts where it finds a bug of ours: a library does not.
#define JSON_ASSERT(condition) static_cast<void>(condition)
#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>

#include "pycore/text.hpp"

namespace pycore {
namespace {

constexpr std::size_t buffer_size = 64 << 10;

bool needs_no_escape(std::string_view bytes) noexcept
{
    for (const char c : bytes) {
        if (c < 0x20 || c > 0x7E || c == '"' || c == '\\') {
            return false;
        }
    }
    return true;
}

}  // namespace

std::string json_text(std::string_view bytes)
{
    if (needs_no_escape(bytes)) {
        std::string quoted;
        quoted.reserve(bytes.size() + 2);
        return quoted.append(1, '"').append(bytes).append(1, '"');
    }
    // A file name in Greek stays readable; one that hides or turns text around is spelled out.
    return nlohmann::json(to_valid_utf8(bytes)).dump(-1, ' ', !is_printable(bytes));
}

void append_json_address(std::string& out, std::uint64_t value)
{
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16);
    out.append("\"0x").append(digits.data(), end.ptr).append(1, '"');
}

void JsonWriter::key(std::string_view name)
{
    separate();
    buffer_.append(1, '"').append(name).append("\": ");
    after_key_ = true;
}

void JsonWriter::address(std::uint64_t value)
{
    begin_value();
    append_json_address(buffer_, value);
}

void JsonWriter::fraction(double value)
{
    raw(nlohmann::json(value).dump());
}

void JsonWriter::raw(std::string_view serialized)
{
    begin_value();
    buffer_ += serialized;
    if (buffer_.size() >= buffer_size) {
        flush();
    }
}

void JsonWriter::finish()
{
    buffer_ += '\n';
    flush();
}

void JsonWriter::open(char bracket, Shape shape)
{
    begin_value();
    buffer_ += bracket;
    levels_.push_back(Level{.shape = shape, .empty = true});
}

void JsonWriter::close(char bracket)
{
    const Level level = levels_.back();
    levels_.pop_back();
    if (level.shape == Shape::block && !level.empty) {
        start_line();
    }
    buffer_ += bracket;
}

void JsonWriter::begin_value()
{
    if (after_key_) {
        after_key_ = false;
    } else if (!levels_.empty()) {
        separate();
    }
}

void JsonWriter::separate()
{
    Level& level = levels_.back();
    if (!level.empty) {
        buffer_ += level.shape == Shape::block ? "," : ", ";
    }
    level.empty = false;
    if (level.shape == Shape::block) {
        start_line();
    }
}

void JsonWriter::start_line()
{
    buffer_ += '\n';
    const auto blocks = std::count_if(levels_.begin(), levels_.end(), [](const Level& level) {
        return level.shape == Shape::block;
    });
    buffer_.append(2 * static_cast<std::size_t>(blocks), ' ');
}

void JsonWriter::flush()
{
    // A stream that has failed stays so: the caller asks it, and nothing more is spent here.
    if (out_ != nullptr && *out_) {
        out_->write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    }
    flushed_ += buffer_.size();
    buffer_.clear();
}

}  // namespace pycore
