#include "waits/standard_modules.hpp"

#include "objects/dict.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"

namespace pycore {

std::set<std::string> read_standard_modules(PythonObjects& objects)
{
    constexpr std::int64_t most_places = 1 << 14;
    constexpr std::size_t longest_name = 64;
    struct Place {
        Address key;
        std::uint64_t hash;
    };
    std::set<std::string> names;
    const Memory& memory = objects.memory();
    const Layout& layout = objects.layout();
    const Address set = objects.types().find_in_module("sys", "stdlib_module_names");
    const auto mask = read_field(memory, set, layout.set.mask, "set object");
    const auto table = read_field(memory, set, layout.set.table, "set object");
    if (!set || !mask || !table || *mask < 0 || *mask >= most_places) {
        return names;
    }
    Limits limits = objects.input().limits;
    limits.max_text_bytes = longest_name;
    for (std::int64_t i = 0; i <= *mask; ++i) {
        const auto at = offset_by(*table, static_cast<std::uint64_t>(i) * sizeof(Place));
        const auto place = memory.read<Place>(at.value_or(Address{}), "set object");
        auto name = place && place->key ? read_text(memory, layout, place->key, limits)
                                        : Result<std::string>(std::string());
        if (name && !name->empty()) {
            names.insert(*std::move(name));
        }
    }
    return names;
}

}  // namespace pycore
