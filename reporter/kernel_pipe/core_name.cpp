#include "kernel_pipe/core_name.hpp"

#include <algorithm>
#include <array>

namespace pycore {
namespace {

constexpr std::size_t longest_command = 15;

// As xescape(command, "./ ") of systemd.
std::string escape(std::string_view command)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string escaped;
    for (const char byte : command.substr(0, longest_command)) {
        const auto code = static_cast<unsigned char>(byte);
        if (code > ' ' && code < 127 && std::string_view("./\\").find(byte) == std::string::npos) {
            escaped += byte;
        } else {
            escaped += {'\\', 'x', digits[code >> 4U], digits[code & 15U]};
        }
    }
    return escaped.empty() ? "_" : escaped;
}

std::string hex_digits_of(std::string_view text)
{
    std::string hex;
    std::ranges::copy_if(text.substr(0, 64), std::back_inserter(hex),
                         [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    return hex;
}

}  // namespace

std::string stored_core_name(std::string_view command,
                             std::string_view boot_id,
                             const KernelPipeRequest& request)
{
    return "core." + escape(command) + "." + std::to_string(request.user) + "." +
           hex_digits_of(boot_id) + "." + std::to_string(request.pid) + "." +
           std::to_string(request.time) + "000000";
}

}  // namespace pycore
