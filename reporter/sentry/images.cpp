#include <algorithm>
#include <array>
#include <utility>

#include "sentry/event.hpp"
#include "view/words.hpp"

namespace pycore::sentry {
namespace {

constexpr std::size_t longest_build_id = 128;

Json describe(const Draft& draft, const ModuleDescription& module, std::string id)
{
    Json made;
    made["type"] = "elf";
    made["code_id"] = *module.build_id;
    made["debug_id"] = std::move(id);
    made["code_file"] = draft.text(module.path);
    made["image_addr"] = hex(module.range.low().value);
    made["image_size"] = module.range.size();
    made["arch"] = draft.snapshot().core.machine == Machine::x86_64 ? "x86_64" : "arm64";
    return made;
}

}  // namespace

std::string debug_id(std::string_view build_id)
{
    constexpr std::size_t digits = 32;
    if (build_id.size() < 2 || build_id.size() % 2 != 0 || build_id.size() > longest_build_id ||
        build_id.find_first_not_of("0123456789abcdef") != std::string_view::npos) {
        return {};
    }
    std::string bytes(build_id.substr(0, digits));
    bytes.resize(digits, '0');
    // The first three fields of a GUID are numbers, which ELF files of these machines have with
    // the lowest byte first.
    constexpr std::array<std::size_t, 16> order{3, 2, 1,  0,  5,  4,  7,  6,
                                                8, 9, 10, 11, 12, 13, 14, 15};
    std::string made;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            made += '-';
        }
        made += bytes.substr(2 * order[i], 2);
    }
    return made;
}

Json images(Draft& draft)
{
    Json made = Json::array();
    const std::vector<ModuleDescription>& modules = draft.snapshot().modules;
    const std::size_t used = draft.used_modules.size();
    std::size_t others = draft.extent.images - std::min(draft.extent.images, used);
    for (std::size_t i = 0; i < modules.size(); ++i) {
        std::string id = modules[i].build_id ? debug_id(*modules[i].build_id) : std::string();
        if (id.empty()) {
            continue;  // Sentry knows files by their id alone
        }
        const bool needed = draft.used_modules.contains(i);
        if (draft.full() || made.size() >= draft.extent.images || (!needed && others == 0)) {
            ++draft.images_left_out;
            continue;
        }
        others -= needed ? 0 : 1;
        made.push_back(describe(draft, modules[i], std::move(id)));
        draft.bytes += made.back().dump().size();
    }
    return made;
}

}  // namespace pycore::sentry
