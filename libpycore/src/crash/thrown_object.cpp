#include "crash/thrown_object.hpp"

#include <algorithm>
#include <array>

#include "pycore/text.hpp"
#include "unwind/symbol_names.hpp"

namespace pycore {
namespace {

constexpr Label what = "C++ exception";

// `__cxa_exception` of libstdc++ for 64-bit machines: what it begins with, the `exception_class`
// of the header of the unwinder in it, and its size. The thrown object follows.
constexpr std::uint64_t class_offset = 0x50;
constexpr std::uint64_t header_size = 0x70;
constexpr std::uint64_t own_class = 0x474E'5543'432B'2B00;        // "GNUCC++\0"
constexpr std::uint64_t dependent_class = 0x474E'5543'432B'2B01;  // of std::rethrow_exception

}  // namespace

std::optional<Address> find_defined_symbol(const Module& module, std::string_view name)
{
    const auto symbol = module.elf ? module.elf->find_symbol(name) : std::nullopt;
    return symbol ? std::optional(Address{module.bias + symbol->value}) : std::nullopt;
}

std::optional<ThrownObject> read_thrown_object(const Memory& memory, Address header)
{
    const auto kind = memory.read<std::uint64_t>(Address{header.value + class_offset}, what);
    const auto first = memory.read<Address>(header, what);
    if (!kind || !first) {
        return std::nullopt;
    }
    if (*kind == own_class) {
        return ThrownObject{.object = Address{header.value + header_size}, .type = *first};
    }
    if (*kind != dependent_class) {
        return std::nullopt;
    }
    const auto type = memory.read<Address>(Address{first->value - header_size}, what);
    return type ? std::optional(ThrownObject{.object = *first, .type = *type}) : std::nullopt;
}

// `std::type_info` is a virtual table and a mangled name.
std::string read_type_name(const Memory& memory, Address type)
{
    constexpr std::size_t longest_name = 2048;
    constexpr std::string_view of_name = "typeinfo name for ";
    const auto at = memory.read<Address>(Address{type.value + sizeof(Address)}, what);
    const auto name = at ? memory.read_c_string(*at, longest_name, what) : at.fault();
    if (!name || name->empty()) {
        return {};
    }
    // A name that has to be compared by its address is marked.
    const std::string mangled = name->substr(name->starts_with('*') ? 1 : 0);
    const std::string readable = readable_name("_ZTS" + mangled);
    return to_valid_utf8(readable.starts_with(of_name) ? readable.substr(of_name.size()) : mangled);
}

std::string read_what(const Memory& memory,
                      const Module& library,
                      const ThrownObject& thrown,
                      const Limits& limits)
{
    struct VirtualTable {
        std::uint64_t offset_to_top;
        Address type;
        std::array<Address, 3> functions;  // two destructors and what()
    };
    constexpr std::array owners{"_ZNKSt13runtime_error4whatEv", "_ZNKSt11logic_error4whatEv"};
    constexpr std::uint64_t before_functions = 2 * sizeof(Address);
    const auto object = memory.read<std::array<Address, 2>>(thrown.object, what);
    if (!object) {
        return {};
    }
    const auto table =
        memory.read<VirtualTable>(Address{(*object)[0].value - before_functions}, what);
    if (!table || table->offset_to_top != 0 || table->type != thrown.type) {
        return {};
    }
    const bool known = std::any_of(owners.begin(), owners.end(), [&](const char* name) {
        return find_defined_symbol(library, name) == table->functions[2];
    });
    const auto text = memory.read_c_string((*object)[1], limits.max_text_bytes, what);
    return known && text ? to_valid_utf8(*text) : std::string{};
}

}  // namespace pycore
