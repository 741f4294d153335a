// The paths of pathlib. Each version keeps other attributes; all keep the text once it was asked
// for, and before that the parts, or what the path was made from.

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "objects/object.hpp"
#include "objects/text.hpp"
#include "values/text_repr.hpp"
#include "values/value_writer.hpp"

namespace pycore::types {
namespace {

using Text = std::u32string;

std::optional<Text> read_text_of(const ValueWriter& writer, Address at)
{
    const auto text =
        at ? read_text_prefix(writer.memory(), writer.layout(), at, writer.limits().max_value_text)
           : Result<TextPrefix>(Fault{FaultCode::bad_format, 0, "path"});
    return text && !text->cut ? std::optional(text->characters) : std::nullopt;
}

/// The items of a list of str.
std::optional<std::vector<Text>> read_texts(const ValueWriter& writer, Address at)
{
    const SequenceLayout& list = writer.layout().list;
    const auto size = read_field(writer.memory(), at, list.size, "path");
    const auto first = read_field(writer.memory(), at, list.items, "path");
    if (!at || !size || !first || *size < 0 ||
        static_cast<std::uint64_t>(*size) > writer.limits().max_value_items) {
        return std::nullopt;
    }
    const auto items = writer.read_pointers(*first, static_cast<std::size_t>(*size), "path");
    std::vector<Text> texts;
    for (const Address item : items.value_or({})) {
        const auto text = read_text_of(writer, item);
        if (!text) {
            return std::nullopt;
        }
        texts.push_back(*text);
    }
    return texts;
}

bool is_windows(ValueWriter& writer, Address type)
{
    return std::ranges::any_of(writer.types().read_mro(type), [&](Address base) {
        return writer.types().is_heap_type(base) && writer.short_name(base) == "PureWindowsPath";
    });
}

/// What the path was made from, as one text. An absolute part starts anew.
Text join(const std::vector<Text>& parts)
{
    Text path;
    for (const Text& part : parts) {
        if (part.starts_with(U'/')) {
            path = part;
        } else if (path.empty() || path.ends_with(U'/')) {
            path += part;
        } else {
            path += U'/' + part;
        }
    }
    return path;
}

/// The root, and what is left without empty parts and ".". Exactly two slashes are a root of
/// their own.
Text normalise(const Text& path)
{
    const std::size_t slashes = std::min(path.find_first_not_of(U'/'), path.size());
    const Text root = slashes == 2 ? U"//" : slashes > 0 ? U"/" : U"";
    Text rest;
    for (std::size_t at = slashes; at < path.size();) {
        const std::size_t end = std::min(path.find(U'/', at), path.size());
        const Text part = path.substr(at, end - at);
        if (!part.empty() && part != U".") {
            rest += (rest.empty() ? U"" : U"/") + part;
        }
        at = end + 1;
    }
    return root + rest;
}

/// Drives and shares make more rules than this knows: only relative ones, and drives with a root.
std::optional<Text> normalise_windows(std::vector<Text> parts)
{
    Text drive;
    for (std::size_t index = 0; index < parts.size(); ++index) {
        Text& part = parts[index];
        std::ranges::replace(part, U'\\', U'/');
        if (part.starts_with(U"//") || (index != 0 && part.starts_with(U'/'))) {
            return std::nullopt;
        }
        if (index == 0 && part.size() > 1 && part[1] == U':') {
            drive = part.substr(0, 2);
            part = part.substr(2);
        }
        if (part.find(U':') != Text::npos || (!drive.empty() && !parts[0].starts_with(U'/'))) {
            return std::nullopt;
        }
    }
    return drive + normalise(join(parts));
}

std::optional<Text> read_path(ValueWriter& writer, Address at, Address type)
{
    const auto own = [&](std::string_view name) { return writer.find_own_attribute(at, name); };
    const bool windows = is_windows(writer, type);
    if (const auto text = read_text_of(writer, own("_str"))) {
        return text;
    }
    if (const auto parts = read_texts(writer, own("_parts"))) {  // up to 3.11
        const auto drive = read_text_of(writer, own("_drv"));
        const auto root = read_text_of(writer, own("_root"));
        Text path = drive.value_or(U"") + root.value_or(U"");
        const std::size_t first = path.empty() ? 0 : 1;
        for (std::size_t index = first; index < parts->size(); ++index) {
            path += (index == first ? U"" : U"/") + (*parts)[index];
        }
        return path;
    }
    const auto raw = read_texts(writer, own("_raw_paths"));
    if (!raw) {
        return std::nullopt;
    }
    return windows ? normalise_windows(*raw) : normalise(join(*raw));
}

Result<void> write_path(ValueWriter& writer, Address at, Address type)
{
    auto path = read_path(writer, at, type);
    if (!path) {
        writer.write_plain_object(at, type);
        return {};
    }
    if (is_windows(writer, type)) {
        std::ranges::replace(*path, U'\\', U'/');
    }
    writer.put(writer.short_name(type) + '(' +
               text_repr(path->empty() ? U"." : *path, writer.layout().since.minor) + ')');
    return {};
}

constexpr std::array functions{
    Printing{"pathlib", "PurePath.__repr__", write_path, true},
    Printing{"pathlib._local", "PurePath.__repr__", write_path, true},
};

}  // namespace

extern const TypeFamily paths{.functions = functions};

}  // namespace pycore::types
