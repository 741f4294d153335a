#!/usr/bin/env python3
"""Writes reporter/text/wide_characters.cpp: which characters take two columns of a terminal, as
traceback.py of the Python that runs this counts them. Use the newest:

    python3.14 print_wide.py > wide_characters.cpp
"""

import itertools
import sys
import unicodedata


def main():
    wide = lambda code_point: unicodedata.east_asian_width(chr(code_point)) in "WF"
    cells = []
    for is_wide, run in itertools.groupby(range(0x110000), key=wide):
        run = list(run)
        if is_wide:
            cells.append(f"{{0x{run[0]:X}, 0x{run[-1]:X}}},")
    version = ".".join(map(str, sys.version_info[:2]))
    print(f"// What CPython {version} says; libpycore/tools/print_wide.py wrote this.")
    print('\n#include "text/wide_characters.hpp"\n\n#include <algorithm>\n#include <array>\n')
    print("namespace pycore {\nnamespace {\n\nstruct Range {\n    char32_t first;\n    char32_t last;\n};\n")
    print("// clang-format off")
    print(f"constexpr std::array<Range, {len(cells)}> ranges{{{{")
    for at in range(0, len(cells), 4):
        print("    " + " ".join(cells[at:at + 4]))
    print("}};\n// clang-format on\n\n}  // namespace\n")
    print("bool is_wide(char32_t character) noexcept\n{")
    print("    const auto* const range = std::ranges::lower_bound(ranges, character, {}, &Range::last);")
    print("    return range != ranges.end() && character >= range->first;\n}\n")
    print("}  // namespace pycore")


main()
