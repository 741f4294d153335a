#include <algorithm>

#include "text/text_report.hpp"
#include "view/register_words.hpp"
#include "view/words.hpp"

namespace pycore {
void write_registers(StyledText& out, const Crash& crash)
{
    if (crash.targets.empty()) {
        return;
    }
    out.plain("\n").styled(Style::heading, "Registers that pointed somewhere when it died:");
    out.plain("\n");
    constexpr std::string_view blanks = "        ";
    for (const RegisterTarget& target : crash.targets) {
        const std::string_view name = target.name;
        out.plain("  ").quoted(name);
        out.plain(blanks.substr(std::min(name.size(), blanks.size() - 1)));
        const std::string value = hex(target.value.value);
        out.plain(value).plain(std::string(value.size() < 20 ? 20 - value.size() : 1, ' '));
        out.quoted(target_text(target.target)).plain("\n");
    }
}

}  // namespace pycore
