#include "exceptions/text_method.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "objects/dict.hpp"
#include "objects/object.hpp"
#include "objects/sequence.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_bases = 128;
constexpr std::size_t most_entries = 4096;
constexpr std::size_t most_kept = 4096;

struct Definition {
    std::string_view type;
    TextFamily family;
};

// The builtin types with a `tp_str` of their own that matters here, and where each search ends.
constexpr std::array definitions{
    Definition{"BaseException", TextFamily::base_exception},
    Definition{"KeyError", TextFamily::key_error},
    Definition{"OSError", TextFamily::os_error},
    Definition{"ImportError", TextFamily::import_error},
    Definition{"SyntaxError", TextFamily::syntax_error},
    Definition{"UnicodeEncodeError", TextFamily::unicode_encode_error},
    Definition{"UnicodeDecodeError", TextFamily::unicode_decode_error},
    Definition{"UnicodeTranslateError", TextFamily::unicode_translate_error},
    Definition{"BaseExceptionGroup", TextFamily::group},
    Definition{"object", TextFamily::object},
};

}  // namespace

TextMethods::TextMethods(const Memory& memory,
                         const Layout& layout,
                         KnownTypes& types,
                         const Limits& limits)
    : memory_(memory),
      layout_(layout),
      types_(types),
      limits_(limits),
      slots_left_(limits.max_dict_entries)
{
}

TextMethod TextMethods::of(Address type)
{
    if (const auto known = known_.find(type); known != known_.end()) {
        return known->second;
    }
    const TextMethod method = find(type);
    if (known_.size() < most_kept) {
        known_.emplace(type, method);
    }
    return method;
}

TextMethod TextMethods::find(Address type)
{
    const auto order = read_field(memory_, type, layout_.type.mro, "type object");
    const auto bases = read_tuple(memory_, layout_, order.value_or(Address{}), most_bases);
    bool own = !bases;
    for (const Address base : bases ? bases->items : std::vector<Address>{}) {
        const auto* const found = std::ranges::find_if(
            definitions, [&](const Definition& one) { return types_.is_exactly(base, one.type); });
        if (found != definitions.end()) {
            return {.family = found->family, .own = own};
        }
        own = own || (!is_builtin(base) && defines_own(base));
    }
    return {};
}

// Those of builtins that are not in the table say nothing new, whatever their dicts hold.
bool TextMethods::is_builtin(Address type) const
{
    const auto flags = read_field(memory_, type, layout_.type.flags, "type object");
    return flags && (*flags & type_flag::heap_type) == 0 &&
           types_.name_of(type).module == "builtins";
}

bool TextMethods::defines_own(Address type)
{
    const auto dict = read_field(memory_, type, layout_.type.dict, "type object");
    if (!dict || !*dict) {
        return false;
    }
    limits_.max_dict_entries = std::min(most_entries, slots_left_);
    const auto entries = walk_dict(memory_, layout_, *dict, limits_);
    slots_left_ -= std::min<std::size_t>(slots_left_, entries.visited);
    return find_entry(memory_, layout_, entries, "__str__") || entries.stop != Stop::finished;
}

}  // namespace pycore
