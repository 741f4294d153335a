// CPython 3.12, 64-bit. Measured from headers and DWARF on 3.12.1, x86-64. That other micro
// versions are the same is not measured, so they count as extrapolated.
//
// 3.12 still reaches the current frame through `_PyCFrame`, but moved `current_frame` to its
// start. Each call of the eval loop has a shim frame on the C stack. The word for the managed
// dictionary holds either a dictionary or, tagged, the values.

#include <array>

#include "python/layout.hpp"
#include "python/recognise.hpp"

namespace pycore::layouts {
namespace {

constexpr OpcodeTable opcodes = opcode_table({
    {OpcodeRole::other, 0, {1,   3,   4,   5,   11,  12,  15,  26,  27,  30,  31,  32,  33,  35,
                            36,  37,  49,  50,  51,  52,  53,  54,  55,  61,  68,  69,  71,  74,
                            75,  83,  85,  87,  89,  90,  91,  94,  96,  97,  98,  99,  102, 103,
                            104, 105, 108, 109, 110, 114, 115, 117, 118, 119, 120, 121, 125, 126,
                            128, 129, 130, 131, 132, 133, 134, 135, 136, 138, 139, 143, 145, 146,
                            147, 149, 150, 152, 154, 155, 156, 157, 158, 162, 163, 164, 165, 173,
                            174, 175, 176, 238, 239, 242, 243, 245, 247, 249, 250, 251, 252}},
    {OpcodeRole::other, 1, {57,  58,  59,  60,  62,  63,  64,  65,  66,  67,  92, 93,
                            107, 123, 141, 159, 160, 161, 166, 167, 168, 237, 248}},
    {OpcodeRole::other, 4, {95, 113, 148, 153}},
    {OpcodeRole::extended_argument, 0, {144}},
    {OpcodeRole::load_local, 0, {86, 88, 124, 127}},
    {OpcodeRole::load_cell, 0, {137}},
    {OpcodeRole::load_global, 4, {111, 112, 116}},
    {OpcodeRole::load_name, 0, {101}},
    {OpcodeRole::load_attribute_or_method, 9, {70, 72, 73, 76, 77, 78, 79, 80, 81, 82, 106}},
    {OpcodeRole::load_constant, 0, {84, 100}},
    {OpcodeRole::subscript, 1, {19, 20, 21, 22, 25}},
    {OpcodeRole::binary_operation, 1, {6, 7, 8, 10, 13, 14, 16, 18, 122}},
    {OpcodeRole::call, 0, {142, 244}},
    {OpcodeRole::call,
     3,
     {23, 24, 28, 29, 34, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 56, 171, 241}},
    {OpcodeRole::jump_backward, 0, {140, 246}},
    {OpcodeRole::neutral, 0, {0, 2, 9, 151, 172, 240}},
});

constexpr Layout release{
    .since = {3, 12, 1},
    .measured_to = {3, 12, 1},
    .flavour = {},
    .runtime = {.size = 459944,
                .interpreters_head = {40},
                .interpreters_main = {48},
                .main_thread = {64},
                .finalizing = {24}},
    .interpreter = {.size = 383552,
                    .next = {0},
                    .id = {8},
                    .runtime = {96},
                    .threads_head = {72},
                    .finalizing = {44},
                    .gc_collecting = {312},
                    .sys_dict = {352},
                    .builtins = {360},
                    .modules = {944},
                    .gil = {384}},
    .thread = {.size = 288,
               .previous = {0},
               .next = {8},
               .interpreter = {16},
               .cframe = {56},
               .root_cframe = {272},
               .thread_id = {136},
               .native_thread_id = {144},
               .datastack_chunk = {232},
               .current_exception = {96},
               .exception_item = {104}},
    .cframe = {.size = 16, .current_frame = {0}, .previous = {8}},
    .frame = {.size = 72,
              .code = {0},
              .previous = {8},
              .function = {16},
              .globals = {24},
              .locals = {40},
              .frame_object = {48},
              .instruction = {56},
              .stack_top = {64},
              .owner = {70},
              .locals_plus = {72},
              .instruction_is = InstructionPointer::last_executed,
              .first_shim_owner = 3},
    .code = {.size = 192,
             .units = {16},
             .flags = {48},
             .argument_count = {52},
             .positional_only_count = {56},
             .keyword_only_count = {60},
             .stack_size = {64},
             .constants = {24},
             .names = {32},
             .first_line = {68},
             .locals_plus_count = {72},
             .locals_plus_names = {96},
             .locals_plus_kinds = {104},
             .file = {112},
             .name = {120},
             .qualified_name = {128},
             .line_table = {136},
             .exception_table = {40},
             .first_traceable = {176},
             .bytecode = {192}},
    .generator = {.size = 72,
                  .frame = {72},
                  .frame_state = {67},
                  .name = {24},
                  .qualified_name = {32},
                  .created = -2},
    .object = {.size = 16, .type = {8}, .var_size = {16}},
    .type = {.size = 416,
             .name = {24},
             .basic_size = {32},
             .item_size = {40},
             .repr = {88},
             .flags = {168},
             .dict_offset = {288},
             .dict = {264},
             .mro = {344},
             .base = {256},
             .heap_name = {856},
             .heap_qualified_name = {872},
             .heap_cached_keys = {880}},
    .instance = {.managed_dict = ManagedDict::tagged_word, .dict_word_before = 24},
    .text = {.length = {16},
             .state = {32},
             .kind_shift = 2,
             .compact_bit = 5,
             .ascii_bit = 6,
             .ascii_data = 40,
             .compact_data = 56,
             .data = {56}},
    .bytes = {.size = {16}, .data = {32}},
    .integer = {.tag = {16}, .digits = {24}},
    .floating = {.size = 24, .value = {16}},
    .byte_array = {.size = {16}, .data = {40}},
    .tuple = {.size = {16}, .items = {24}},
    .list = {.size = {16}, .items = {24}},
    .set = {.size = 200, .used = {24}, .mask = {32}, .table = {40}},
    .slice = {.start = {16}, .stop = {24}, .step = {32}},
    .dict = {.size = 48, .used = {16}, .keys = {32}, .values = {40}},
    .dict_keys =
        {.size = 32, .log2_size = {8}, .log2_index_bytes = {9}, .kind = {10}, .entries = {24}},
    .dict_values = {.items = {0}},
    .module = {.dict = {16}},
    .function =
        {.qualified_name = {40}, .name = {32}, .code = {48}, .globals = {16}, .closure = {72}},
    .exception_item = {.value = {0}, .previous = {8}},
    .exception = {.dict = {16},
                  .args = {24},
                  .traceback = {40},
                  .context = {48},
                  .cause = {56},
                  .suppress_context = {64}},
    .exception_group = {.message = {72}, .exceptions = {80}},
    .os_error = {.number = {72}, .text = {80}, .file = {88}, .second_file = {96}},
    .import_error = {.message = {72}},
    .syntax_error = {.message = {72},
                     .file = {80},
                     .line = {88},
                     .column = {96},
                     .end_line = {104},
                     .end_column = {112},
                     .text = {120}},
    .traceback = {.next = {16}, .frame = {24}, .last_instruction = {32}, .line = {36}},
    .frame_object = {.frame = {24}},
    .cell = {.value = {16}},
    .method = {.function = {16}, .self = {24}},
    .builtin = {.definition = {16}, .self = {24}, .module = {32}},
    .descriptor = {.type = {16}, .name = {24}},
    .member_descriptor = {.member = {40}},
    .weak_reference = {.object = {16}, .prints_full_name = 0},
    .gil = {.last_holder = {8},
            .locked = {16},
            .condition = {32},
            .mutex = {80},
            .switch_condition = {120},
            .switch_mutex = {168}},
    .opcodes = &opcodes,
};

// The parser's state is longer in a debug build, and so is what follows in the interpreter state
// after all members named here.
constexpr Layout debug()
{
    Layout table = release;
    table.flavour.debug = true;
    table.runtime.size += 16016;
    table.interpreter.size += 16;
    return table;
}

constexpr std::array all{release, debug()};

// The longer runtime, so that both flavours are found.
bool recognises(const Memory& memory, Address runtime)
{
    return embeds_main_interpreter(memory, all.back(), runtime);
}

}  // namespace

extern const LayoutSet cpython_3_12{.layouts = all, .recognises = recognises};

}  // namespace pycore::layouts
