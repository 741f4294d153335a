#include "waits/suspended_frame.hpp"

#include "objects/object.hpp"
#include "python/record.hpp"

namespace pycore {

Address suspended_frame(PythonObjects& objects, Address object)
{
    const Memory& memory = objects.memory();
    const Layout& layout = objects.layout();
    const auto type =
        is_aligned(object) ? read_type(memory, layout, object) : Result<Address>(Address{});
    if (!type || !is_aligned(*type) || objects.types().is_heap_type(*type)) {
        return {};
    }
    const Printing* const printing = objects.types().printing_of(*type);
    if (printing == nullptr || !printing->is_generator || is_freed(memory, layout, object)) {
        return {};
    }
    const auto state = read_field(memory, object, layout.generator.frame_state, "generator");
    const bool is_suspended = state && *state < 0 && *state != layout.generator.created;
    return is_suspended ? offset_by(object, layout.generator.frame.offset).value_or(Address{})
                        : Address{};
}

}  // namespace pycore
