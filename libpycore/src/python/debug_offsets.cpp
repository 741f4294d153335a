#include "python/debug_offsets.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "base/try.hpp"
#include "python/layout_members.hpp"
#include "python/record.hpp"

namespace pycore {
namespace {

constexpr Label label = "_Py_DebugOffsets";
constexpr std::uint64_t cookie = 0x7970'6775'6265'6478;  // "xdebugpy"
constexpr std::uint32_t header_size = 24;
constexpr std::uint64_t largest_struct = std::uint64_t{16} << 20;

struct Header {
    std::uint64_t cookie = 0;
    std::uint64_t version = 0;
    std::uint64_t free_threaded = 0;
};

bool is_header_of(const Header& header, const PythonVersion& version)
{
    const auto hex = static_cast<std::uint32_t>(header.version);
    const PythonVersion found = PythonVersion::from_hex(hex);
    return header.cookie == cookie && header.version == hex && header.free_threaded <= 1 &&
           found.major == version.major && found.minor == version.minor;
}

// Values of one process. Each is a number from the core, so it is wide and unchecked.
class Values {
public:
    Values(const DebugOffsets& offsets, const Record& record) : offsets_(offsets), record_(record)
    {
    }

    [[nodiscard]] std::uint64_t operator[](std::uint32_t position) const
    {
        const auto value = record_.get(Field<std::uint64_t>{position});
        return value ? *value : UINT64_MAX;
    }

    // 0, which bounds every member out, when the size cannot be one.
    [[nodiscard]] std::uint64_t size_of(std::string_view group) const
    {
        const auto found = std::ranges::find(offsets_.sizes, group, &StructSize::group);
        if (found == offsets_.sizes.end()) {
            return 0;
        }
        const std::uint64_t size = (*this)[found->at];
        return size <= largest_struct && size % 8 == 0 ? size : 0;
    }

private:
    const DebugOffsets& offsets_;
    const Record& record_;
};

// What holds in every build, whatever its members: a table that breaks one of these has another
// shape than we think, so no position in it can be trusted.
bool has_shape(const DebugOffsets& offsets, const Layout& table, const Values& values)
{
    const Layout& at = offsets.at;
    const std::uint64_t object = table.object.size;
    return values.size_of("object") == object && values[at.object.type.offset] == object - 8 &&
           values[at.integer.digits.offset] == object + 8 && values[at.thread.next.offset] == 8 &&
           values[at.frame.locals_plus.offset] == values.size_of("frame") - 8 &&
           values[at.runtime.interpreters_head.offset] == std::uint64_t{offsets.length} + 48;
}

// Takes over one member after the other, as `visit_members` names them.
class Correction {
public:
    Correction(RefinedLayout& refined, const Values& values) : refined_(refined), values_(values) {}

    template <class T>
    void operator()(std::string_view group, std::string_view member, Field<T>& field, Field<T> at)
    {
        if (!at.exists()) {
            return;
        }
        const std::uint64_t value = values_[at.offset];
        take(group, member, field.offset, value, fits(value, sizeof(T), values_.size_of(group)));
    }

    // Sizes of one minor version change little between its micro versions.
    void operator()(std::string_view group,
                    std::string_view member,
                    std::uint32_t& size,
                    const std::uint32_t& at)
    {
        if (at < header_size || (member != "size" && member != "ascii_data")) {
            return;
        }
        const std::uint64_t value = values_[at];
        take(group, member, size, value,
             value % 8 == 0 && value >= size / 2 && value <= std::uint64_t{size} * 2);
    }

    template <class Meaning>
    void operator()(std::string_view, std::string_view, Meaning&, const Meaning&)
    {
    }

    void take(std::string_view group,
              std::string_view member,
              std::uint32_t& ours,
              std::uint64_t value,
              bool plausible)
    {
        if (plausible && value == ours) {
            return;
        }
        refined_.disagreements.push_back(
            std::string(group) + '.' + std::string(member) + ": " + std::to_string(value) +
            (plausible ? " in place of " : " refused, kept ") + std::to_string(ours));
        if (plausible) {
            ours = static_cast<std::uint32_t>(value);
        }
    }

    static bool fits(std::uint64_t offset, std::uint64_t width, std::uint64_t size)
    {
        return size >= width && offset <= size - width && offset % width == 0;
    }

private:
    RefinedLayout& refined_;
    const Values& values_;
};

// The collector's state is embedded in the interpreter state: two offsets make ours.
void correct_collecting(const DebugOffsets& offsets,
                        const Values& values,
                        Correction& correction,
                        Layout& layout)
{
    const std::uint64_t gc = values[offsets.gc];
    const std::uint64_t size = values[offsets.gc_size];
    const std::uint64_t collecting = values[offsets.gc_collecting];
    const bool plausible = size <= largest_struct &&
                           Correction::fits(collecting, sizeof(std::int32_t), size) &&
                           gc % 8 == 0 && values.size_of("interpreter") >= size &&
                           gc <= values.size_of("interpreter") - size;
    correction.take("interpreter", "gc_collecting", layout.interpreter.gc_collecting.offset,
                    plausible ? gc + collecting : collecting, plausible);
}

// The parts of a `str` follow each other, and only the first one's end is told.
void shift_text(const TextLayout& table, TextLayout& text)
{
    const std::uint32_t shift = text.ascii_data - table.ascii_data;
    text.compact_data += shift;
    text.data.offset += shift;
}

}  // namespace

bool starts_with_debug_offsets(const Memory& memory, Address runtime, const PythonVersion& version)
{
    const auto header = memory.read<Header>(runtime, label);
    return header && is_header_of(*header, version);
}

Result<RefinedLayout> refine_by(const DebugOffsets& offsets,
                                const Layout& table,
                                const Memory& memory,
                                Address runtime)
{
    PYCORE_TRY(const auto header, memory.read<Header>(runtime, label));
    const bool free_threaded = header.free_threaded == 1;
    if (!is_header_of(header, table.since) || free_threaded != table.flavour.free_threaded) {
        return Fault{FaultCode::bad_format, runtime.value, label};
    }
    PYCORE_TRY(const Record record, Record::read(memory, runtime, offsets.length, label));
    const Values values(offsets, record);
    if (!has_shape(offsets, table, values)) {
        return Fault{FaultCode::bad_format, runtime.value, label};
    }

    RefinedLayout refined{.layout = table, .from_debug_offsets = true, .disagreements = {}};
    Correction correction(refined, values);
    visit_members(correction, refined.layout, offsets.at);
    correct_collecting(offsets, values, correction, refined.layout);
    shift_text(table.text, refined.layout.text);
    return refined;
}

}  // namespace pycore
