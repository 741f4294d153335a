// CPython 3.14, 64-bit. Measured from headers and DWARF on 3.14.4, 3.14.5, 3.14.8, 3.14.9 and
// 3.14.10, x86-64. 3.14.0 to 3.14.3 were not, so they count as extrapolated.
//
// Frames hold tagged references, `_PyStackRef`, and keep the address of their stack top. A tuple
// caches its hash before its items. 3.14.5 went back to the generational collector, which is
// longer and moves what follows it in the interpreter state.

#include <array>

#include "python/debug_offsets.hpp"
#include "python/layout.hpp"
#include "python/recognise.hpp"

namespace pycore::layouts {
namespace {

constexpr OpcodeTable opcodes = opcode_table({
    {OpcodeRole::other,
     0,
     {1,   2,   5,   6,   7,   8,   9,   10,  11,  12,  13,  14,  15,  16,  18,  19,  20,  21,  22,
      23,  24,  25,  26,  28,  29,  30,  31,  32,  34,  35,  36,  37,  40,  41,  42,  43,  45,  46,
      47,  48,  49,  50,  51,  53,  54,  58,  59,  60,  61,  62,  63,  64,  65,  66,  67,  68,  71,
      72,  73,  74,  76,  77,  78,  79,  81,  85,  90,  91,  95,  97,  98,  99,  104, 105, 107, 108,
      109, 111, 112, 113, 114, 115, 116, 117, 118, 120, 234, 235, 236, 239, 240, 246, 247, 248}},
    {OpcodeRole::other, 1, {38,  56,  57,  70,  96,  100, 101, 102, 103, 106, 119, 166,
                            167, 168, 169, 170, 171, 172, 173, 174, 194, 195, 197, 201,
                            202, 209, 210, 211, 237, 241, 242, 243, 244, 249}},
    {OpcodeRole::other, 3, {39, 203, 204, 205, 206, 207, 208}},
    {OpcodeRole::other, 4, {110, 198, 199, 200}},
    {OpcodeRole::extended_argument, 0, {69}},
    {OpcodeRole::load_local, 0, {84, 86, 88}},
    {OpcodeRole::load_two_locals, 0, {87, 89}},
    {OpcodeRole::load_cell, 0, {83}},
    {OpcodeRole::load_global, 4, {92, 192, 193}},
    {OpcodeRole::load_name, 0, {93}},
    {OpcodeRole::load_attribute_or_method,
     9,
     {80, 177, 178, 179, 180, 181, 182, 183, 184, 185, 186, 187, 188, 189}},
    {OpcodeRole::load_constant, 0, {82, 190, 191}},
    {OpcodeRole::load_small_int, 0, {94}},
    {OpcodeRole::binary_operation,
     5,
     {3, 44, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142}},
    {OpcodeRole::call, 0, {4, 252}},
    {OpcodeRole::call, 3, {52,  55,  143, 144, 145, 146, 147, 148, 149, 150, 151, 152, 153, 154,
                           155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165, 250, 251}},
    {OpcodeRole::jump_backward, 1, {75, 175, 176, 253}},
    {OpcodeRole::neutral, 0, {0, 27, 33, 128, 196, 245}},
});

constexpr Layout incremental{
    .since = {3, 14, 4},
    .measured_to = {3, 14, 4},
    .flavour = {},
    .runtime = {.size = 316592,
                .interpreters_head = {808},
                .interpreters_main = {816},
                .main_thread = {832},
                .finalizing = {784}},
    .interpreter = {.size = 225840,
                    .next = {7272},
                    .id = {7280},
                    .runtime = {7384},
                    .threads_head = {7344},
                    .finalizing = {7320},
                    .gc_collecting = {7600},
                    .sys_dict = {7648},
                    .builtins = {7656},
                    .modules = {7664},
                    .gil = {16}},
    .thread = {.size = 832,
               .previous = {0},
               .next = {8},
               .interpreter = {16},
               .current_frame = {72},
               .thread_id = {152},
               .native_thread_id = {160},
               .datastack_chunk = {232},
               .current_exception = {112},
               .exception_item = {120}},
    .frame = {.size = 80,
              .code = {0},
              .previous = {8},
              .function = {16},
              .globals = {24},
              .locals = {40},
              .frame_object = {48},
              .instruction = {56},
              .stack_pointer = {64},
              .owner = {74},
              .locals_plus = {80},
              .instruction_is = InstructionPointer::executing,
              .tag_mask = 3,
              .first_shim_owner = 3},
    .code = {.size = 208,
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
             .first_traceable = {192},
             .bytecode = {208}},
    .generator =
        {.size = 72, .frame = {72}, .frame_state = {67}, .name = {24}, .qualified_name = {32}},
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
    .instance = {.managed_dict = ManagedDict::dict_or_inline,
                 .dict_word_before = 24,
                 .inline_values_flag = 1 << 2},
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
    .tuple = {.size = {16}, .items = {32}},
    .list = {.size = {16}, .items = {24}},
    .set = {.size = 200, .used = {24}, .mask = {32}, .table = {40}},
    .slice = {.start = {16}, .stop = {24}, .step = {32}},
    .dict = {.size = 48, .used = {16}, .keys = {32}, .values = {40}},
    .dict_keys =
        {.size = 32, .log2_size = {8}, .log2_index_bytes = {9}, .kind = {10}, .entries = {24}},
    .dict_values = {.items = {8}, .capacity = {0}, .size = {1}, .valid = {3}},
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
    .weak_reference = {.object = {16}},
    .gil = {.last_holder = {8},
            .locked = {16},
            .condition = {32},
            .mutex = {80},
            .switch_condition = {120},
            .switch_mutex = {168}},
    .opcodes = &opcodes,
};

constexpr Layout generational()
{
    Layout table = incremental;
    table.since = {3, 14, 5};
    table.measured_to = {3, 14, 10};
    table.runtime.size += 24;
    table.interpreter.size += 24;
    table.interpreter.sys_dict.offset += 24;
    table.interpreter.builtins.offset += 24;
    table.interpreter.modules.offset += 24;
    return table;
}

// The parser's state is longer in a debug build, and so is what follows in the interpreter state
// after all members named here.
constexpr Layout debug(Layout table)
{
    table.flavour.debug = true;
    table.runtime.size += 16016;
    table.interpreter.size += 16;
    return table;
}

constexpr std::array all{incremental, generational(), debug(incremental), debug(generational())};

// Positions in `_Py_DebugOffsets`.
constexpr std::array<StructSize, 16> struct_sizes{{{"runtime", 24},
                                                   {"interpreter", 48},
                                                   {"thread", 176},
                                                   {"frame", 248},
                                                   {"code", 312},
                                                   {"generator", 664},
                                                   {"object", 400},
                                                   {"type", 416},
                                                   {"text", 616},
                                                   {"bytes", 592},
                                                   {"integer", 568},
                                                   {"floating", 552},
                                                   {"set", 496},
                                                   {"tuple", 448},
                                                   {"list", 472},
                                                   {"dict", 528}}};

constexpr DebugOffsets debug_offsets{
    .length = 760,
    .at =
        {
            .runtime = {.size = 24, .interpreters_head = {40}, .finalizing = {32}},
            .interpreter = {.size = 48,
                            .next = {64},
                            .id = {56},
                            .threads_head = {72},
                            .sys_dict = {104},
                            .builtins = {112},
                            .modules = {96}},
            .thread = {.size = 176,
                       .previous = {184},
                       .next = {192},
                       .interpreter = {200},
                       .current_frame = {208},
                       .thread_id = {216},
                       .native_thread_id = {224},
                       .datastack_chunk = {232}},
            .frame = {.size = 280,
                      .code = {264},
                      .previous = {256},
                      .instruction = {272},
                      .stack_pointer = {296},
                      .owner = {288},
                      .locals_plus = {280}},
            .code = {.size = 384,
                     .argument_count = {360},
                     .first_line = {352},
                     .locals_plus_names = {368},
                     .locals_plus_kinds = {376},
                     .file = {320},
                     .name = {328},
                     .qualified_name = {336},
                     .line_table = {344},
                     .bytecode = {384}},
            .generator = {.size = 680, .frame = {680}, .frame_state = {688}},
            .object = {.size = 400, .type = {408}},
            .type = {.size = 416, .name = {424}, .repr = {432}, .flags = {440}},
            .text = {.length = {632}, .state = {624}, .ascii_data = 640},
            .bytes = {.size = {600}, .data = {608}},
            .integer = {.tag = {576}, .digits = {584}},
            .floating = {.size = 552, .value = {560}},
            .tuple = {.size = {464}, .items = {456}},
            .list = {.size = {488}, .items = {480}},
            .set = {.size = 496, .used = {504}, .mask = {520}, .table = {512}},
            .dict = {.size = 528, .keys = {536}, .values = {544}},
        },
    .sizes = struct_sizes,
    .gc = 88,
    .gc_size = 648,
    .gc_collecting = 656,
};

Result<RefinedLayout> refine(const Layout& table, const Memory& memory, Address runtime)
{
    return refine_by(debug_offsets, table, memory, runtime);
}

bool recognises(const Memory& memory, Address runtime)
{
    return starts_with_debug_offsets(memory, runtime, incremental.since) &&
           interpreter_points_back(memory, incremental, runtime);
}

}  // namespace

extern const LayoutSet cpython_3_14{.layouts = all, .refine = refine, .recognises = recognises};

}  // namespace pycore::layouts
