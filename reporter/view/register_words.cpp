#include "view/register_words.hpp"

#include "view/words.hpp"

namespace pycore {
namespace {

std::string permissions_of(const MappedRegion& region)
{
    return region.writable     ? "writable"
           : region.executable ? "code"
           : region.readable   ? "read-only"
                               : "no access";
}

}  // namespace

std::string target_text(const AddressTarget& target)
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

}  // namespace pycore
