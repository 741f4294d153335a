#include "waits/object_names.hpp"

namespace pycore {

std::string ObjectNames::find(Address /*object*/,
                              std::size_t /*interpreter*/,
                              std::size_t /*thread*/,
                              std::optional<std::size_t> /*frame*/)
{
    return {};
}

}  // namespace pycore
