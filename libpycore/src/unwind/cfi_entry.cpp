#include "unwind/cfi_entry.hpp"

#include <algorithm>
#include <string_view>

#include "base/try.hpp"

namespace pycore {
namespace {

constexpr Label what = "call frame information";
// Of the entries that compilers make, an evaluation loop's is among the longest: a few KiB.
constexpr std::uint64_t longest_entry = 1 << 20;
constexpr std::size_t longest_augmentation = 16;

constexpr std::uint8_t format_mask = 0x0F;
constexpr std::uint8_t application_mask = 0x70;
constexpr std::uint8_t relative_to_position = 0x10;
constexpr std::uint8_t relative_to_data = 0x30;
constexpr std::uint8_t omitted = 0xFF;

Result<std::vector<std::byte>> read_body(const CfiSection& section, const CfiHeader& header)
{
    if (header.body_size > longest_entry) {
        return Fault{FaultCode::limit_reached, header.body, what};
    }
    std::vector<std::byte> bytes(static_cast<std::size_t>(header.body_size));
    PYCORE_CHECK(section.read(header.body, bytes, what));
    return bytes;
}

std::string_view read_augmentation(ByteReader& reader)
{
    const auto rest = reader.rest();
    const auto nul = std::find(rest.begin(), rest.end(), std::byte{0});
    const auto size = static_cast<std::size_t>(nul - rest.begin());
    const auto bytes = reader.take(size > longest_augmentation ? UINT64_MAX : size + 1);
    return bytes.empty() ? std::string_view{}
                         : std::string_view(reinterpret_cast<const char*>(bytes.data()), size);
}

/// False when a letter is unknown: what follows it cannot be found then.
bool read_augmentation_data(std::string_view letters,
                            ByteReader& reader,
                            std::uint64_t position,
                            CfiCommon& common)
{
    for (const char letter : letters) {
        switch (letter) {
        case 'z':
        case 'B': break;
        case 'S': common.signal_frame = true; break;
        case 'L': reader.read<std::uint8_t>(); break;
        case 'R': common.pointer_encoding = reader.read<std::uint8_t>(); break;
        case 'P': {
            const auto encoding = reader.read<std::uint8_t>();
            read_encoded(reader, encoding, position + reader.position(), 0);
            break;
        }
        default: return false;
        }
    }
    return true;
}

Result<std::shared_ptr<const CfiCommon>> read_common(const CfiSection& section, std::uint64_t at)
{
    const Fault malformed{FaultCode::bad_format, at, what};
    PYCORE_TRY(const auto header, read_cfi_header(section, at));
    if (!header || header->common) {
        return malformed;
    }
    PYCORE_TRY(const auto bytes, read_body(section, *header));
    ByteReader reader(bytes);
    const auto common = std::make_shared<CfiCommon>();
    const auto version = reader.read<std::uint8_t>();
    const std::string_view augmentation = read_augmentation(reader);
    if (version >= 4) {
        reader.take(2);  // sizes of addresses and segment selectors
    }
    common->code_alignment = reader.uleb128();
    common->data_alignment = reader.sleb128();
    common->return_column = version == 1 ? reader.read<std::uint8_t>() : reader.uleb128();
    if (augmentation.starts_with('z')) {
        common->augmented = true;
        const std::uint64_t size = reader.uleb128();
        const std::uint64_t position = header->body + reader.position();
        ByteReader data(reader.take(size));
        if (!read_augmentation_data(augmentation, data, position, *common) || data.failed()) {
            return malformed;
        }
    } else if (!augmentation.empty()) {
        return Fault{FaultCode::unsupported, at, what};
    }
    if (reader.failed() || (version != 1 && version != 3 && version != 4)) {
        return malformed;
    }
    common->instructions.assign(reader.rest().begin(), reader.rest().end());
    return std::shared_ptr<const CfiCommon>(common);
}

template <class T>
std::uint64_t as_unsigned(T value) noexcept
{
    return static_cast<std::uint64_t>(value);
}

}  // namespace

std::uint64_t read_encoded(ByteReader& reader,
                           std::uint8_t encoding,
                           std::uint64_t position,
                           std::uint64_t data) noexcept
{
    if (encoding == omitted) {
        return 0;
    }
    std::uint64_t value = 0;
    switch (encoding & format_mask) {
    case 0x0:
    case 0x4:
    case 0xC: value = reader.read<std::uint64_t>(); break;
    case 0x1: value = reader.uleb128(); break;
    case 0x2: value = reader.read<std::uint16_t>(); break;
    case 0x3: value = reader.read<std::uint32_t>(); break;
    case 0x9: value = as_unsigned(reader.sleb128()); break;
    case 0xA: value = as_unsigned(reader.read<std::int16_t>()); break;
    case 0xB: value = as_unsigned(reader.read<std::int32_t>()); break;
    default: reader.jump_to(-1); break;
    }
    switch (encoding & application_mask) {
    case relative_to_position: return value + position;
    case relative_to_data: return value + data;
    default: return value;
    }
}

Result<std::optional<CfiHeader>> read_cfi_header(const CfiSection& section, std::uint64_t at)
{
    struct Long {
        std::uint32_t mark;
        std::uint32_t low;
        std::uint32_t high;
    };
    const Fault malformed{FaultCode::bad_format, at, what};
    const std::uint64_t left = section.size - std::min(section.size, at - section.start);
    if (left < 8) {
        return std::optional<CfiHeader>{};
    }
    Long length{};
    const auto bytes = std::as_writable_bytes(std::span(&length, 1));
    PYCORE_CHECK(section.read(at, left < sizeof(Long) ? bytes.first(8) : bytes, what));
    if (length.mark == 0) {
        return std::optional<CfiHeader>{};
    }
    // Even in the 64-bit format .eh_frame has 32-bit identifiers; .debug_frame has 64-bit ones.
    const bool wide = length.mark == UINT32_MAX;
    const std::uint64_t size = wide ? length.low | std::uint64_t{length.high} << 32 : length.mark;
    const std::uint64_t start = at + (wide ? 12 : 4);
    const std::uint64_t id_size = wide && section.debug_frame ? 8 : 4;
    if (size < id_size || size > left) {
        return malformed;
    }
    std::uint64_t id = 0;
    PYCORE_CHECK(section.read(
        start, std::as_writable_bytes(std::span(&id, 1)).first(static_cast<std::size_t>(id_size)),
        what));
    CfiHeader header{.body = start + id_size, .body_size = size - id_size, .next = start + size};
    const std::uint64_t no_common = id_size == 8 ? UINT64_MAX : UINT32_MAX;
    if (section.debug_frame && id != no_common) {
        header.common = section.start + id;
    } else if (!section.debug_frame && id != 0) {
        header.common = start - id;
    }
    return std::optional(header);
}

Result<CfiEntry> read_cfi_entry(const CfiSection& section, std::uint64_t at)
{
    const Fault malformed{FaultCode::bad_format, at, what};
    PYCORE_TRY(const auto header, read_cfi_header(section, at));
    if (!header || !header->common) {
        return malformed;
    }
    CfiEntry entry;
    PYCORE_TRY(entry.common, read_common(section, *header->common));
    PYCORE_TRY(const auto bytes, read_body(section, *header));
    ByteReader reader(bytes);
    const std::uint8_t encoding = entry.common->pointer_encoding;
    entry.start = read_encoded(reader, encoding, header->body, 0) + section.bias;
    entry.size = read_encoded(reader, encoding & format_mask, 0, 0);
    if (entry.common->augmented) {
        reader.take(reader.uleb128());
    }
    if (reader.failed()) {
        return malformed;
    }
    entry.instructions.assign(reader.rest().begin(), reader.rest().end());
    return entry;
}

}  // namespace pycore
