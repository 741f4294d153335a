#include "base/hex.hpp"
#include "base/try.hpp"
#include "objects/dict.hpp"
#include "objects/instance.hpp"
#include "objects/integer.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"
#include "values/value_writer.hpp"

namespace pycore {
namespace {

constexpr std::size_t longest_name = 1024;

}  // namespace

/// `type.__name__`.
std::string ValueWriter::short_name(Address type) const
{
    const std::string name = types_.name_of(type).qualified;
    return name.substr(name.rfind('.') + 1);  // all of it where there is no dot
}

bool ValueWriter::is_none(Address at) const
{
    const auto type = read_type(memory_, layout_, at);
    return type && types_.kind_of(*type) == ValueKind::none;
}

void ValueWriter::write_plain_object(Address at, Address type)
{
    const auto flags = read_field(memory_, type, layout_.type.flags, "type object");
    if (flags && (*flags & type_flag::type) != 0) {
        if (const auto done = write_type(at); !done) {
            write_fault(at, done.fault());
        }
        return;
    }
    const std::string name = display(types_.name_of(type));
    out_ += '<' + (name.empty() ? "object of type " + hex(type.value) : name + " object");
    out_ += " at " + hex(at.value) + '>';
}

Result<void> ValueWriter::write_type(Address at)
{
    const std::string name = display(types_.name_of(at));
    out_ += name.empty() ? "<class at " + hex(at.value) + '>' : "<class '" + name + "'>";
    return {};
}

Result<void> ValueWriter::write_function(Address at)
{
    PYCORE_TRY(const Address name,
               read_field(memory_, at, layout_.function.qualified_name, "function object"));
    Limits limits = limits_;
    limits.max_text_bytes = longest_name;
    PYCORE_TRY(const std::string text, read_text(memory_, layout_, name, limits));
    out_ += "<function " + text + " at " + hex(at.value) + '>';
    return {};
}

/// As `importlib` describes a module: by its spec, or by its own attributes without one.
Result<void> ValueWriter::write_module(Address at)
{
    PYCORE_TRY(const Address dict, read_module_dict(memory_, layout_, at));
    const auto find = [&](std::string_view name) {
        return find_in_dict(memory_, layout_, dict, name, limits_).value_or(Address{});
    };
    const Address spec = find("__spec__");
    if (spec && !is_none(spec)) {
        return write_module_of_spec(spec);
    }
    const Address name = find("__name__");
    const Address file = find("__file__");
    const Address loader = find("__loader__");
    out_ += "<module ";
    name ? write(name) : void(out_ += "'?'");
    if (file) {
        out_ += " from ";
        write(file);
    } else if (loader && !is_none(loader)) {
        out_ += " (";
        write(loader);
        out_ += ')';
    }
    out_ += '>';
    return {};
}

Result<void> ValueWriter::write_module_of_spec(Address spec)
{
    const auto attributes = walk_attributes(memory_, layout_, spec, limits_);
    const auto find = [&](std::string_view name) {
        return find_entry(memory_, layout_, attributes, name);
    };
    const Address name = find("name");
    const Address origin = find("origin");
    const Address loader = find("loader");
    if (!name) {
        return Fault{FaultCode::bad_format, spec.value, "module spec"};
    }
    const auto has_location = read_unsigned(memory_, layout_, find("_set_fileattr"));
    out_ += "<module ";
    write(name);
    if (origin && !is_none(origin)) {
        const bool is_file = has_location && *has_location != 0;
        out_ += is_file ? " from " : " (";
        if (is_file) {
            write(origin);
        } else {
            Limits limits = limits_;
            limits.max_text_bytes = longest_name;
            out_ += read_text(memory_, layout_, origin, limits).value_or("?") + ')';
        }
    } else if (loader && !is_none(loader)) {
        out_ += " (";
        write(loader);
        out_ += ')';
    }
    out_ += '>';
    return {};
}

}  // namespace pycore
