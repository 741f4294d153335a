#include "crash/abort_message.hpp"

#include <algorithm>
#include <string_view>

#include "base/file_name.hpp"
#include "pycore/text.hpp"

namespace pycore {
namespace {

constexpr Label what = "__abort_msg";

/// "libc.so.6", and "libc-2.31.so" as it was called before.
bool is_c_library(const Module& module)
{
    const std::string_view path = module.path;
    const std::string_view name = file_name(path);
    return name.starts_with("libc.so.") || name.starts_with("libc-2.");
}

/// `struct abort_msg_s`: how many bytes were mapped for it, then the text.
std::optional<std::string> read_message(const Memory& memory, Address at, const Limits& limits)
{
    const auto size = memory.read<std::uint32_t>(at, what);
    const auto text = offset_by(at, sizeof(std::uint32_t));
    if (!size || !text || *size <= sizeof(std::uint32_t)) {
        return std::nullopt;
    }
    const std::size_t most =
        std::min<std::size_t>(*size - sizeof(std::uint32_t), limits.max_text_bytes);
    auto message = memory.read_c_string(*text, most, what);
    if (!message) {
        return std::nullopt;
    }
    while (message->ends_with('\n')) {
        message->pop_back();
    }
    return message->empty() ? std::nullopt : std::optional(to_valid_utf8(*message));
}

}  // namespace

std::optional<std::string> read_abort_message(const Memory& memory,
                                              std::span<const Module> modules,
                                              const Limits& limits)
{
    for (const Module& module : modules) {
        const auto symbol = is_c_library(module) && module.elf
                                ? module.elf->find_symbol("__abort_msg")
                                : std::nullopt;
        if (!symbol) {
            continue;
        }
        const auto pointer = memory.read<Address>(Address{module.bias + symbol->value}, what);
        if (pointer && *pointer) {
            return read_message(memory, *pointer, limits);
        }
    }
    return std::nullopt;
}

}  // namespace pycore
