#include "threads/python_modules.hpp"

#include <algorithm>

#include "base/try.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

// Far above what programs have: a few thousand modules, paths of some hundred bytes.
constexpr std::uint64_t most_entries = std::uint64_t{4} << 20;
constexpr std::uint64_t most_text = std::uint64_t{16} << 20;
constexpr std::size_t longest_text = 64 << 10;
constexpr std::int64_t longest_list = 1 << 16;

Result<Address> find_modules(const Memory& memory, const Layout& layout, Address interpreter)
{
    PYCORE_TRY(const Address modules,
               read_field(memory, interpreter, layout.interpreter.modules, "interpreter state"));
    PYCORE_CHECK(expect_type(memory, layout, modules, type_flag::dict, "sys.modules"));
    return modules;
}

}  // namespace

std::optional<std::uint64_t> count_python_modules(const Memory& memory,
                                                  const Layout& layout,
                                                  Address interpreter)
{
    const auto modules = find_modules(memory, layout, interpreter);
    if (!modules) {
        return std::nullopt;
    }
    const auto used = read_field(memory, *modules, layout.dict.used, "sys.modules");
    return used && *used >= 0 ? std::optional(static_cast<std::uint64_t>(*used)) : std::nullopt;
}

PythonModules::PythonModules(const Memory& memory,
                             const Limits& limits,
                             Deadline& deadline,
                             InstalledDistributions* installed)
    : memory_(memory),
      limits_(limits),
      deadline_(deadline),
      installed_(installed),
      entries_left_(most_entries),
      text_left_(most_text)
{
    limits_.max_text_bytes = std::min(limits.max_text_bytes, longest_text);
}

InterpreterModules PythonModules::read(const Layout& layout, Address interpreter)
{
    layout_ = &layout;
    InterpreterModules result;
    const auto modules = find_modules(memory_, *layout_, interpreter);
    if (!modules) {
        result.complete = false;
        return result;
    }
    cut_ = false;
    for (const DictEntry& entry : walk(*modules).items) {
        if (text_equals(memory_, *layout_, entry.key, "sys")) {
            read_sys(entry.value, result);
        }
        if (auto module = read_module(entry)) {
            result.list.push_back(*std::move(module));
        }
        if (cut_ || deadline_.passed()) {
            cut_ = true;
            break;
        }
    }
    std::ranges::sort(result.list, {}, &ImportedModule::name);
    result.complete = !cut_;
    return result;
}

void PythonModules::read_sys(Address module, InterpreterModules& into)
{
    const auto dict = read_module_dict(memory_, *layout_, module);
    const auto names = walk(dict.value_or(Address{}));
    const auto value = [&](std::string_view name) {
        return find_entry(memory_, *layout_, names, name);
    };
    into.argv = read_strings(value("argv"));
    into.original_argv = read_strings(value("orig_argv"));
    into.path = read_strings(value("path"));
    into.executable = read_string(value("executable"));
}

/// One without a dot in its name; `sys.modules` may hold None, and anything else.
std::optional<ImportedModule> PythonModules::read_module(const DictEntry& entry)
{
    auto name = read_string(entry.key);
    if (!name || name->find('.') != std::string::npos) {
        return std::nullopt;
    }
    ImportedModule module;
    module.name = *std::move(name);
    if (const auto dict = read_module_dict(memory_, *layout_, entry.value)) {
        const auto names = walk(*dict);
        module.version = read_string(find_entry(memory_, *layout_, names, "__version__"));
        module.file = read_string(find_entry(memory_, *layout_, names, "__file__"));
        module.distribution = find_distribution(module);
    }
    return module;
}

Walk<DictEntry> PythonModules::walk(Address dict)
{
    Limits limits = limits_;
    limits.max_dict_entries =
        static_cast<std::size_t>(std::min<std::uint64_t>(limits.max_dict_entries, entries_left_));
    auto entries = walk_dict(memory_, *layout_, dict, limits);
    entries_left_ -= std::min(entries.visited, entries_left_);
    cut_ = cut_ || entries.stop == Stop::limit;
    return entries;
}

std::optional<std::string> PythonModules::read_string(Address at)
{
    auto text =
        at ? read_text(memory_, *layout_, at, limits_) : Fault{FaultCode::unmapped, 0, "str"};
    if (!text) {
        return std::nullopt;
    }
    if (text->size() > text_left_) {
        cut_ = true;
        return std::nullopt;
    }
    text_left_ -= text->size();
    return *std::move(text);
}

std::vector<std::string> PythonModules::read_strings(Address list)
{
    std::vector<std::string> texts;
    if (!list || !expect_type(memory_, *layout_, list, type_flag::list, "list object")) {
        return texts;
    }
    const auto size = read_field(memory_, list, layout_->list.size, "list object").value_or(0);
    const auto items = read_field(memory_, list, layout_->list.items, "list object").value_or({});
    cut_ = cut_ || size > longest_list;
    for (std::int64_t i = 0; i < std::min(size, longest_list); ++i) {
        const auto slot = offset_by(items, 8 * static_cast<std::uint64_t>(i));
        const auto at = slot ? memory_.read<Address>(*slot, "list item") : Address{};
        auto text = at ? read_string(*at) : std::nullopt;
        if (!text) {
            break;
        }
        texts.push_back(*std::move(text));
    }
    return texts;
}

/// As installed under the module's own name: which other names a distribution brings along would
/// take reading its files.
std::optional<std::string> PythonModules::find_distribution(const ImportedModule& module)
{
    const auto owner = module.file ? find_owner(*module.file) : std::nullopt;
    if (!owner) {
        return std::nullopt;
    }
    if (!owner->distribution.version.empty()) {
        return name_of(owner->distribution);
    }
    const auto found =
        installed_ != nullptr ? installed_->find(owner->folder, module.name) : std::nullopt;
    return found ? std::optional(name_of(*found)) : std::nullopt;
}

}  // namespace pycore
