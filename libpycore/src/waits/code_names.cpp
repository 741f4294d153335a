#include "waits/code_names.hpp"

#include <algorithm>

#include "objects/object.hpp"
#include "objects/sequence.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"

namespace pycore {

std::vector<Address> read_code_names(const Memory& memory, const Layout& layout, Address code)
{
    constexpr std::uint64_t most_names = 4096;
    const auto tuple = is_aligned(code) ? read_field(memory, code, layout.code.names, "code object")
                                        : Result<Address>({});
    const auto names = tuple && is_aligned(*tuple) ? read_tuple(memory, layout, *tuple, most_names)
                                                   : Result<Items>(Items{});
    return names ? names->items : std::vector<Address>();
}

bool has_name(const Memory& memory,
              const Layout& layout,
              std::span<const Address> names,
              std::string_view name)
{
    return std::ranges::any_of(names,
                               [&](Address one) { return text_equals(memory, layout, one, name); });
}

}  // namespace pycore
