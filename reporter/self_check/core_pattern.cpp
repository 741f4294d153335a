#include "self_check/core_pattern.hpp"

#include <string_view>

namespace pycore {
namespace {

CoreHandler handler_of_program(std::string_view program)
{
    const std::string_view name = program.substr(program.rfind('/') + 1);
    if (name == "systemd-coredump") {
        return CoreHandler::systemd;
    }
    if (name == "apport") {
        return CoreHandler::apport;
    }
    if (name.starts_with("abrt-hook")) {
        return CoreHandler::abrt;
    }
    if (name == "pycore-report") {
        return CoreHandler::pycore;
    }
    return name == "false" || name == "true" ? CoreHandler::none : CoreHandler::program;
}

}  // namespace

CorePattern core_pattern_of(const Host& host)
{
    const auto text = host.text_of("/proc/sys/kernel/core_pattern");
    if (!text) {
        return {};
    }
    CorePattern pattern{.handler = CoreHandler::file, .text = *text, .program = {}};
    if (text->empty()) {
        // The name of the core is what core_uses_pid adds, else there is none.
        const bool named = host.text_of("/proc/sys/kernel/core_uses_pid") == "1";
        pattern.handler = named ? CoreHandler::file : CoreHandler::none;
    } else if (text->starts_with('|')) {
        const std::size_t start = text->find_first_not_of("| ");
        pattern.program = start == std::string::npos
                              ? std::string{}
                              : text->substr(start, text->find(' ', start) - start);
        pattern.handler = handler_of_program(pattern.program);
    } else if (text->starts_with('@')) {
        pattern.handler = text->find("/systemd/coredumpd/") != std::string::npos
                              ? CoreHandler::systemd
                              : CoreHandler::socket;
    }
    return pattern;
}

}  // namespace pycore
