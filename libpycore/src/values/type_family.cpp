#include "values/type_family.hpp"

namespace pycore {

const Printing* find_printing(std::span<const Printing> TypeFamily::*table,
                              std::string_view module,
                              std::string_view name)
{
    for (const TypeFamily* family : all_type_families()) {
        for (const Printing& printing : family->*table) {
            if (printing.name == name && printing.module == module) {
                return &printing;
            }
        }
    }
    return nullptr;
}

}  // namespace pycore
