#include "batch/timestamp.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace pycore {
namespace {

constexpr std::int64_t last_second = 253'402'300'799;  // of the year 9999

void append_padded(std::string& out, std::int64_t number, std::size_t width)
{
    const std::string digits = std::to_string(number);
    out.append(width > digits.size() ? width - digits.size() : 0, '0').append(digits);
}

std::string utc(std::int64_t seconds, std::int64_t fraction, std::size_t width)
{
    using namespace std::chrono;  // NOLINT(google-build-using-namespace)
    const sys_seconds time{std::chrono::seconds(seconds)};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    std::string out;
    append_padded(out, static_cast<int>(date.year()), 4);
    out += '-';
    append_padded(out, static_cast<unsigned>(date.month()), 2);
    out += '-';
    append_padded(out, static_cast<unsigned>(date.day()), 2);
    out += 'T';
    append_padded(out, clock.hours().count(), 2);
    out += ':';
    append_padded(out, clock.minutes().count(), 2);
    out += ':';
    append_padded(out, clock.seconds().count(), 2);
    out += '.';
    append_padded(out, fraction, width);
    return out + 'Z';
}

std::string utc_of(std::int64_t since_1970, std::int64_t per_second, std::size_t width)
{
    if (since_1970 < 0) {
        return utc(0, 0, width);
    }
    const std::int64_t seconds = since_1970 / per_second;
    return seconds > last_second ? utc(last_second, per_second - 1, width)
                                 : utc(seconds, since_1970 % per_second, width);
}

std::optional<std::int64_t> number_at(std::string_view text, std::size_t at, std::size_t width)
{
    std::int64_t number = 0;
    const char* begin = text.data() + at;
    const auto [end, error] = std::from_chars(begin, begin + width, number);
    if (error != std::errc{} || end != begin + width || *begin == '-') {
        return std::nullopt;
    }
    return number;
}

std::optional<std::int64_t> seconds_of(std::string_view text)
{
    using namespace std::chrono;  // NOLINT(google-build-using-namespace)
    const auto y = number_at(text, 0, 4);
    const auto m = number_at(text, 5, 2);
    const auto d = number_at(text, 8, 2);
    const auto hour = number_at(text, 11, 2);
    const auto minute = number_at(text, 14, 2);
    const auto second = number_at(text, 17, 2);
    if (!y || !m || !d || !hour || !minute || !second) {
        return std::nullopt;
    }
    const year_month_day date(year(static_cast<int>(*y)), month(static_cast<unsigned>(*m)),
                              day(static_cast<unsigned>(*d)));
    if (!date.ok()) {
        return std::nullopt;
    }
    const auto days = sys_days(date).time_since_epoch();
    return duration_cast<std::chrono::seconds>(days).count() + *hour * 3600 + *minute * 60 +
           *second;
}

// What cannot be written back the same is not what these functions wrote.
std::optional<std::int64_t> parse(std::string_view text, std::int64_t per_second, std::size_t width)
{
    constexpr std::size_t before_fraction = 20;
    if (text.size() != before_fraction + width + 1) {
        return std::nullopt;
    }
    const auto seconds = seconds_of(text);
    const auto fraction = number_at(text, before_fraction, width);
    // Beyond it nanoseconds do not fit.
    if (!seconds || !fraction || *seconds < 0 || *seconds > INT64_MAX / per_second - 1) {
        return std::nullopt;
    }
    const std::int64_t time = *seconds * per_second + *fraction;
    return utc_of(time, per_second, width) == text ? std::optional(time) : std::nullopt;
}

}  // namespace

std::string utc_microseconds(std::int64_t since_1970)
{
    return utc_of(since_1970, 1'000'000, 6);
}

std::string utc_nanoseconds(std::int64_t since_1970)
{
    return utc_of(since_1970, 1'000'000'000, 9);
}

std::optional<std::int64_t> parse_utc_microseconds(std::string_view text)
{
    return parse(text, 1'000'000, 6);
}

std::optional<std::int64_t> parse_utc_nanoseconds(std::string_view text)
{
    return parse(text, 1'000'000'000, 9);
}

}  // namespace pycore
