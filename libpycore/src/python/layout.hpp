#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pycore/address.hpp"
#include "pycore/memory.hpp"
#include "pycore/python_version.hpp"
#include "pycore/result.hpp"
#include "python/field.hpp"
#include "python/opcodes.hpp"

namespace pycore {

/// `_PyRuntimeState`. `size` is 0 where the struct's end is not used.
struct RuntimeLayout {
    std::uint32_t size = 0;
    Field<Address> interpreters_head;
    Field<Address> interpreters_main;
    Field<std::uint64_t> main_thread;  ///< pthread_self of the thread that initialised Python
    Field<Address> finalizing;         ///< thread state that runs `Py_Finalize`, or null
    Field<Address> gil;                ///< 3.11: the one GIL, its offset and not a pointer
};

/// `PyInterpreterState`.
struct InterpreterLayout {
    std::uint32_t size = 0;
    Field<Address> next;
    Field<std::int64_t> id;
    Field<Address> runtime;  ///< back to `_PyRuntime`
    Field<Address> threads_head;
    Field<std::int32_t> finalizing;
    Field<std::int32_t> gc_collecting;  ///< from the start of the interpreter state
    Field<Address> sys_dict;            ///< `sys.__dict__`
    Field<Address> builtins;            ///< dict
    Field<Address> modules;             ///< `sys.modules`
    Field<Address> gil;                 ///< 3.12 on: a pointer
};

/// `PyThreadState`. `current_frame` from 3.13 on, `cframe` before.
struct ThreadLayout {
    std::uint32_t size = 0;
    Field<Address> previous;
    Field<Address> next;
    Field<Address> interpreter;
    Field<Address> cframe;
    Field<Address> root_cframe;  ///< an embedded `_PyCFrame`: its offset, not a pointer
    Field<Address> current_frame;
    Field<std::uint64_t> thread_id;
    Field<std::uint64_t> native_thread_id;
    Field<Address> datastack_chunk;
    Field<Address> current_exception;  ///< being raised, 3.12 on
    Field<Address> raised_type;        ///< the same in 3.11
    Field<Address> raised_value;
    Field<Address> raised_traceback;
    Field<Address> exception_item;  ///< the innermost `_PyErr_StackItem`
};

/// `_PyCFrame` of 3.11 and 3.12.
struct CFrameLayout {
    std::uint32_t size = 0;
    Field<Address> current_frame;
    Field<Address> previous;
};

enum class InstructionPointer : std::uint8_t {
    last_executed,  ///< `prev_instr` of 3.11, 3.12: one unit before the code for a fresh frame
    executing       ///< `instr_ptr` of 3.13 on
};

/// `_PyInterpreterFrame`, and what its values mean.
struct FrameLayout {
    std::uint32_t size = 0;  ///< up to and without `localsplus`
    Field<Address> code;     ///< `f_code` or `f_executable`; masked with `tag_mask`
    Field<Address> previous;
    Field<Address> function;
    Field<Address> globals;
    Field<Address> locals;
    Field<Address> frame_object;
    Field<Address> instruction;
    Field<Address> stack_pointer;   ///< 3.14 on
    Field<std::int32_t> stack_top;  ///< up to 3.13
    Field<std::uint8_t> owner;
    Field<Address> locals_plus;  ///< first slot
    InstructionPointer instruction_is = InstructionPointer::last_executed;
    std::uint64_t tag_mask = 0;        ///< bits to clear in a `_PyStackRef`; 0 for plain pointers
    std::uint8_t owner_generator = 1;  ///< `owner` of a frame embedded in a generator
    /// `owner` values from here on are shims on the C stack, not Python frames.
    std::uint8_t first_shim_owner = 255;
};

/// `PyCodeObject`.
struct CodeLayout {
    std::uint32_t size = 0;     ///< up to the bytecode
    Field<std::int64_t> units;  ///< `ob_size`: code units of 2 bytes
    Field<std::int32_t> flags;
    Field<std::int32_t> argument_count;
    Field<std::int32_t> positional_only_count;
    Field<std::int32_t> keyword_only_count;
    Field<std::int32_t> stack_size;
    Field<Address> constants;  ///< a tuple
    Field<Address> names;      ///< a tuple
    Field<std::int32_t> first_line;
    Field<std::int32_t> locals_plus_count;
    Field<Address> locals_plus_names;
    Field<Address> locals_plus_kinds;
    Field<Address> file;
    Field<Address> name;
    Field<Address> qualified_name;
    Field<Address> line_table;
    Field<Address> exception_table;
    Field<std::int32_t> first_traceable;  ///< index of the first RESUME
    Field<std::uint8_t> bytecode;         ///< first byte of `co_code_adaptive`
};

/// `PyGenObject` and its like.
struct GeneratorLayout {
    std::uint32_t size = 0;
    Field<Address> frame;  ///< the embedded `_PyInterpreterFrame`: its offset, not a pointer
    Field<std::int8_t> frame_state;
    Field<Address> name;
    Field<Address> qualified_name;
    std::int8_t created = -3;  ///< `frame_state` of one that was never started
};

/// `PyObject`, `PyVarObject`, `PyTypeObject`, `PyHeapTypeObject`.
struct ObjectLayout {
    std::uint32_t size = 0;  ///< sizeof(PyObject)
    Field<Address> type;
    Field<std::int64_t> var_size;
};

struct TypeLayout {
    std::uint32_t size = 0;
    Field<Address> name;  ///< C string
    Field<std::int64_t> basic_size;
    Field<std::int64_t> item_size;
    Field<Address> repr;  ///< function that prints an instance
    Field<std::uint64_t> flags;
    Field<std::int64_t> dict_offset;
    Field<Address> dict;
    Field<Address> mro;
    Field<Address> base;
    Field<Address> heap_name;            ///< `ht_name`
    Field<Address> heap_qualified_name;  ///< `ht_qualname`
    Field<Address> heap_cached_keys;     ///< `ht_cached_keys`
};

/// How an instance finds its attributes: what the words before the object are.
enum class ManagedDict : std::uint8_t {
    dict_and_values,  ///< 3.11: dict at -24, values at -32
    tagged_word,      ///< 3.12: word at -24, bit 0 tells values (word + 1) from a dict
    dict_or_inline    ///< 3.13 on: dict at -24 or null, then values inside the object
};

struct InstanceLayout {
    ManagedDict managed_dict = ManagedDict::dict_or_inline;
    std::uint32_t dict_word_before = 24;   ///< bytes before the object
    std::uint32_t values_word_before = 0;  ///< 3.11 only
    std::uint64_t managed_dict_flag = 1 << 4;
    std::uint64_t inline_values_flag = 0;  ///< 0 where types have no inline values
};

/// `str`.
struct TextLayout {
    Field<std::int64_t> length;  ///< code points
    Field<std::uint32_t> state;
    std::uint32_t kind_shift = 2;
    std::uint32_t compact_bit = 5;
    std::uint32_t ascii_bit = 6;
    std::uint32_t ready_bit = 255;   ///< 3.11 only; 255 where every str is ready
    std::uint32_t ascii_data = 0;    ///< sizeof(PyASCIIObject)
    std::uint32_t compact_data = 0;  ///< sizeof(PyCompactUnicodeObject)
    Field<Address> data;             ///< pointer of a str that is not compact
    Field<Address> wide;             ///< `wstr` of 3.11
    Field<std::int64_t> wide_length;
};

struct BytesLayout {
    Field<std::int64_t> size;
    Field<std::uint8_t> data;  ///< first byte
};

/// `int`. Up to 3.11 the sign and the digit count are in `ob_size`, then in `lv_tag`.
struct IntegerLayout {
    Field<std::int64_t> signed_size;
    Field<std::uint64_t> tag;
    Field<std::uint32_t> digits;  ///< first digit, 30 bits each
};

struct FloatLayout {
    std::uint32_t size = 0;
    Field<double> value;
};

struct ByteArrayLayout {
    Field<std::int64_t> size;
    Field<Address> data;  ///< pointer to the first byte
};

struct SequenceLayout {
    Field<std::int64_t> size;
    Field<Address> items;  ///< tuple: the first item; list: pointer to the items
};

/// `set` and `frozenset`.
struct SetLayout {
    std::uint32_t size = 0;
    Field<std::int64_t> used;
    Field<std::int64_t> mask;  ///< entries of the table, less one
    Field<Address> table;
};

struct SliceLayout {
    Field<Address> start;
    Field<Address> stop;
    Field<Address> step;
};

struct DictLayout {
    std::uint32_t size = 0;
    Field<std::int64_t> used;
    Field<Address> keys;
    Field<Address> values;
};

/// `OrderedDict`.
struct OrderedDictLayout {
    std::uint8_t prints_pairs = 0;  ///< 3.11: as a list of pairs, not as a dict
};

/// `PyDictKeysObject`.
struct DictKeysLayout {
    std::uint32_t size = 0;  ///< up to the index array
    Field<std::uint8_t> log2_size;
    Field<std::uint8_t> log2_index_bytes;
    Field<std::uint8_t>
        kind;  ///< 0 general (24-byte entries), 1 unicode, 2 split (16-byte entries)
    Field<std::int64_t> entries;
};

/// `PyDictValues`.
struct DictValuesLayout {
    Field<Address> items;          ///< first value
    Field<std::uint8_t> capacity;  ///< 3.13 on
    Field<std::uint8_t> size;      ///< 3.13 on
    Field<std::uint8_t> valid;     ///< 3.13 on
};

struct ModuleLayout {
    Field<Address> dict;
};

struct FunctionLayout {
    Field<Address> qualified_name;
    Field<Address> name;
    Field<Address> code;
    Field<Address> globals;
    Field<Address> closure;  ///< a tuple of cells, or null
};

/// `_PyErr_StackItem`: one exception being handled.
struct ExceptionItemLayout {
    Field<Address> value;  ///< the exception, or null or None
    Field<Address> previous;
};

/// `BaseException`.
struct ExceptionLayout {
    Field<Address> dict;
    Field<Address> args;
    Field<Address> traceback;
    Field<Address> context;
    Field<Address> cause;
    Field<std::uint8_t> suppress_context;
};

/// `BaseExceptionGroup`.
struct ExceptionGroupLayout {
    Field<Address> message;
    Field<Address> exceptions;  ///< a tuple
};

/// `OSError`.
struct OsErrorLayout {
    Field<Address> number;
    Field<Address> text;
    Field<Address> file;
    Field<Address> second_file;
};

/// `ImportError`.
struct ImportErrorLayout {
    Field<Address> message;
};

/// `SyntaxError`.
struct SyntaxErrorLayout {
    Field<Address> message;
    Field<Address> file;
    Field<Address> line;
    Field<Address> column;
    Field<Address> end_line;
    Field<Address> end_column;
    Field<Address> text;
};

/// One entry of a traceback.
struct TracebackLayout {
    Field<Address> next;                   ///< the entry further in
    Field<Address> frame;                  ///< a frame object
    Field<std::int32_t> last_instruction;  ///< in bytes
    Field<std::int32_t> line;              ///< -1: not computed yet
};

/// `frame`.
struct FrameObjectLayout {
    Field<Address> frame;  ///< its `_PyInterpreterFrame`
};

/// `cell`.
struct CellLayout {
    Field<Address> value;  ///< null: unbound
};

/// A bound method.
struct MethodLayout {
    Field<Address> function;
    Field<Address> self;
};

/// A function or bound method written in C.
struct BuiltinLayout {
    Field<Address> definition;  ///< a `PyMethodDef`
    Field<Address> self;
    Field<Address> module;
};

/// What a type has for its methods and members written in C.
struct DescriptorLayout {
    Field<Address> type;
    Field<Address> name;
};

struct MemberDescriptorLayout {
    Field<Address> member;  ///< a `PyMemberDef`
};

struct WeakReferenceLayout {
    Field<Address> object;              ///< None when it has died
    std::uint8_t prints_full_name = 1;  ///< 3.13 on: of the type of what it is to
};

/// `_gil_runtime_state`: the GIL of one or more interpreters.
struct GilLayout {
    Field<Address> last_holder;  ///< thread state that took it last
    Field<std::int32_t> locked;  ///< 1: held by `last_holder`; -1: not created
    Field<Address> condition;    ///< a `pthread_cond_t`: its offset
    Field<Address> mutex;        ///< a `pthread_mutex_t`: its offset
    Field<Address>
        switch_condition;  ///< a `pthread_cond_t`: who has let go waits for another to take it
    Field<Address> switch_mutex;
};

/// All that differs between CPython builds, as data. Offsets are bytes; a field left out is absent.
struct Layout {
    PythonVersion since;        ///< first micro version this table is for
    PythonVersion measured_to;  ///< last micro version it was measured on
    Flavour flavour;
    RuntimeLayout runtime;
    InterpreterLayout interpreter;
    ThreadLayout thread;
    CFrameLayout cframe;
    FrameLayout frame;
    CodeLayout code;
    GeneratorLayout generator;
    ObjectLayout object;
    TypeLayout type;
    InstanceLayout instance;
    TextLayout text;
    BytesLayout bytes;
    IntegerLayout integer;
    FloatLayout floating;
    ByteArrayLayout byte_array;
    SequenceLayout tuple;
    SequenceLayout list;
    SetLayout set;
    SliceLayout slice;
    DictLayout dict;
    OrderedDictLayout ordered_dict;
    DictKeysLayout dict_keys;
    DictValuesLayout dict_values;
    ModuleLayout module;
    FunctionLayout function;
    ExceptionItemLayout exception_item;
    ExceptionLayout exception;
    ExceptionGroupLayout exception_group;
    OsErrorLayout os_error;
    ImportErrorLayout import_error;
    SyntaxErrorLayout syntax_error;
    TracebackLayout traceback;
    FrameObjectLayout frame_object;
    CellLayout cell;
    MethodLayout method;
    BuiltinLayout builtin;
    DescriptorLayout descriptor;
    MemberDescriptorLayout member_descriptor;
    WeakReferenceLayout weak_reference;
    GilLayout gil;
    const OpcodeTable* opcodes = nullptr;  ///< null: not known
};

/// A table corrected by the process's own `_Py_DebugOffsets`.
struct RefinedLayout {
    Layout layout;
    bool from_debug_offsets = false;
    std::vector<std::string>
        disagreements;  ///< members where table and process differ, or were refused
};

/// The tables of one minor version, one file each in `layouts/`.
struct LayoutSet {
    std::span<const Layout> layouts;  ///< of each flavour, oldest first
    /// Reads `_Py_DebugOffsets` at `runtime`, checks every value before it replaces the table's.
    /// Null where the version has none.
    Result<RefinedLayout> (*refine)(const Layout& table,
                                    const Memory& memory,
                                    Address runtime) = nullptr;
    /// True when the memory at `runtime` can be a `_PyRuntime` of this version: the check behind
    /// the search without symbols.
    bool (*recognises)(const Memory& memory, Address runtime) = nullptr;
};

/// The sets of all versions: written by the build from the folder `layouts/`.
std::span<const LayoutSet* const> all_layout_sets();

struct LayoutChoice {
    const LayoutSet* set = nullptr;
    const Layout* layout = nullptr;
    bool extrapolated = false;  ///< the version lies outside what the table was measured on
};

/// The newest table of this minor version and flavour that is not newer than `version` (or the
/// oldest when all are). Nothing when the minor version or the flavour has no table.
[[nodiscard]] std::optional<LayoutChoice> choose_layout(std::span<const LayoutSet* const> sets,
                                                        PythonVersion version,
                                                        Flavour flavour);

}  // namespace pycore
