#include "frames/code_cache.hpp"

#include "base/try.hpp"
#include "frames/line_table.hpp"
#include "objects/bytes.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

// Frames of a hostile core may each name another unit of one large table. This many bytes are
// walked in well under a second; two million ordinary frames need a tenth of it.
constexpr std::uint64_t max_table_bytes_walked = std::uint64_t{1} << 30;

constexpr std::int64_t max_code_units = std::int64_t{1} << 30;

}  // namespace

CodeObject& CodeCache::find(Address at)
{
    const auto known = codes_.find(at.value);
    if (known != codes_.end()) {
        return known->second;
    }
    return codes_.emplace(at.value, read(at)).first->second;
}

CodeObject CodeCache::read(Address at)
{
    PythonCode description;
    description.address = at;
    CodeObject code;
    code.internal = is_constant_ && is_constant_(at);
    if (const auto done = read_parts(at, description, code); !done) {
        code.fault = done.fault();
    }
    code.description = std::make_shared<const PythonCode>(std::move(description));
    return code;
}

Result<void> CodeCache::read_parts(Address at, PythonCode& description, CodeObject& code)
{
    PYCORE_TRY(const Record record, Record::read(memory_, at, layout_.code.size, "code object"));
    PYCORE_TRY(const std::int64_t units, record.get(layout_.code.units));
    PYCORE_TRY(const std::int32_t first_line, record.get(layout_.code.first_line));
    PYCORE_TRY(const std::int32_t flags, record.get(layout_.code.flags));
    PYCORE_TRY(const std::int32_t first_traceable, record.get(layout_.code.first_traceable));
    PYCORE_TRY(const Address name, record.get(layout_.code.name));
    PYCORE_TRY(const Address qualified_name, record.get(layout_.code.qualified_name));
    PYCORE_TRY(const Address file, record.get(layout_.code.file));
    PYCORE_TRY(const Address line_table, record.get(layout_.code.line_table));
    const auto bytecode = offset_by(at, layout_.code.bytecode.offset);
    if (units <= 0 || units > max_code_units || first_traceable < 0 || !bytecode) {
        return Fault{FaultCode::bad_format, at.value, "code object"};
    }
    description.first_line = first_line;
    description.flags = static_cast<std::uint32_t>(flags);
    code.bytecode = *bytecode;
    code.units = units;
    code.first_traceable = first_traceable;

    // From here on a fault costs one part, never the others.
    Result<void> worst;
    const auto take_text = [&](Address text, std::string& target) {
        if (auto value = read_text(memory_, layout_, text, limits_)) {
            target = *std::move(value);
        } else {
            worst = value.fault();
        }
    };
    take_text(name, description.name);
    take_text(qualified_name, description.qualified_name);
    take_text(file, description.file);
    if (auto table =
            read_bytes_object(memory_, layout_, line_table, limits_.max_line_table_bytes)) {
        code.line_table = *std::move(table);
    } else {
        worst = table.fault();
    }
    return worst;
}

SourcePosition CodeCache::position(CodeObject& code, std::int64_t unit)
{
    const auto known = code.positions.find(unit);
    if (known != code.positions.end()) {
        return known->second;
    }
    if (table_bytes_walked_ > max_table_bytes_walked) {
        return {};
    }
    table_bytes_walked_ += code.line_table.size();
    const SourcePosition position =
        find_position(code.line_table, code.description->first_line, unit);
    code.positions.emplace(unit, position);
    return position;
}

}  // namespace pycore
