#include <algorithm>

#include "text/text_report.hpp"

namespace pycore {
namespace {

std::string permissions_of(const MappedRegion& region)
{
    return region.writable     ? "writable"
           : region.executable ? "code"
           : region.readable   ? "read-only"
                               : "no access";
}

// "strlen+0x12 in libc.so.6", "list object", "stack of thread 12", "writable memory".
std::string describe(const AddressTarget& target)
{
    const std::string object = target.python_type.empty() ? "" : target.python_type + " object";
    const std::string file =
        target.region ? std::string(base_name(target.region->file)) : std::string();
    if (!target.symbol.empty()) {
        std::string text = target.symbol;
        text += target.symbol_offset == 0 ? "" : "+" + hex(target.symbol_offset);
        text += file.empty() ? "" : " in " + file;
        return object.empty() ? text : object + ", " + text;
    }
    if (!object.empty()) {
        return object;
    }
    if (!target.region) {
        return "nothing is mapped there";
    }
    if (target.region->stack_of) {
        return "stack of thread " + std::to_string(*target.region->stack_of);
    }
    const std::string permissions =
        target.region->permissions_known ? permissions_of(*target.region) : std::string();
    if (!file.empty()) {
        return file + (permissions.empty() ? "" : " (" + permissions + ")");
    }
    return permissions.empty() ? "memory" : permissions + " memory";
}

}  // namespace

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
        out.quoted(describe(target.target)).plain("\n");
    }
}

}  // namespace pycore
