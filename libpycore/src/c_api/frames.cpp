#include <variant>

#include "c_api/handles.hpp"

namespace pycore::c_api {
namespace {

const PythonFrame* python_of(const pycore_frame* frame) noexcept
{
    return frame == nullptr ? nullptr : std::get_if<PythonFrame>(frame_of(frame));
}

const NativeCall* native_of(const pycore_frame* frame) noexcept
{
    return frame == nullptr ? nullptr : std::get_if<NativeCall>(frame_of(frame));
}

const ModuleDescription* module_of(const pycore_report* report, const pycore_frame* frame) noexcept
{
    const NativeCall* const native = native_of(frame);
    return report != nullptr && native != nullptr && native->place->module
               ? item_at(report->report.snapshot.modules, *native->place->module)
               : nullptr;
}

const Variable* variable_at(const pycore_frame* frame, std::size_t index) noexcept
{
    const PythonFrame* const python = python_of(frame);
    return python != nullptr && python->variables ? item_at(python->variables->locals, index)
                                                  : nullptr;
}

const char* function_of(const PythonCode& code) noexcept
{
    return text_of(code.qualified_name.empty() ? code.name : code.qualified_name);
}

}  // namespace
}  // namespace pycore::c_api

using namespace pycore;
using namespace pycore::c_api;

int pycore_frame_kind(const pycore_frame* frame) noexcept
{
    if (frame == nullptr) {
        return PYCORE_FRAME_NONE;
    }
    return python_of(frame) != nullptr ? PYCORE_FRAME_PYTHON : PYCORE_FRAME_NATIVE;
}

const char* pycore_frame_function(const pycore_frame* frame) noexcept
{
    if (const PythonFrame* const python = python_of(frame)) {
        return function_of(*python->code);
    }
    const NativeCall* const native = native_of(frame);
    return native == nullptr ? nullptr : text_of(native->place->function);
}

const char* pycore_frame_file(const pycore_frame* frame) noexcept
{
    if (const PythonFrame* const python = python_of(frame)) {
        return text_of(python->code->file);
    }
    const NativeCall* const native = native_of(frame);
    return native == nullptr ? nullptr : text_of(native->place->file);
}

uint32_t pycore_frame_line(const pycore_frame* frame) noexcept
{
    if (const PythonFrame* const python = python_of(frame)) {
        return static_cast<uint32_t>(python->position.line.value_or(0));
    }
    const NativeCall* const native = native_of(frame);
    return native == nullptr ? 0 : native->place->line;
}

const char* pycore_frame_source(const pycore_frame* frame) noexcept
{
    const PythonFrame* const python = python_of(frame);
    return python != nullptr && python->source ? python->source->text.c_str() : nullptr;
}

uint64_t pycore_frame_address(const pycore_frame* frame) noexcept
{
    if (const PythonFrame* const python = python_of(frame)) {
        return python->address.value;
    }
    const NativeCall* const native = native_of(frame);
    return native == nullptr ? 0 : native->address.value;
}

const char* pycore_frame_module(const pycore_report* report, const pycore_frame* frame) noexcept
{
    const ModuleDescription* const module = module_of(report, frame);
    return module == nullptr ? nullptr : text_of(module->path);
}

const char* pycore_frame_build_id(const pycore_report* report, const pycore_frame* frame) noexcept
{
    const ModuleDescription* const module = module_of(report, frame);
    return module == nullptr ? nullptr : text_of(module->build_id);
}

uint64_t pycore_frame_module_offset(const pycore_frame* frame) noexcept
{
    const NativeCall* const native = native_of(frame);
    return native == nullptr ? 0 : native->place->module_offset;
}

int pycore_frame_inlined(const pycore_frame* frame) noexcept
{
    const NativeCall* const native = native_of(frame);
    return native != nullptr && native->inlined ? 1 : 0;
}

const char* pycore_frame_trust(const pycore_frame* frame) noexcept
{
    const NativeCall* const native = native_of(frame);
    return native == nullptr ? nullptr : text_of(name_of(native->trust));
}

size_t pycore_variable_count(const pycore_frame* frame) noexcept
{
    const PythonFrame* const python = python_of(frame);
    return python != nullptr && python->variables ? python->variables->locals.size() : 0;
}

const char* pycore_variable_name(const pycore_frame* frame, size_t index) noexcept
{
    const Variable* const variable = variable_at(frame, index);
    return variable == nullptr ? nullptr : text_of(variable->name);
}

const char* pycore_variable_type(const pycore_frame* frame, size_t index) noexcept
{
    const Variable* const variable = variable_at(frame, index);
    return variable == nullptr || !variable->bound ? nullptr : text_of(variable->value.type);
}

const char* pycore_variable_value(const pycore_frame* frame, size_t index) noexcept
{
    const Variable* const variable = variable_at(frame, index);
    return variable == nullptr || !variable->bound ? nullptr : variable->value.text.c_str();
}
