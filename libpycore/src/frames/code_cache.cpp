#include "frames/code_cache.hpp"

#include <algorithm>

#include "base/try.hpp"
#include "frames/line_table.hpp"
#include "objects/bytes.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

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
    const auto take = [&](auto value, auto& target) {
        if (value) {
            target = *std::move(value);
        } else {
            worst = value.fault();
        }
    };
    take(read_name(name), description.name);
    take(read_name(qualified_name), description.qualified_name);
    take(read_name(file), description.file);
    take(read_table(line_table), code.line_table);
    return worst;
}

// Many code objects of a hostile core may share one long name: what cannot be kept is not read.
std::size_t CodeCache::affordable(std::size_t most) const
{
    return static_cast<std::size_t>(std::min<std::uint64_t>(most, budget_.code_bytes));
}

void CodeCache::spend(std::uint64_t bytes)
{
    budget_.code_bytes -= std::min(bytes, budget_.code_bytes);
}

Result<std::string> CodeCache::read_name(Address at)
{
    Limits limits = limits_;
    limits.max_text_bytes = affordable(limits.max_text_bytes);
    PYCORE_TRY(std::string name, read_text(memory_, layout_, at, limits));
    spend(name.size());
    return name;
}

Result<std::vector<std::byte>> CodeCache::read_table(Address at)
{
    const std::size_t most = affordable(limits_.max_line_table_bytes);
    PYCORE_TRY(std::vector<std::byte> table, read_bytes_object(memory_, layout_, at, most));
    spend(table.size());
    return table;
}

SourcePosition CodeCache::position(CodeObject& code, std::int64_t unit)
{
    const auto known = code.positions.find(unit);
    if (known != code.positions.end()) {
        return known->second;
    }
    // Frames may each name another unit of one large table.
    if (code.line_table.size() > budget_.table_bytes_walked) {
        return {};
    }
    budget_.table_bytes_walked -= code.line_table.size();
    const SourcePosition position =
        find_position(code.line_table, code.description->first_line, unit);
    code.positions.emplace(unit, position);
    return position;
}

}  // namespace pycore
