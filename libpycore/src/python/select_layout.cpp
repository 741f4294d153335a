#include "python/layout.hpp"

namespace pycore {
namespace {

bool covers(const Layout& layout, const PythonVersion& version, const Flavour& flavour)
{
    return layout.flavour == flavour && layout.since.major == version.major &&
           layout.since.minor == version.minor;
}

bool suits_better(const Layout& layout, const Layout& chosen, const PythonVersion& version)
{
    return chosen.since < layout.since && layout.since <= version;
}

}  // namespace

std::optional<LayoutChoice> choose_layout(std::span<const LayoutSet* const> sets,
                                          PythonVersion version,
                                          Flavour flavour)
{
    LayoutChoice choice;
    for (const LayoutSet* set : sets) {
        for (const Layout& layout : set->layouts) {
            if (!covers(layout, version, flavour)) {
                continue;
            }
            if (choice.layout == nullptr || suits_better(layout, *choice.layout, version)) {
                choice.set = set;
                choice.layout = &layout;
            }
        }
    }
    if (choice.layout == nullptr) {
        return std::nullopt;
    }
    choice.extrapolated = version < choice.layout->since || choice.layout->measured_to < version;
    return choice;
}

}  // namespace pycore
