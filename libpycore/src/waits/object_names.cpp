#include "waits/object_names.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "objects/object.hpp"
#include "objects/text.hpp"
#include "python/record.hpp"
#include "waits/name_text.hpp"

namespace pycore {
namespace {

constexpr std::size_t longest_name = 128;
// Of one thread, the innermost first: recursion does not make more names.
constexpr std::size_t most_frames = 64;
constexpr std::size_t most_frames_together = 50'000;
constexpr std::size_t most_bare_names = 200'000;

constexpr NameGraph::Extent near_extent{.depth = 2, .objects = 500};
constexpr NameGraph::Extent standard_extent{.depth = 2, .objects = 5'000};
constexpr NameGraph::Extent local_extent{.depth = 3, .objects = 50'000, .finds_roots = false};

std::string read_short(PythonObjects& objects, Address at)
{
    Limits limits = objects.input().limits;
    limits.max_text_bytes = std::min(limits.max_text_bytes, longest_name);
    return read_text(objects.memory(), objects.layout(), at, limits).value_or({});
}

bool is_of_self(const NamePath& path)
{
    return path.root.name == "self" && !path.steps.empty() &&
           path.steps.front().step == Step::attribute;
}

/// Whether the last step is from an instance to what it has for itself.
bool ends_in_instance(PythonObjects& objects, const NamePath& path)
{
    if (path.steps.empty() || path.steps.back().step != Step::attribute) {
        return false;
    }
    const Address owner = path.passed.back();
    const auto type = read_type(objects.memory(), objects.layout(), owner);
    const bool is_module = type && objects.types().is_exactly(*type, "module");
    return !is_module && !objects.types().is_type(owner);
}

}  // namespace

ObjectNames::Shared::Shared(PythonObjects& known)
    : objects(known),
      references(known),
      globals(references, {}),
      locals(references, local_extent),
      standard(references, standard_extent)
{
}

ObjectNames::Shared* ObjectNames::find_shared(std::size_t interpreter)
{
    if (const auto known = shared_.find(interpreter); known != shared_.end()) {
        return known->second.get();
    }
    PythonObjects* const objects = objects_.find(interpreter);
    if (objects == nullptr) {
        return nullptr;
    }
    Shared& shared =
        *shared_.emplace(interpreter, std::make_unique<Shared>(*objects)).first->second;
    add_roots(shared, interpreter);
    return &shared;
}

void ObjectNames::add_roots(Shared& shared, std::size_t interpreter)
{
    std::set<Address> seen;
    std::size_t together = 0;
    for (const Thread& thread : input_.threads) {
        std::size_t count = 0;
        for (const StackFrame& frame : thread.stack) {
            const auto* const python = std::get_if<PythonFrame>(&frame);
            if (python != nullptr && python->interpreter == interpreter && count++ < most_frames) {
                add_frame(shared, *python, seen);
            }
        }
        together += count;
        if (together > most_frames_together || input_.budget.deadline.passed()) {
            return;
        }
    }
}

void ObjectNames::add_frame(Shared& shared, const PythonFrame& frame, std::set<Address>& seen)
{
    FrameSlots& slots = shared.objects.frame_slots();
    const std::string& module = slots.module_of(frame);
    const bool is_standard = shared.references.is_standard(module) && module != "__main__";
    const Address globals = slots.globals(frame);
    if (seen.insert(globals).second) {
        NameGraph& graph = is_standard ? shared.standard : shared.globals;
        for (const NamedReference& name : shared.references.names_in(globals)) {
            if (!shared.references.may_refer(name.target)) {
                continue;
            }
            std::string text = read_short(shared.objects, Address{name.what});
            if (!text.empty() && !text.starts_with("__")) {
                graph.add_root({.name = std::move(text),
                                .module = module == "__main__" ? std::string() : module},
                               name.target);
            }
        }
    }
    if (is_standard) {
        return;
    }
    for (const NamedObject& local : slots.names(frame)) {
        // What else a function was called with is known by another name to whom it is passed on.
        if (local.name == "args" || local.name == "kwargs") {
            continue;
        }
        if (shared.bare.size() < most_bare_names && shared.references.may_refer(local.object)) {
            shared.bare.try_emplace(local.object.value, local.name);
            shared.locals.add_root({.name = std::string(local.name), .module = {}}, local.object);
        }
    }
}

std::optional<NamePath> ObjectNames::find_near(Shared& shared,
                                               Address object,
                                               std::size_t thread,
                                               std::size_t frame)
{
    const std::vector<StackFrame>& stack = input_.threads[thread].stack;
    const auto* const python =
        frame < stack.size() ? std::get_if<PythonFrame>(&stack[frame]) : nullptr;
    if (python == nullptr) {
        return std::nullopt;
    }
    NameGraph graph(shared.references, near_extent);
    for (const NamedObject& local : shared.objects.frame_slots().names(*python)) {
        graph.add_root({.name = std::string(local.name), .module = {}}, local.object);
    }
    return graph.find(object);
}

/// From the functions of the standard library that wait for the frame. What they call the object
/// itself is nothing to the program.
std::optional<NamePath> ObjectNames::find_inside(Shared& shared,
                                                 Address object,
                                                 std::size_t thread,
                                                 std::size_t frame)
{
    for (std::size_t i = std::min(frame, input_.threads[thread].stack.size()); i > 0; --i) {
        auto path = find_near(shared, object, thread, i - 1);
        if (path && !path->steps.empty()) {
            return path;
        }
    }
    return std::nullopt;
}

std::string ObjectNames::write_own_name(Shared& shared, Address object)
{
    if (const auto path = shared.globals.find(object)) {
        return ' ' + write_path(shared.objects, *path, input_.privacy);
    }
    for (const std::string_view name : {"name", "_name"}) {
        const Address value = shared.objects.attribute(object, name);
        const std::string text = value ? read_short(shared.objects, value) : std::string();
        if (!text.empty() && input_.privacy == PrivacyLevel::local) {
            return ' ' + text;
        }
    }
    return {};
}

std::string ObjectNames::write(Shared& shared, const NamePath& path)
{
    std::string text = write_path(shared.objects, path, input_.privacy);
    if (is_of_self(path)) {
        const auto type = read_type(shared.objects.memory(), shared.objects.layout(), path.start);
        const TypeName name = shared.objects.types().name_of(type.value_or(Address{}));
        text += name.qualified.empty() ? std::string() : " of " + name.qualified;
        text += write_own_name(shared, path.start);
    }
    return path.root.module.empty() ? text : text + " in " + path.root.module;
}

std::string ObjectNames::find_new(Shared& shared,
                                  Address object,
                                  std::size_t thread,
                                  std::optional<std::size_t> frame)
{
    // A module's name is what everybody knows it by.
    if (shared.objects.is_instance(object, "_frozen_importlib", "_ModuleLock")) {
        return read_short(shared.objects, shared.objects.attribute(object, "name"));
    }
    const auto global = shared.globals.find(object);
    if (global && !ends_in_instance(shared.objects, *global)) {
        return write(shared, *global);
    }
    const auto near = frame ? find_near(shared, object, thread, *frame) : std::optional<NamePath>();
    if (near && is_of_self(*near)) {
        return write(shared, *near);
    }
    if (global) {
        return write(shared, *global);
    }
    if (near && !near->steps.empty()) {
        return write(shared, *near);
    }
    if (const auto local = shared.locals.find(object)) {
        return write(shared, *local);
    }
    if (near) {
        return near->root.name;
    }
    if (const auto bare = shared.bare.find(object.value); bare != shared.bare.end()) {
        return bare->second;
    }
    if (const auto inside = find_inside(shared, object, thread, frame.value_or(0))) {
        return write(shared, *inside);
    }
    const auto standard = shared.standard.find(object);
    return standard ? write(shared, *standard) : std::string();
}

std::string ObjectNames::find(Address object,
                              std::size_t interpreter,
                              std::size_t thread,
                              std::optional<std::size_t> frame)
{
    Shared* const shared = object ? find_shared(interpreter) : nullptr;
    if (shared == nullptr || thread >= input_.threads.size()) {
        return {};
    }
    if (const auto known = shared->found.find(object.value); known != shared->found.end()) {
        return known->second;
    }
    return shared->found.emplace(object.value, find_new(*shared, object, thread, frame))
        .first->second;
}

}  // namespace pycore
