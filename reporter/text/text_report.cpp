#include "text/text_report.hpp"

#include <array>
#include <charconv>

namespace pycore {

std::string hex(std::uint64_t value)
{
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return "0x" + std::string(digits.data(), end.ptr);
}

std::string_view base_name(std::string_view path) noexcept
{
    return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

void write_text(const Report& report, std::ostream& out, const Presentation& how)
{
    StyledText text(out, how);
    write_summary(text, report);
    write_hints(text, report.hints);
    write_threads(text, report, how);
    write_python_modules(text, report.snapshot);
    if (report.snapshot.crash) {
        write_registers(text, *report.snapshot.crash);
    }
    write_remarks(text, report);
}

}  // namespace pycore
