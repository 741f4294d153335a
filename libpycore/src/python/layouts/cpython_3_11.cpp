// CPython 3.11, 64-bit. Measured from headers and DWARF on 3.11.2 and 3.11.7, x86-64: nothing
// moved between them.
//
// The current frame is reached through `_PyCFrame`, a frame starts with its function, and no frame
// is a shim. A `str` may still be a legacy one whose text is only in `wstr`. A debug build has the
// same members at the same places: its objects carry no more than those of a release build.

#include <array>

#include "python/layout.hpp"
#include "python/recognise.hpp"

namespace pycore::layouts {
namespace {

constexpr OpcodeTable opcodes = opcode_table({
    {OpcodeRole::other,
     0,
     {1,   10,  11,  12,  15,  30,  31,  32,  33,  35,  36,  37,  49,  50,  51,  52,  53,
      54,  61,  68,  69,  70,  71,  74,  75,  82,  83,  84,  85,  86,  87,  88,  89,  90,
      91,  93,  94,  96,  97,  98,  99,  102, 103, 104, 105, 108, 109, 110, 111, 112, 114,
      115, 117, 118, 119, 120, 123, 125, 126, 128, 129, 130, 131, 132, 133, 134, 135, 136,
      138, 139, 145, 146, 147, 148, 149, 152, 155, 156, 157, 161, 162, 163, 164, 165, 167}},
    {OpcodeRole::other, 1, {60, 92, 168, 169, 170, 177, 178, 179, 180}},
    {OpcodeRole::other, 2, {26, 27, 28, 29, 107}},
    {OpcodeRole::other, 4, {95, 153, 154, 158, 159}},
    {OpcodeRole::extended_argument, 0, {34, 144}},
    {OpcodeRole::load_local, 0, {45, 46, 124}},
    {OpcodeRole::load_cell, 0, {137}},
    {OpcodeRole::load_global, 5, {47, 48, 55, 116}},
    {OpcodeRole::load_name, 0, {101}},
    {OpcodeRole::load_attribute, 4, {39, 40, 41, 42, 43, 106}},
    {OpcodeRole::load_attribute, 10, {56, 57, 58, 59, 62, 63, 160}},
    {OpcodeRole::load_constant, 0, {44, 100}},
    {OpcodeRole::subscript, 4, {17, 18, 19, 20, 21, 25}},
    {OpcodeRole::binary_operation, 1, {3, 4, 5, 6, 7, 8, 13, 14, 16, 122}},
    {OpcodeRole::call, 0, {142}},
    {OpcodeRole::call, 4, {22, 23, 24, 171}},
    {OpcodeRole::jump_backward, 0, {38, 140, 173, 174, 175, 176}},
    {OpcodeRole::neutral, 0, {0, 2, 9, 150, 151, 172}},
    {OpcodeRole::neutral,
     1,
     {64, 65, 66, 67, 72, 73, 76, 77, 78, 79, 80, 81, 113, 121, 127, 141, 143, 166}},
});

constexpr Layout release{
    .since = {3, 11, 2},
    .measured_to = {3, 11, 7},
    .flavour = {},
    .runtime = {.size = 166688,
                .interpreters_head = {40},
                .interpreters_main = {48},
                .main_thread = {80},
                .finalizing = {24},
                .gil = {360}},
    .interpreter = {.size = 107752,
                    .next = {0},
                    .id = {48},
                    .runtime = {40},
                    .threads_head = {16},
                    .finalizing = {84},
                    .gc_collecting = {848},
                    .sys_dict = {904},
                    .builtins = {912},
                    .modules = {888}},
    .thread = {.size = 360,
               .previous = {0},
               .next = {8},
               .interpreter = {16},
               .cframe = {56},
               .root_cframe = {336},
               .thread_id = {152},
               .native_thread_id = {160},
               .datastack_chunk = {296},
               .raised_type = {96},
               .raised_value = {104},
               .raised_traceback = {112},
               .exception_item = {120}},
    .cframe = {.size = 24, .current_frame = {8}, .previous = {16}},
    .frame = {.size = 72,
              .code = {32},
              .previous = {48},
              .function = {0},
              .globals = {8},
              .locals = {24},
              .frame_object = {40},
              .instruction = {56},
              .stack_top = {64},
              .owner = {69},
              .locals_plus = {72},
              .instruction_is = InstructionPointer::last_executed},
    .code = {.size = 184,
             .units = {16},
             .flags = {48},
             .argument_count = {56},
             .positional_only_count = {60},
             .keyword_only_count = {64},
             .stack_size = {68},
             .constants = {24},
             .names = {32},
             .first_line = {72},
             .locals_plus_count = {76},
             .locals_plus_names = {96},
             .locals_plus_kinds = {104},
             .file = {112},
             .name = {120},
             .qualified_name = {128},
             .line_table = {136},
             .exception_table = {40},
             .first_traceable = {168},
             .bytecode = {184}},
    .generator = {.size = 80,
                  .frame = {80},
                  .frame_state = {75},
                  .name = {32},
                  .qualified_name = {40},
                  .created = -2},
    .object = {.size = 16, .type = {8}, .var_size = {16}},
    .type = {.size = 408,
             .name = {24},
             .basic_size = {32},
             .item_size = {40},
             .repr = {88},
             .flags = {168},
             .dict_offset = {288},
             .dict = {264},
             .mro = {344},
             .base = {256},
             .heap_name = {848},
             .heap_qualified_name = {864},
             .heap_cached_keys = {872}},
    .instance = {.managed_dict = ManagedDict::dict_and_values,
                 .dict_word_before = 24,
                 .values_word_before = 32},
    .text = {.length = {16},
             .state = {32},
             .kind_shift = 2,
             .compact_bit = 5,
             .ascii_bit = 6,
             .ready_bit = 7,
             .ascii_data = 48,
             .compact_data = 72,
             .data = {72},
             .wide = {40},
             .wide_length = {64}},
    .bytes = {.size = {16}, .data = {32}},
    .integer = {.signed_size = {16}, .digits = {24}},
    .floating = {.size = 24, .value = {16}},
    .byte_array = {.size = {16}, .data = {40}},
    .tuple = {.size = {16}, .items = {24}},
    .list = {.size = {16}, .items = {24}},
    .set = {.size = 200, .used = {24}, .mask = {32}, .table = {40}},
    .slice = {.start = {16}, .stop = {24}, .step = {32}},
    .dict = {.size = 48, .used = {16}, .keys = {32}, .values = {40}},
    .ordered_dict = {.prints_pairs = 1},
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

constexpr Layout debug()
{
    Layout table = release;
    table.flavour.debug = true;
    return table;
}

constexpr std::array all{release, debug()};

// The longer runtime, so that both flavours are found.
bool recognises(const Memory& memory, Address runtime)
{
    return embeds_main_interpreter(memory, all.back(), runtime);
}

}  // namespace

extern const LayoutSet cpython_3_11{.layouts = all, .recognises = recognises};

}  // namespace pycore::layouts
