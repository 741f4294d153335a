#include "sources/line_cache.hpp"

#include <algorithm>

#include "base/try.hpp"
#include "objects/dict.hpp"
#include "objects/integer.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_entries = 1 << 16;
constexpr std::size_t longest_key = 8 << 10;
constexpr std::size_t most_key_bytes = 4 << 20;

/// A key of both caches as one text. A file's name holds no zero.
std::string key_of(const PythonCode& code)
{
    return code.file + '\0' + code.qualified_name + '\0' + std::to_string(code.first_line);
}

Result<Address> read_item(const Memory& memory,
                          const Layout& layout,
                          Address tuple,
                          std::uint64_t index)
{
    const auto at = offset_by(tuple, layout.tuple.items.offset + 8 * index);
    return at ? memory.read<Address>(*at, "tuple object")
              : Result<Address>(Fault{FaultCode::bad_format, tuple.value, "tuple object"});
}

bool is_tuple_of(const Memory& memory, const Layout& layout, Address at, std::int64_t size)
{
    if (!expect_type(memory, layout, at, type_flag::tuple, "tuple object")) {
        return false;
    }
    const auto found = read_field(memory, at, layout.tuple.size, "tuple object");
    return found && *found == size;
}

Result<Address> find_module_dict(const Memory& memory,
                                 const Layout& layout,
                                 Address interpreter,
                                 const Limits& limits)
{
    PYCORE_TRY(const Address modules,
               read_field(memory, interpreter, layout.interpreter.modules, "interpreter state"));
    PYCORE_TRY(const Address module, find_in_dict(memory, layout, modules, "linecache", limits));
    return read_module_dict(memory, layout, module);
}

}  // namespace

LineCache::LineCache(const Memory& memory,
                     const Layout& layout,
                     Address interpreter,
                     const Limits& limits,
                     Deadline& deadline)
    : memory_(memory),
      layout_(layout),
      limits_(limits),
      deadline_(deadline),
      key_bytes_left_(most_key_bytes)
{
    limits_.max_dict_entries = std::min(limits.max_dict_entries, most_entries);
    limits_.max_text_bytes = std::min(limits.max_text_bytes, longest_key);
    if (const auto dict = find_module_dict(memory, layout, interpreter, limits_)) {
        add("cache", *dict);
        add("_interactive_cache", *dict);
    }
    limits_.max_text_bytes = std::min(limits.max_text_bytes, 4 * longest_source_line);
}

void LineCache::add(const char* name, Address module_dict)
{
    const auto cache = find_in_dict(memory_, layout_, module_dict, name, limits_);
    if (!cache || !*cache) {
        return;
    }
    for (const DictEntry& entry : walk_dict(memory_, layout_, *cache, limits_).items) {
        if (deadline_.passed()) {
            return;
        }
        const auto lines = find_lines(entry.value);
        std::string key = lines ? read_key(entry.key) : std::string();
        if (key.empty() || key.size() > key_bytes_left_) {
            continue;
        }
        key_bytes_left_ -= key.size();
        lists_.emplace(std::move(key), *lines);
    }
}

std::string LineCache::read_key(Address key) const
{
    if (auto name = read_text(memory_, layout_, key, limits_)) {
        return *std::move(name);
    }
    if (!is_tuple_of(memory_, layout_, key, 3)) {
        return {};
    }
    PythonCode code;
    const auto item = [&](std::uint64_t index) {
        return read_item(memory_, layout_, key, index).value_or(Address{});
    };
    code.file = read_text(memory_, layout_, item(0), limits_).value_or({});
    code.qualified_name = read_text(memory_, layout_, item(1), limits_).value_or({});
    const auto line = read_unsigned(memory_, layout_, item(2));
    if (!line || *line > INT32_MAX) {
        return {};
    }
    code.first_line = static_cast<std::int32_t>(*line);
    return key_of(code);
}

/// Of `(size, mtime, lines, fullname)`; a file that is only promised has `(function,)`.
Result<Address> LineCache::find_lines(Address entry) const
{
    if (!is_tuple_of(memory_, layout_, entry, 4)) {
        return Fault{FaultCode::unsupported, entry.value, "linecache entry"};
    }
    PYCORE_TRY(const Address lines, read_item(memory_, layout_, entry, 2));
    PYCORE_CHECK(expect_type(memory_, layout_, lines, type_flag::list, "linecache entry"));
    return lines;
}

std::optional<LineAt> LineCache::find_file(const std::string& name) const
{
    return find(name);
}

std::optional<LineAt> LineCache::find_code(const PythonCode& code) const
{
    return find(key_of(code));
}

std::optional<LineAt> LineCache::find(const std::string& key) const
{
    const auto found = lists_.find(key);
    if (found == lists_.end()) {
        return std::nullopt;
    }
    return [this, list = found->second](std::int32_t number) { return read_line(list, number); };
}

std::optional<std::string> LineCache::read_line(Address list, std::int32_t number) const
{
    const auto size = read_field(memory_, list, layout_.list.size, "list object");
    const auto items = read_field(memory_, list, layout_.list.items, "list object");
    if (number < 1 || !size || !items || number > *size) {
        return std::nullopt;
    }
    const auto slot = offset_by(*items, 8 * (static_cast<std::uint64_t>(number) - 1));
    const auto at = slot ? memory_.read<Address>(*slot, "list item").value_or({}) : Address{};
    auto line = read_text(memory_, layout_, at, limits_);
    if (!line) {
        return std::nullopt;
    }
    line->resize(std::min(line->find_first_of("\r\n"), line->size()));
    return line->size() <= longest_source_line ? std::optional(*std::move(line)) : std::nullopt;
}

}  // namespace pycore
