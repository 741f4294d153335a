// print_opcodes X.Y: "NUMBER CACHES ROLE" of each opcode that our table knows.

#include <array>
#include <cstdio>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>

#include "python/layout.hpp"

namespace {

constexpr std::array<std::string_view, 17> roles{"opaque",
                                                 "other",
                                                 "neutral",
                                                 "extended_argument",
                                                 "load_local",
                                                 "load_two_locals",
                                                 "load_cell",
                                                 "load_global",
                                                 "load_name",
                                                 "load_attribute",
                                                 "load_attribute_or_method",
                                                 "load_constant",
                                                 "load_small_int",
                                                 "subscript",
                                                 "binary_operation",
                                                 "call",
                                                 "jump_backward"};

int print(std::string_view version)
{
    for (const pycore::LayoutSet* set : pycore::all_layout_sets()) {
        const pycore::Layout& layout = set->layouts.front();
        const std::string name =
            std::to_string(layout.since.major) + '.' + std::to_string(layout.since.minor);
        if (name != version || layout.opcodes == nullptr) {
            continue;
        }
        for (std::size_t i = 0; i < layout.opcodes->size(); ++i) {
            const pycore::Opcode& opcode = (*layout.opcodes)[i];
            if (opcode.role != pycore::OpcodeRole::opaque) {
                std::cout << i << ' ' << int{opcode.caches} << ' '
                          << roles.at(static_cast<std::size_t>(opcode.role)) << '\n';
            }
        }
        return 0;
    }
    std::cerr << "print_opcodes: no table for " << version << '\n';
    return 1;
}

}  // namespace

int main(int count, char** arguments)
try {
    return print(count == 2 ? arguments[1] : "");
} catch (const std::exception& error) {
    std::cerr << "print_opcodes: " << error.what() << '\n';
    return 2;
}
