#include "frames/line_table.hpp"

#include <optional>

namespace pycore {
namespace {

// Format: `Objects/locations.md` of CPython.
constexpr unsigned code_one_line_first = 10;
constexpr unsigned code_no_columns = 13;
constexpr unsigned code_long = 14;
constexpr unsigned code_none = 15;

/// Reads the table front to back. Once it has run past the end every value is 0 and `good` false.
class TableReader {
public:
    explicit TableReader(std::span<const std::byte> table) : rest_(table) {}

    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] bool good() const { return good_; }

    std::uint32_t byte()
    {
        if (rest_.empty()) {
            good_ = false;
            return 0;
        }
        const auto value = std::to_integer<std::uint32_t>(rest_.front());
        rest_ = rest_.subspan(1);
        return value;
    }

    std::uint32_t number()
    {
        std::uint32_t value = 0;
        std::uint32_t part = 0;
        unsigned shift = 0;
        do {
            part = byte();
            // Six groups hold 32 bits; a longer number is not one CPython wrote.
            good_ = good_ && shift < 36;
            value |= shift < 32 ? (part & 0x3F) << shift : 0;
            shift += 6;
        } while (good_ && (part & 0x40) != 0);
        return value;
    }

    std::int64_t signed_number()
    {
        const std::uint32_t value = number();
        const auto magnitude = static_cast<std::int64_t>(value >> 1);
        return (value & 1) != 0 ? -magnitude : magnitude;
    }

private:
    std::span<const std::byte> rest_;
    bool good_ = true;
};

std::optional<std::int32_t> as_line(std::int64_t line)
{
    if (line < 0 || line > INT32_MAX) {
        return std::nullopt;
    }
    return static_cast<std::int32_t>(line);
}

std::optional<std::int32_t> as_column(std::uint32_t one_based)
{
    if (one_based == 0 || one_based > INT32_MAX) {
        return std::nullopt;
    }
    return static_cast<std::int32_t>(one_based - 1);
}

/// Reads what follows the first byte of an entry, moves `line` on and gives the entry's position.
SourcePosition read_entry(TableReader& reader, unsigned code, std::int64_t& line)
{
    SourcePosition position;
    std::int64_t end_line = 0;
    if (code == code_none) {
        return position;
    }
    if (code == code_long) {
        line += reader.signed_number();
        end_line = line + reader.number();
        position.column = as_column(reader.number());
        position.end_column = as_column(reader.number());
    } else if (code == code_no_columns) {
        line += reader.signed_number();
        end_line = line;
    } else if (code >= code_one_line_first) {
        line += code - code_one_line_first;
        end_line = line;
        position.column = static_cast<std::int32_t>(reader.byte());
        position.end_column = static_cast<std::int32_t>(reader.byte());
    } else {
        end_line = line;
        const std::uint32_t columns = reader.byte();
        position.column = static_cast<std::int32_t>(code * 8 + ((columns >> 4) & 7));
        position.end_column = *position.column + static_cast<std::int32_t>(columns & 15);
    }
    position.line = as_line(line);
    position.end_line = as_line(end_line);
    return position;
}

}  // namespace

SourcePosition find_position(std::span<const std::byte> table,
                             std::int32_t first_line,
                             std::int64_t unit)
{
    TableReader reader(table);
    std::int64_t line = first_line;
    std::int64_t end = 0;  // first unit after the entries read so far
    while (!reader.at_end()) {
        const std::uint32_t first = reader.byte();
        if ((first & 0x80) == 0) {
            return {};
        }
        const SourcePosition position = read_entry(reader, (first >> 3) & 15, line);
        if (!reader.good()) {
            return {};
        }
        end += (first & 7) + 1;
        if (unit < end) {
            return position;
        }
    }
    return {};
}

}  // namespace pycore
