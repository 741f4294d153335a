/* Prints the layout table of one CPython, from its own headers:
 *
 *     cc -I INCLUDE/python3.14 -I INCLUDE/python3.14/internal -o print_layout print_layout.c
 *     ./print_layout          a table, as in src/python/layouts
 *     ./print_layout facts    the same as measured facts, as in tests/facts
 *
 * Add -D Py_DEBUG for a debug build. This is the one place that asks which version it is. */

#define Py_BUILD_CORE 1
#include <Python.h>
#include <stdio.h>
#include <string.h>

#include "pycore_code.h"
#include "pycore_dict.h"
#include "pycore_frame.h"
#include "pycore_interp.h"
#include "pycore_moduleobject.h"
#include "pycore_runtime.h"
#include "pycore_unicodeobject.h"
#if PY_VERSION_HEX >= 0x030e0000
#include "pycore_genobject.h"
#include "pycore_interpframe_structs.h"
#endif

enum kind { field, number };

static int facts;
static const char* group;
static int first_member;

static void begin(const char* name)
{
    group = name;
    first_member = 1;
    if (!facts) {
        printf("    .%s = {", name);
    }
}

static void end(void)
{
    if (!facts) {
        printf("},\n");
    }
}

static void print_fact(const char* member, enum kind kind, size_t bytes, size_t value)
{
    printf("%s.%s ", group, member);
    if (kind == field) {
        printf("%zu %zu\n", bytes, value);
    } else {
        printf("- %zu\n", value);
    }
}

static void put(const char* member, enum kind kind, size_t bytes, size_t value)
{
    if (facts) {
        print_fact(member, kind, bytes, value);
        return;
    }
    printf(kind == field ? "%s.%s = {%zu}" : "%s.%s = %zu", first_member ? "" : ", ", member,
           value);
    first_member = 0;
}

/* A member of the process; an array counts as its first element. */
#define MEMBER(name, type, path) put(name, field, sizeof(((type*)0)->path), offsetof(type, path))
/* An embedded struct: only where it lies counts. */
#define PLACE(name, type, path) put(name, field, 8, offsetof(type, path))
#define SIZE(name, bytes) put(name, number, 0, (bytes))

static void print_runtime(void)
{
    begin("runtime");
    SIZE("size", sizeof(_PyRuntimeState));
    MEMBER("interpreters_head", _PyRuntimeState, interpreters.head);
    MEMBER("interpreters_main", _PyRuntimeState, interpreters.main);
    MEMBER("main_thread", _PyRuntimeState, main_thread);
    MEMBER("finalizing", _PyRuntimeState, _finalizing);
#if PY_VERSION_HEX < 0x030c0000
    PLACE("gil", _PyRuntimeState, ceval.gil);
#endif
    end();
}

static void print_interpreter(void)
{
    begin("interpreter");
    SIZE("size", sizeof(PyInterpreterState));
    MEMBER("next", PyInterpreterState, next);
    MEMBER("id", PyInterpreterState, id);
    MEMBER("runtime", PyInterpreterState, runtime);
    MEMBER("threads_head", PyInterpreterState, threads.head);
    MEMBER("finalizing", PyInterpreterState, finalizing);
    MEMBER("gc_collecting", PyInterpreterState, gc.collecting);
    MEMBER("sys_dict", PyInterpreterState, sysdict);
    MEMBER("builtins", PyInterpreterState, builtins);
#if PY_VERSION_HEX >= 0x030c0000
    MEMBER("modules", PyInterpreterState, imports.modules);
#if PY_VERSION_HEX >= 0x030c0000
    MEMBER("gil", PyInterpreterState, ceval.gil);
#endif
#else
    MEMBER("modules", PyInterpreterState, modules);
#endif
    end();
}

static void print_thread(void)
{
    begin("thread");
    SIZE("size", sizeof(PyThreadState));
    MEMBER("previous", PyThreadState, prev);
    MEMBER("next", PyThreadState, next);
    MEMBER("interpreter", PyThreadState, interp);
#if PY_VERSION_HEX >= 0x030d0000
    MEMBER("current_frame", PyThreadState, current_frame);
#else
    MEMBER("cframe", PyThreadState, cframe);
    PLACE("root_cframe", PyThreadState, root_cframe);
#endif
    MEMBER("thread_id", PyThreadState, thread_id);
    MEMBER("native_thread_id", PyThreadState, native_thread_id);
    MEMBER("datastack_chunk", PyThreadState, datastack_chunk);
#if PY_VERSION_HEX >= 0x030c0000
    MEMBER("current_exception", PyThreadState, current_exception);
#else
    MEMBER("raised_type", PyThreadState, curexc_type);
    MEMBER("raised_value", PyThreadState, curexc_value);
    MEMBER("raised_traceback", PyThreadState, curexc_traceback);
#endif
    MEMBER("exception_item", PyThreadState, exc_info);
    end();
#if PY_VERSION_HEX < 0x030d0000
    begin("cframe");
    SIZE("size", sizeof(_PyCFrame));
    MEMBER("current_frame", _PyCFrame, current_frame);
    MEMBER("previous", _PyCFrame, previous);
    end();
#endif
}

static void print_frame(void)
{
    begin("frame");
    SIZE("size", offsetof(_PyInterpreterFrame, localsplus));
#if PY_VERSION_HEX >= 0x030d0000
    MEMBER("code", _PyInterpreterFrame, f_executable);
#else
    MEMBER("code", _PyInterpreterFrame, f_code);
#endif
    MEMBER("previous", _PyInterpreterFrame, previous);
#if PY_VERSION_HEX >= 0x030c0000
    MEMBER("function", _PyInterpreterFrame, f_funcobj);
#else
    MEMBER("function", _PyInterpreterFrame, f_func);
#endif
    MEMBER("globals", _PyInterpreterFrame, f_globals);
    MEMBER("locals", _PyInterpreterFrame, f_locals);
    MEMBER("frame_object", _PyInterpreterFrame, frame_obj);
#if PY_VERSION_HEX >= 0x030d0000
    MEMBER("instruction", _PyInterpreterFrame, instr_ptr);
#else
    MEMBER("instruction", _PyInterpreterFrame, prev_instr);
#endif
#if PY_VERSION_HEX >= 0x030e0000
    MEMBER("stack_pointer", _PyInterpreterFrame, stackpointer);
#else
    MEMBER("stack_top", _PyInterpreterFrame, stacktop);
#endif
    MEMBER("owner", _PyInterpreterFrame, owner);
    MEMBER("locals_plus", _PyInterpreterFrame, localsplus[0]);
    end();
}

static void print_code(void)
{
    begin("code");
    SIZE("size", offsetof(PyCodeObject, co_code_adaptive));
    MEMBER("units", PyCodeObject, ob_base.ob_size);
    MEMBER("flags", PyCodeObject, co_flags);
    MEMBER("argument_count", PyCodeObject, co_argcount);
    MEMBER("positional_only_count", PyCodeObject, co_posonlyargcount);
    MEMBER("keyword_only_count", PyCodeObject, co_kwonlyargcount);
    MEMBER("stack_size", PyCodeObject, co_stacksize);
    MEMBER("constants", PyCodeObject, co_consts);
    MEMBER("names", PyCodeObject, co_names);
    MEMBER("first_line", PyCodeObject, co_firstlineno);
    MEMBER("locals_plus_count", PyCodeObject, co_nlocalsplus);
    MEMBER("locals_plus_names", PyCodeObject, co_localsplusnames);
    MEMBER("locals_plus_kinds", PyCodeObject, co_localspluskinds);
    MEMBER("file", PyCodeObject, co_filename);
    MEMBER("name", PyCodeObject, co_name);
    MEMBER("qualified_name", PyCodeObject, co_qualname);
    MEMBER("line_table", PyCodeObject, co_linetable);
    MEMBER("exception_table", PyCodeObject, co_exceptiontable);
    MEMBER("first_traceable", PyCodeObject, _co_firsttraceable);
    MEMBER("bytecode", PyCodeObject, co_code_adaptive[0]);
    end();
    begin("generator");
    SIZE("size", offsetof(PyGenObject, gi_iframe));
    PLACE("frame", PyGenObject, gi_iframe);
    MEMBER("frame_state", PyGenObject, gi_frame_state);
    MEMBER("name", PyGenObject, gi_name);
    MEMBER("qualified_name", PyGenObject, gi_qualname);
    end();
}

static void print_types(void)
{
    begin("object");
    SIZE("size", sizeof(PyObject));
    MEMBER("type", PyObject, ob_type);
    MEMBER("var_size", PyVarObject, ob_size);
    end();
    begin("type");
    SIZE("size", sizeof(PyTypeObject));
    MEMBER("name", PyTypeObject, tp_name);
    MEMBER("basic_size", PyTypeObject, tp_basicsize);
    MEMBER("item_size", PyTypeObject, tp_itemsize);
    MEMBER("repr", PyTypeObject, tp_repr);
    MEMBER("flags", PyTypeObject, tp_flags);
    MEMBER("dict_offset", PyTypeObject, tp_dictoffset);
    MEMBER("dict", PyTypeObject, tp_dict);
    MEMBER("mro", PyTypeObject, tp_mro);
    MEMBER("base", PyTypeObject, tp_base);
    MEMBER("heap_name", PyHeapTypeObject, ht_name);
    MEMBER("heap_qualified_name", PyHeapTypeObject, ht_qualname);
    MEMBER("heap_cached_keys", PyHeapTypeObject, ht_cached_keys);
    end();
}

/* The first bit of a bit field: set it, and look. */
#define FIRST_BIT(name, bit_field)                 \
    do {                                           \
        PyASCIIObject object;                      \
        unsigned int word = 0;                     \
        memset(&object, 0, sizeof object);         \
        object.state.bit_field = 1;                \
        memcpy(&word, &object.state, sizeof word); \
        SIZE(name, (size_t)__builtin_ctz(word));   \
    } while (0)

static void print_text(void)
{
    begin("text");
    MEMBER("length", PyASCIIObject, length);
    MEMBER("state", PyASCIIObject, state);
    FIRST_BIT("kind_shift", kind);
    FIRST_BIT("compact_bit", compact);
    FIRST_BIT("ascii_bit", ascii);
#if PY_VERSION_HEX < 0x030c0000
    FIRST_BIT("ready_bit", ready);
#endif
    SIZE("ascii_data", sizeof(PyASCIIObject));
    SIZE("compact_data", sizeof(PyCompactUnicodeObject));
    MEMBER("data", PyUnicodeObject, data);
#if PY_VERSION_HEX < 0x030c0000
    MEMBER("wide", PyASCIIObject, wstr);
    MEMBER("wide_length", PyCompactUnicodeObject, wstr_length);
#endif
    end();
}

static void print_numbers_and_sequences(void)
{
    begin("bytes");
    MEMBER("size", PyBytesObject, ob_base.ob_size);
    MEMBER("data", PyBytesObject, ob_sval[0]);
    end();
    begin("integer");
#if PY_VERSION_HEX >= 0x030c0000
    MEMBER("tag", PyLongObject, long_value.lv_tag);
    MEMBER("digits", PyLongObject, long_value.ob_digit[0]);
#else
    MEMBER("signed_size", PyLongObject, ob_base.ob_size);
    MEMBER("digits", PyLongObject, ob_digit[0]);
#endif
    end();
    begin("floating");
    SIZE("size", sizeof(PyFloatObject));
    MEMBER("value", PyFloatObject, ob_fval);
    end();
    begin("byte_array");
    MEMBER("size", PyByteArrayObject, ob_base.ob_size);
    MEMBER("data", PyByteArrayObject, ob_start);
    end();
    begin("tuple");
    MEMBER("size", PyTupleObject, ob_base.ob_size);
    MEMBER("items", PyTupleObject, ob_item[0]);
    end();
    begin("list");
    MEMBER("size", PyListObject, ob_base.ob_size);
    MEMBER("items", PyListObject, ob_item);
    end();
}

static void print_sets_and_slices(void)
{
    begin("set");
    SIZE("size", sizeof(PySetObject));
    MEMBER("used", PySetObject, used);
    MEMBER("mask", PySetObject, mask);
    MEMBER("table", PySetObject, table);
    end();
    begin("slice");
    MEMBER("start", PySliceObject, start);
    MEMBER("stop", PySliceObject, stop);
    MEMBER("step", PySliceObject, step);
    end();
}

static void print_dicts(void)
{
    begin("dict");
    SIZE("size", sizeof(PyDictObject));
    MEMBER("used", PyDictObject, ma_used);
    MEMBER("keys", PyDictObject, ma_keys);
    MEMBER("values", PyDictObject, ma_values);
    end();
    begin("dict_keys");
    SIZE("size", offsetof(struct _dictkeysobject, dk_indices));
    MEMBER("log2_size", struct _dictkeysobject, dk_log2_size);
    MEMBER("log2_index_bytes", struct _dictkeysobject, dk_log2_index_bytes);
    MEMBER("kind", struct _dictkeysobject, dk_kind);
    MEMBER("entries", struct _dictkeysobject, dk_nentries);
    end();
    begin("dict_values");
    MEMBER("items", struct _dictvalues, values[0]);
#if PY_VERSION_HEX >= 0x030d0000
    MEMBER("capacity", struct _dictvalues, capacity);
    MEMBER("size", struct _dictvalues, size);
    MEMBER("valid", struct _dictvalues, valid);
#endif
    end();
    begin("module");
    MEMBER("dict", PyModuleObject, md_dict);
    end();
    begin("function");
    MEMBER("qualified_name", PyFunctionObject, func_qualname);
    MEMBER("name", PyFunctionObject, func_name);
    MEMBER("code", PyFunctionObject, func_code);
    MEMBER("globals", PyFunctionObject, func_globals);
    MEMBER("closure", PyFunctionObject, func_closure);
    end();
}

static void print_exceptions_and_methods(void)
{
    begin("exception_item");
    MEMBER("value", _PyErr_StackItem, exc_value);
    MEMBER("previous", _PyErr_StackItem, previous_item);
    end();
    begin("exception");
    MEMBER("dict", PyBaseExceptionObject, dict);
    MEMBER("args", PyBaseExceptionObject, args);
    MEMBER("traceback", PyBaseExceptionObject, traceback);
    MEMBER("context", PyBaseExceptionObject, context);
    MEMBER("cause", PyBaseExceptionObject, cause);
    MEMBER("suppress_context", PyBaseExceptionObject, suppress_context);
    end();
    begin("exception_group");
    MEMBER("message", PyBaseExceptionGroupObject, msg);
    MEMBER("exceptions", PyBaseExceptionGroupObject, excs);
    end();
    begin("os_error");
    MEMBER("number", PyOSErrorObject, myerrno);
    MEMBER("text", PyOSErrorObject, strerror);
    MEMBER("file", PyOSErrorObject, filename);
    MEMBER("second_file", PyOSErrorObject, filename2);
    end();
    begin("import_error");
    MEMBER("message", PyImportErrorObject, msg);
    end();
    begin("syntax_error");
    MEMBER("message", PySyntaxErrorObject, msg);
    MEMBER("file", PySyntaxErrorObject, filename);
    MEMBER("line", PySyntaxErrorObject, lineno);
    MEMBER("column", PySyntaxErrorObject, offset);
    MEMBER("end_line", PySyntaxErrorObject, end_lineno);
    MEMBER("end_column", PySyntaxErrorObject, end_offset);
    MEMBER("text", PySyntaxErrorObject, text);
    end();
    begin("traceback");
    MEMBER("next", PyTracebackObject, tb_next);
    MEMBER("frame", PyTracebackObject, tb_frame);
    MEMBER("last_instruction", PyTracebackObject, tb_lasti);
    MEMBER("line", PyTracebackObject, tb_lineno);
    end();
    begin("frame_object");
    MEMBER("frame", PyFrameObject, f_frame);
    end();
    begin("cell");
    MEMBER("value", PyCellObject, ob_ref);
    end();
    begin("method");
    MEMBER("function", PyMethodObject, im_func);
    MEMBER("self", PyMethodObject, im_self);
    end();
    begin("builtin");
    MEMBER("definition", PyCFunctionObject, m_ml);
    MEMBER("self", PyCFunctionObject, m_self);
    MEMBER("module", PyCFunctionObject, m_module);
    end();
    begin("descriptor");
    MEMBER("type", PyDescrObject, d_type);
    MEMBER("name", PyDescrObject, d_name);
    end();
    begin("member_descriptor");
    MEMBER("member", PyMemberDescrObject, d_member);
    end();
    begin("weak_reference");
    MEMBER("object", PyWeakReference, wr_object);
    end();
}

static void print_gil(void)
{
    begin("gil");
    MEMBER("last_holder", struct _gil_runtime_state, last_holder);
    MEMBER("locked", struct _gil_runtime_state, locked);
    PLACE("condition", struct _gil_runtime_state, cond);
    PLACE("mutex", struct _gil_runtime_state, mutex);
    PLACE("switch_condition", struct _gil_runtime_state, switch_cond);
    PLACE("switch_mutex", struct _gil_runtime_state, switch_mutex);
    end();
}

int main(int count, char** arguments)
{
    facts = count > 1 && strcmp(arguments[1], "facts") == 0;
    if (facts) {
#ifdef Py_DEBUG
        printf("member bytes %d.%d.%d-debug\n", PY_MAJOR_VERSION, PY_MINOR_VERSION,
               PY_MICRO_VERSION);
#else
        printf("member bytes %d.%d.%d-release\n", PY_MAJOR_VERSION, PY_MINOR_VERSION,
               PY_MICRO_VERSION);
#endif
    }
    print_runtime();
    print_interpreter();
    print_thread();
    print_frame();
    print_code();
    print_types();
    print_text();
    print_numbers_and_sequences();
    print_sets_and_slices();
    print_dicts();
    print_exceptions_and_methods();
    print_gil();
    return 0;
}
