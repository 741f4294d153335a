#include "waits/name_text.hpp"

#include <algorithm>
#include <array>

#include "objects/integer.hpp"
#include "objects/object.hpp"
#include "objects/text.hpp"
#include "pycore/text.hpp"

namespace pycore {
namespace {

constexpr std::size_t longest_name = 256;
constexpr std::size_t longest_key = 40;

// Attributes that a class of the standard library has for itself.
constexpr std::array<std::string_view, 12> own_attributes{
    "_lock",    "_cond",  "_block",          "_condition",      "_semlock", "_event",
    "_started", "_count", "_wait_semaphore", "_sleeping_count", "_rlock",   "_wlock",
};

std::string read_short(PythonObjects& objects, Address at, std::size_t most)
{
    Limits limits = objects.input().limits;
    limits.max_text_bytes = std::min(limits.max_text_bytes, most);
    return read_text(objects.memory(), objects.layout(), at, limits).value_or({});
}

/// Whether a class of `threading`, `queue`, `multiprocessing` or the like made `object`.
bool is_standard(PythonObjects& objects, Address object)
{
    const auto type = read_type(objects.memory(), objects.layout(), object);
    const std::string module = objects.types().name_of(type.value_or(Address{})).module;
    return module == "threading" || module == "queue" || module.starts_with("multiprocessing.") ||
           module.starts_with("concurrent.futures.");
}

std::string write_key(PythonObjects& objects, Address key, PrivacyLevel privacy)
{
    constexpr std::string_view hidden = "[...]";
    if (privacy == PrivacyLevel::open) {
        return std::string(hidden);
    }
    if (const auto number = read_unsigned(objects.memory(), objects.layout(), key)) {
        return '[' + std::to_string(*number) + ']';
    }
    const std::string text = read_short(objects, key, longest_key);
    return text.empty() || !is_printable(text) ? std::string(hidden) : "['" + text + "']";
}

}  // namespace

std::string write_path(PythonObjects& objects, const NamePath& path, PrivacyLevel privacy)
{
    std::string text = path.root.name;
    for (std::size_t i = 0; i < path.steps.size(); ++i) {
        const NamedReference& step = path.steps[i];
        if (step.step == Step::item) {
            text += '[' + std::to_string(step.what) + ']';
        } else if (step.step == Step::key) {
            text += write_key(objects, Address{step.what}, privacy);
        } else if (step.step == Step::attribute) {
            const std::string name = read_short(objects, Address{step.what}, longest_name);
            const bool is_own = std::ranges::find(own_attributes, name) != own_attributes.end() &&
                                is_standard(objects, path.passed[i]);
            text += is_own ? std::string() : '.' + name;
        }
    }
    return text;
}

}  // namespace pycore
