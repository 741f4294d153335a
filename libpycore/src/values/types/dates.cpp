// The types of `datetime`, and time zones. datetime.h says where they keep what; the fields of a
// date or time are bytes, packed.

#include <array>
#include <string>

#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

using Bytes = std::array<std::uint8_t, 10>;
constexpr std::uint32_t has_zone_at = 8;  // after the header and the hash
constexpr std::uint32_t bytes_at = 9;

std::string number(std::uint32_t value)
{
    return std::to_string(value);
}

std::uint32_t big_endian(const Bytes& bytes, std::size_t first, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t index = first; index < first + count; ++index) {
        value = value << 8 | bytes.at(index);
    }
    return value;
}

std::string date_text(const Bytes& bytes)
{
    return number(big_endian(bytes, 0, 2)) + ", " + number(bytes[2]) + ", " + number(bytes[3]);
}

/// Hour and minute, and of what follows as much as is not zero.
std::string time_text(const Bytes& bytes, std::size_t first)
{
    const std::uint32_t second = bytes.at(first + 2);
    const std::uint32_t microsecond = big_endian(bytes, first + 3, 3);
    std::string text = number(bytes.at(first)) + ", " + number(bytes.at(first + 1));
    if (second != 0 || microsecond != 0) {
        text += ", " + number(second);
    }
    return microsecond != 0 ? text + ", " + number(microsecond) : text;
}

Result<void> write_zone(ValueWriter& writer, Address at, std::uint32_t fold_at)
{
    constexpr std::uint32_t alignment = 8;
    const std::uint32_t zone_at = (fold_at + alignment) / alignment * alignment;
    PYCORE_TRY(const auto has_zone,
               writer.read_member<std::uint8_t>(at, has_zone_at, "datetime object"));
    if (has_zone != 0) {
        PYCORE_TRY(const Address zone, writer.read_member<Address>(at, zone_at, "datetime object"));
        writer.put(", tzinfo=");
        writer.write(zone);
    }
    return {};
}

Result<void> write_fold(ValueWriter& writer, Address at, std::uint32_t fold_at)
{
    PYCORE_TRY(const auto fold, writer.read_member<std::uint8_t>(at, fold_at, "datetime object"));
    writer.put(fold != 0 ? ", fold=" + number(fold) : "");
    return {};
}

/// Fold and zone follow the bytes.
void write_end(ValueWriter& writer, Address at, std::uint32_t fold_at, bool fold_first)
{
    using Write = Result<void> (*)(ValueWriter&, Address, std::uint32_t);
    const std::array<Write, 2> parts{fold_first ? write_fold : write_zone,
                                     fold_first ? write_zone : write_fold};
    for (const Write write : parts) {
        if (const auto done = write(writer, at, fold_at); !done) {
            writer.write_fault(at, done.fault());
        }
    }
    writer.put(")");
}

Result<void> write_date(ValueWriter& writer, Address at, Address type)
{
    PYCORE_TRY(const auto read,
               (writer.read_member<std::array<std::uint8_t, 4>>(at, bytes_at, "date object")));
    const Bytes bytes{read[0], read[1], read[2], read[3]};
    writer.put(writer.types().c_name_of(type) + '(' + date_text(bytes) + ')');
    return {};
}

Result<void> write_datetime(ValueWriter& writer, Address at, Address type)
{
    PYCORE_TRY(const auto bytes, writer.read_member<Bytes>(at, bytes_at, "datetime object"));
    writer.put(writer.types().c_name_of(type) + '(' + date_text(bytes) + ", " +
               time_text(bytes, 4));
    constexpr std::uint32_t fold_at = bytes_at + 10;
    write_end(writer, at, fold_at, true);
    return {};
}

Result<void> write_time(ValueWriter& writer, Address at, Address type)
{
    PYCORE_TRY(const auto read,
               (writer.read_member<std::array<std::uint8_t, 6>>(at, bytes_at, "time object")));
    const Bytes bytes{read[0], read[1], read[2], read[3], read[4], read[5]};
    writer.put(writer.types().c_name_of(type) + '(' + time_text(bytes, 0));
    constexpr std::uint32_t fold_at = bytes_at + 6;
    write_end(writer, at, fold_at, false);
    return {};
}

Result<void> write_delta(ValueWriter& writer, Address at, Address type)
{
    PYCORE_TRY(const auto parts,
               (writer.read_member<std::array<std::int32_t, 3>>(at, 8, "timedelta object")));
    constexpr std::array<std::string_view, 3> names{"days=", "seconds=", "microseconds="};
    std::string text;
    for (std::size_t index = 0; index < parts.size(); ++index) {
        if (parts.at(index) != 0) {
            text += text.empty() ? "" : ", ";
            text += std::string(names.at(index)) + std::to_string(parts.at(index));
        }
    }
    writer.put(writer.types().c_name_of(type) + '(' + (text.empty() ? "0" : text) + ')');
    return {};
}

Result<void> write_timezone(ValueWriter& writer, Address at, Address type)
{
    PYCORE_TRY(const Address offset, writer.read_member<Address>(at, 0, "timezone object"));
    PYCORE_TRY(const Address name, writer.read_member<Address>(at, 8, "timezone object"));
    if (at == writer.types().find_in_module("datetime", "UTC")) {
        writer.put("datetime.timezone.utc");
        return {};
    }
    const std::string open = writer.types().c_name_of(type) + '(';
    name ? writer.write_items({offset, name}, {.open = open, .close = ")"})
         : writer.write_items({offset}, {.open = open, .close = ")"});
    return {};
}

// _zoneinfo.c: the key follows the header.
Result<void> write_zone_info(ValueWriter& writer, Address at, Address type)
{
    PYCORE_TRY(const Address key, writer.read_member<Address>(at, 0, "ZoneInfo object"));
    const std::string open = writer.types().c_name_of(type);
    if (!key || writer.is_none(key)) {
        return Fault{FaultCode::unsupported, at.value, "ZoneInfo object"};
    }
    writer.write_items({key}, {.open = open + "(key=", .close = ")"});
    return {};
}

constexpr std::array printings{
    Printing{"datetime", "date", write_date},
    Printing{"datetime", "datetime", write_datetime},
    Printing{"datetime", "time", write_time},
    Printing{"datetime", "timedelta", write_delta},
    Printing{"datetime", "timezone", write_timezone},
    Printing{"zoneinfo", "ZoneInfo", write_zone_info},
};

}  // namespace

extern const TypeFamily dates{.types = printings};

}  // namespace pycore::types
