#pragma once

#include <string_view>

#include "python/layout.hpp"

namespace pycore {

// Calls visit(group, member, layouts.group.member...) for every member of one or several layouts:
// visit("thread", "next", table.thread.next, other.thread.next). What is done to each member
// alike, comparing, printing, correcting, so needs no list of its own.

template <class Visit, class... Part>
void visit_runtime_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "size", part.size...);
    visit(group, "interpreters_head", part.interpreters_head...);
    visit(group, "interpreters_main", part.interpreters_main...);
    visit(group, "main_thread", part.main_thread...);
    visit(group, "finalizing", part.finalizing...);
    visit(group, "gil", part.gil...);
}

template <class Visit, class... Part>
void visit_interpreter_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "size", part.size...);
    visit(group, "next", part.next...);
    visit(group, "id", part.id...);
    visit(group, "runtime", part.runtime...);
    visit(group, "threads_head", part.threads_head...);
    visit(group, "finalizing", part.finalizing...);
    visit(group, "gc_collecting", part.gc_collecting...);
    visit(group, "sys_dict", part.sys_dict...);
    visit(group, "builtins", part.builtins...);
    visit(group, "modules", part.modules...);
    visit(group, "gil", part.gil...);
}

template <class Visit, class... Part>
void visit_thread_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "size", part.size...);
    visit(group, "previous", part.previous...);
    visit(group, "next", part.next...);
    visit(group, "interpreter", part.interpreter...);
    visit(group, "cframe", part.cframe...);
    visit(group, "root_cframe", part.root_cframe...);
    visit(group, "current_frame", part.current_frame...);
    visit(group, "thread_id", part.thread_id...);
    visit(group, "native_thread_id", part.native_thread_id...);
    visit(group, "datastack_chunk", part.datastack_chunk...);
    visit(group, "current_exception", part.current_exception...);
    visit(group, "raised_type", part.raised_type...);
    visit(group, "raised_value", part.raised_value...);
    visit(group, "raised_traceback", part.raised_traceback...);
    visit(group, "exception_item", part.exception_item...);
}

template <class Visit, class... Part>
void visit_cframe_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "size", part.size...);
    visit(group, "current_frame", part.current_frame...);
    visit(group, "previous", part.previous...);
}

template <class Visit, class... Part>
void visit_frame_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "size", part.size...);
    visit(group, "code", part.code...);
    visit(group, "previous", part.previous...);
    visit(group, "function", part.function...);
    visit(group, "globals", part.globals...);
    visit(group, "locals", part.locals...);
    visit(group, "frame_object", part.frame_object...);
    visit(group, "instruction", part.instruction...);
    visit(group, "stack_pointer", part.stack_pointer...);
    visit(group, "stack_top", part.stack_top...);
    visit(group, "owner", part.owner...);
    visit(group, "locals_plus", part.locals_plus...);
    visit(group, "instruction_is", part.instruction_is...);
    visit(group, "tag_mask", part.tag_mask...);
    visit(group, "owner_generator", part.owner_generator...);
    visit(group, "first_shim_owner", part.first_shim_owner...);
}

template <class Visit, class... Part>
void visit_code_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "size", part.size...);
    visit(group, "units", part.units...);
    visit(group, "flags", part.flags...);
    visit(group, "argument_count", part.argument_count...);
    visit(group, "positional_only_count", part.positional_only_count...);
    visit(group, "keyword_only_count", part.keyword_only_count...);
    visit(group, "stack_size", part.stack_size...);
    visit(group, "constants", part.constants...);
    visit(group, "names", part.names...);
    visit(group, "first_line", part.first_line...);
    visit(group, "locals_plus_count", part.locals_plus_count...);
    visit(group, "locals_plus_names", part.locals_plus_names...);
    visit(group, "locals_plus_kinds", part.locals_plus_kinds...);
    visit(group, "file", part.file...);
    visit(group, "name", part.name...);
    visit(group, "qualified_name", part.qualified_name...);
    visit(group, "line_table", part.line_table...);
    visit(group, "exception_table", part.exception_table...);
    visit(group, "first_traceable", part.first_traceable...);
    visit(group, "bytecode", part.bytecode...);
}

template <class Visit, class... Part>
void visit_generator_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "size", part.size...);
    visit(group, "frame", part.frame...);
    visit(group, "frame_state", part.frame_state...);
    visit(group, "name", part.name...);
    visit(group, "qualified_name", part.qualified_name...);
    visit(group, "created", part.created...);
}

template <class Visit, class... Part>
void visit_object_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "size", part.size...);
    visit(group, "type", part.type...);
    visit(group, "var_size", part.var_size...);
}

template <class Visit, class... Part>
void visit_type_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "size", part.size...);
    visit(group, "name", part.name...);
    visit(group, "basic_size", part.basic_size...);
    visit(group, "item_size", part.item_size...);
    visit(group, "repr", part.repr...);
    visit(group, "flags", part.flags...);
    visit(group, "dict_offset", part.dict_offset...);
    visit(group, "dict", part.dict...);
    visit(group, "mro", part.mro...);
    visit(group, "base", part.base...);
    visit(group, "heap_name", part.heap_name...);
    visit(group, "heap_qualified_name", part.heap_qualified_name...);
    visit(group, "heap_cached_keys", part.heap_cached_keys...);
}

template <class Visit, class... Part>
void visit_instance_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "managed_dict", part.managed_dict...);
    visit(group, "dict_word_before", part.dict_word_before...);
    visit(group, "values_word_before", part.values_word_before...);
    visit(group, "managed_dict_flag", part.managed_dict_flag...);
    visit(group, "inline_values_flag", part.inline_values_flag...);
}

template <class Visit, class... Part>
void visit_text_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "length", part.length...);
    visit(group, "state", part.state...);
    visit(group, "kind_shift", part.kind_shift...);
    visit(group, "compact_bit", part.compact_bit...);
    visit(group, "ascii_bit", part.ascii_bit...);
    visit(group, "ready_bit", part.ready_bit...);
    visit(group, "ascii_data", part.ascii_data...);
    visit(group, "compact_data", part.compact_data...);
    visit(group, "data", part.data...);
    visit(group, "wide", part.wide...);
    visit(group, "wide_length", part.wide_length...);
}

template <class Visit, class... Part>
void visit_bytes_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "size", part.size...);
    visit(group, "data", part.data...);
}

template <class Visit, class... Part>
void visit_integer_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "signed_size", part.signed_size...);
    visit(group, "tag", part.tag...);
    visit(group, "digits", part.digits...);
}

template <class Visit, class... Part>
void visit_float_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "size", part.size...);
    visit(group, "value", part.value...);
}

template <class Visit, class... Part>
void visit_byte_array_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "size", part.size...);
    visit(group, "data", part.data...);
}

template <class Visit, class... Part>
void visit_sequence_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "size", part.size...);
    visit(group, "items", part.items...);
}

template <class Visit, class... Part>
void visit_set_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "size", part.size...);
    visit(group, "used", part.used...);
    visit(group, "mask", part.mask...);
    visit(group, "table", part.table...);
}

template <class Visit, class... Part>
void visit_slice_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "start", part.start...);
    visit(group, "stop", part.stop...);
    visit(group, "step", part.step...);
}

template <class Visit, class... Part>
void visit_dict_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "size", part.size...);
    visit(group, "used", part.used...);
    visit(group, "keys", part.keys...);
    visit(group, "values", part.values...);
}

template <class Visit, class... Part>
void visit_ordered_dict_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "prints_pairs", part.prints_pairs...);
}

template <class Visit, class... Part>
void visit_dict_keys_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "size", part.size...);
    visit(group, "log2_size", part.log2_size...);
    visit(group, "log2_index_bytes", part.log2_index_bytes...);
    visit(group, "kind", part.kind...);
    visit(group, "entries", part.entries...);
}

template <class Visit, class... Part>
void visit_dict_values_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "items", part.items...);
    visit(group, "capacity", part.capacity...);
    visit(group, "size", part.size...);
    visit(group, "valid", part.valid...);
}

template <class Visit, class... Part>
void visit_module_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "dict", part.dict...);
}

template <class Visit, class... Part>
void visit_function_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "qualified_name", part.qualified_name...);
    visit(group, "name", part.name...);
    visit(group, "code", part.code...);
    visit(group, "globals", part.globals...);
    visit(group, "closure", part.closure...);
}

template <class Visit, class... Part>
void visit_exception_item_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "value", part.value...);
    visit(group, "previous", part.previous...);
}

template <class Visit, class... Part>
void visit_exception_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "dict", part.dict...);
    visit(group, "args", part.args...);
    visit(group, "traceback", part.traceback...);
    visit(group, "context", part.context...);
    visit(group, "cause", part.cause...);
    visit(group, "suppress_context", part.suppress_context...);
}

template <class Visit, class... Part>
void visit_exception_group_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "message", part.message...);
    visit(group, "exceptions", part.exceptions...);
}

template <class Visit, class... Part>
void visit_os_error_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "number", part.number...);
    visit(group, "text", part.text...);
    visit(group, "file", part.file...);
    visit(group, "second_file", part.second_file...);
}

template <class Visit, class... Part>
void visit_import_error_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "message", part.message...);
}

template <class Visit, class... Part>
void visit_syntax_error_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "message", part.message...);
    visit(group, "file", part.file...);
    visit(group, "line", part.line...);
    visit(group, "column", part.column...);
    visit(group, "end_line", part.end_line...);
    visit(group, "end_column", part.end_column...);
    visit(group, "text", part.text...);
}

template <class Visit, class... Part>
void visit_traceback_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "next", part.next...);
    visit(group, "frame", part.frame...);
    visit(group, "last_instruction", part.last_instruction...);
    visit(group, "line", part.line...);
}

template <class Visit, class... Part>
void visit_frame_object_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "frame", part.frame...);
}

template <class Visit, class... Part>
void visit_cell_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "value", part.value...);
}

template <class Visit, class... Part>
void visit_method_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "function", part.function...);
    visit(group, "self", part.self...);
}

template <class Visit, class... Part>
void visit_builtin_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "definition", part.definition...);
    visit(group, "self", part.self...);
    visit(group, "module", part.module...);
}

template <class Visit, class... Part>
void visit_descriptor_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "type", part.type...);
    visit(group, "name", part.name...);
}

template <class Visit, class... Part>
void visit_member_descriptor_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "member", part.member...);
}

template <class Visit, class... Part>
void visit_weak_reference_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "object", part.object...);
    visit(group, "prints_full_name", part.prints_full_name...);
}

template <class Visit, class... Part>
void visit_gil_members(Visit& visit, std::string_view group, Part&... part)
{
    visit(group, "last_holder", part.last_holder...);
    visit(group, "locked", part.locked...);
    visit(group, "condition", part.condition...);
    visit(group, "mutex", part.mutex...);
    visit(group, "switch_condition", part.switch_condition...);
    visit(group, "switch_mutex", part.switch_mutex...);
}

template <class Visit, class... Layouts>
void visit_members(Visit&& visit, Layouts&... layouts)
{
    visit_runtime_members(visit, "runtime", layouts.runtime...);
    visit_interpreter_members(visit, "interpreter", layouts.interpreter...);
    visit_thread_members(visit, "thread", layouts.thread...);
    visit_cframe_members(visit, "cframe", layouts.cframe...);
    visit_frame_members(visit, "frame", layouts.frame...);
    visit_code_members(visit, "code", layouts.code...);
    visit_generator_members(visit, "generator", layouts.generator...);
    visit_object_members(visit, "object", layouts.object...);
    visit_type_members(visit, "type", layouts.type...);
    visit_instance_members(visit, "instance", layouts.instance...);
    visit_text_members(visit, "text", layouts.text...);
    visit_bytes_members(visit, "bytes", layouts.bytes...);
    visit_integer_members(visit, "integer", layouts.integer...);
    visit_float_members(visit, "floating", layouts.floating...);
    visit_byte_array_members(visit, "byte_array", layouts.byte_array...);
    visit_sequence_members(visit, "tuple", layouts.tuple...);
    visit_sequence_members(visit, "list", layouts.list...);
    visit_set_members(visit, "set", layouts.set...);
    visit_slice_members(visit, "slice", layouts.slice...);
    visit_dict_members(visit, "dict", layouts.dict...);
    visit_ordered_dict_members(visit, "ordered_dict", layouts.ordered_dict...);
    visit_dict_keys_members(visit, "dict_keys", layouts.dict_keys...);
    visit_dict_values_members(visit, "dict_values", layouts.dict_values...);
    visit_module_members(visit, "module", layouts.module...);
    visit_function_members(visit, "function", layouts.function...);
    visit_exception_item_members(visit, "exception_item", layouts.exception_item...);
    visit_exception_members(visit, "exception", layouts.exception...);
    visit_exception_group_members(visit, "exception_group", layouts.exception_group...);
    visit_os_error_members(visit, "os_error", layouts.os_error...);
    visit_import_error_members(visit, "import_error", layouts.import_error...);
    visit_syntax_error_members(visit, "syntax_error", layouts.syntax_error...);
    visit_traceback_members(visit, "traceback", layouts.traceback...);
    visit_frame_object_members(visit, "frame_object", layouts.frame_object...);
    visit_cell_members(visit, "cell", layouts.cell...);
    visit_method_members(visit, "method", layouts.method...);
    visit_builtin_members(visit, "builtin", layouts.builtin...);
    visit_descriptor_members(visit, "descriptor", layouts.descriptor...);
    visit_member_descriptor_members(visit, "member_descriptor", layouts.member_descriptor...);
    visit_weak_reference_members(visit, "weak_reference", layouts.weak_reference...);
    visit_gil_members(visit, "gil", layouts.gil...);
}

}  // namespace pycore
