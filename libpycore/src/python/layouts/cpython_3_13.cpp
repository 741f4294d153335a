// CPython 3.13, 64-bit. Measured from headers and DWARF on 3.13.0, 3.13.5, 3.13.12 (release only),
// 3.13.15 and 3.13.18, x86-64.
//
// The first version with `_Py_DebugOffsets`. The thread state points at its current frame, and an
// instance may hold its attribute values inside itself. The ends of the runtime, the interpreter
// state and the thread state moved between micro versions; no member named here did.

#include <array>
#include <cstdint>

#include "python/debug_offsets.hpp"
#include "python/layout.hpp"
#include "python/recognise.hpp"

namespace pycore::layouts {
namespace {

constexpr OpcodeTable opcodes = opcode_table({
    {OpcodeRole::other,
     0,
     {1,   2,   4,   6,   7,   8,   9,   10,  11,  12,  13,  14,  15,  16,  18,  19,  20,  21,  22,
      23,  24,  25,  26,  27,  28,  29,  31,  32,  33,  35,  36,  37,  38,  41,  42,  43,  44,  46,
      47,  48,  49,  50,  51,  52,  55,  56,  60,  61,  62,  63,  64,  65,  66,  67,  68,  69,  73,
      74,  75,  76,  78,  79,  80,  81,  86,  89,  90,  94,  95,  96,  101, 102, 103, 105, 106, 107,
      109, 110, 111, 112, 113, 114, 115, 116, 118, 237, 238, 239, 240, 241, 248}},
    {OpcodeRole::other, 1, {39,  58,  59,  72,  93,  97,  98,  99,  100, 104, 117, 182,
                            183, 184, 185, 186, 187, 188, 189, 190, 205, 206, 208, 212,
                            213, 220, 221, 222, 242, 243, 250, 251, 252, 253}},
    {OpcodeRole::other, 3, {40, 214, 215, 216, 217, 218, 219}},
    {OpcodeRole::other, 4, {108, 209, 210, 211}},
    {OpcodeRole::extended_argument, 0, {71}},
    {OpcodeRole::load_local, 0, {85, 87}},
    {OpcodeRole::load_two_locals, 0, {88}},
    {OpcodeRole::load_cell, 0, {84}},
    {OpcodeRole::load_global, 4, {91, 203, 204}},
    {OpcodeRole::load_name, 0, {92}},
    {OpcodeRole::load_attribute_or_method,
     9,
     {82, 191, 192, 193, 194, 195, 196, 197, 198, 199, 200, 201, 202}},
    {OpcodeRole::load_constant, 0, {83}},
    {OpcodeRole::subscript, 1, {5, 157, 158, 159, 160, 161}},
    {OpcodeRole::binary_operation, 1, {3, 45, 150, 151, 152, 153, 154, 155, 156}},
    {OpcodeRole::call, 0, {54, 57, 245, 246}},
    {OpcodeRole::call, 3, {53,  162, 163, 164, 165, 166, 167, 168, 169, 170, 171,
                           172, 173, 174, 175, 176, 177, 178, 179, 180, 181, 244}},
    {OpcodeRole::jump_backward, 1, {77, 249}},
    {OpcodeRole::neutral, 0, {0, 30, 34, 149, 207, 236}},
});

constexpr Layout first{
    .since = {3, 13, 0},
    .measured_to = {3, 13, 0},
    .flavour = {},
    .runtime = {.size = 283320,
                .interpreters_head = {632},
                .interpreters_main = {640},
                .main_thread = {656},
                .finalizing = {608}},
    .interpreter = {.size = 194968,
                    .next = {7264},
                    .id = {7272},
                    .runtime = {7376},
                    .threads_head = {7344},
                    .finalizing = {7320},
                    .gc_collecting = {7600},
                    .sys_dict = {7640},
                    .builtins = {7648},
                    .modules = {7656},
                    .gil = {16}},
    .thread = {.size = 304,
               .previous = {0},
               .next = {8},
               .interpreter = {16},
               .current_frame = {72},
               .thread_id = {152},
               .native_thread_id = {160},
               .datastack_chunk = {232},
               .current_exception = {112},
               .exception_item = {120}},
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
              .instruction_is = InstructionPointer::executing,
              .first_shim_owner = 3},
    .code = {.size = 200,
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
             .first_traceable = {184},
             .bytecode = {200}},
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
    .tuple = {.size = {16}, .items = {24}},
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

struct Sizes {
    std::uint32_t runtime;
    std::uint32_t interpreter;
    std::uint32_t thread;
};

constexpr Layout release(PythonVersion since, PythonVersion measured_to, Sizes sizes)
{
    Layout table = first;
    table.since = since;
    table.measured_to = measured_to;
    table.runtime.size = sizes.runtime;
    table.interpreter.size = sizes.interpreter;
    table.thread.size = sizes.thread;
    return table;
}

constexpr Layout release_5 = release({3, 13, 5}, {3, 13, 5}, {283376, 194976, 304});
constexpr Layout release_12 = release({3, 13, 12}, {3, 13, 12}, {283400, 194976, 304});
constexpr Layout release_15 = release({3, 13, 15}, {3, 13, 18}, {283408, 194984, 312});

// The parser's state is longer in a debug build, and so is what follows in the interpreter state
// after all members named here.
constexpr Layout debug(Layout table)
{
    table.flavour.debug = true;
    table.runtime.size += 16016;
    table.interpreter.size += 16;
    return table;
}

constexpr std::array all{first,        release_5,        release_12,       release_15,
                         debug(first), debug(release_5), debug(release_15)};

// Positions in `_Py_DebugOffsets`.
constexpr std::array<StructSize, 14> struct_sizes{{{"runtime", 24},
                                                   {"interpreter", 48},
                                                   {"thread", 152},
                                                   {"frame", 224},
                                                   {"code", 272},
                                                   {"object", 352},
                                                   {"type", 368},
                                                   {"text", 536},
                                                   {"bytes", 512},
                                                   {"integer", 488},
                                                   {"floating", 472},
                                                   {"tuple", 400},
                                                   {"list", 424},
                                                   {"dict", 448}}};

constexpr DebugOffsets debug_offsets{
    .length = 584,
    .at =
        {
            .runtime = {.size = 24, .interpreters_head = {40}, .finalizing = {32}},
            .interpreter = {.size = 48,
                            .next = {64},
                            .id = {56},
                            .threads_head = {72},
                            .sys_dict = {96},
                            .builtins = {104},
                            .modules = {88}},
            .thread = {.size = 152,
                       .previous = {160},
                       .next = {168},
                       .interpreter = {176},
                       .current_frame = {184},
                       .thread_id = {192},
                       .native_thread_id = {200},
                       .datastack_chunk = {208}},
            .frame = {.size = 256,
                      .code = {240},
                      .previous = {232},
                      .instruction = {248},
                      .owner = {264},
                      .locals_plus = {256}},
            .code = {.size = 344,
                     .argument_count = {320},
                     .first_line = {312},
                     .locals_plus_names = {328},
                     .locals_plus_kinds = {336},
                     .file = {280},
                     .name = {288},
                     .qualified_name = {296},
                     .line_table = {304},
                     .bytecode = {344}},
            .object = {.size = 352, .type = {360}},
            .type = {.size = 368, .name = {376}, .repr = {384}, .flags = {392}},
            .text = {.length = {552}, .state = {544}, .ascii_data = 560},
            .bytes = {.size = {520}, .data = {528}},
            .integer = {.tag = {496}, .digits = {504}},
            .floating = {.size = 472, .value = {480}},
            .tuple = {.size = {416}, .items = {408}},
            .list = {.size = {440}, .items = {432}},
            .dict = {.size = 448, .keys = {456}, .values = {464}},
        },
    .sizes = struct_sizes,
    .gc = 80,
    .gc_size = 568,
    .gc_collecting = 576,
};

Result<RefinedLayout> refine(const Layout& table, const Memory& memory, Address runtime)
{
    return refine_by(debug_offsets, table, memory, runtime);
}

bool recognises(const Memory& memory, Address runtime)
{
    return starts_with_debug_offsets(memory, runtime, first.since) &&
           interpreter_points_back(memory, first, runtime);
}

}  // namespace

extern const LayoutSet cpython_3_13{.layouts = all, .refine = refine, .recognises = recognises};

}  // namespace pycore::layouts
