#include "unwind/unwind_row.hpp"

#include <vector>

namespace pycore {
namespace {

constexpr Label what = "call frame instructions";
constexpr std::size_t most_remembered = 256;

enum Opcode : std::uint8_t {
    nop = 0x00,
    advance_loc1 = 0x02,
    advance_loc2 = 0x03,
    advance_loc4 = 0x04,
    offset_extended = 0x05,
    restore_extended = 0x06,
    undefined = 0x07,
    same_value = 0x08,
    in_register = 0x09,
    remember_state = 0x0A,
    restore_state = 0x0B,
    def_cfa = 0x0C,
    def_cfa_register = 0x0D,
    def_cfa_offset = 0x0E,
    def_cfa_expression = 0x0F,
    expression = 0x10,
    offset_extended_sf = 0x11,
    def_cfa_sf = 0x12,
    def_cfa_offset_sf = 0x13,
    val_offset = 0x14,
    val_offset_sf = 0x15,
    val_expression = 0x16,
    negate_ra_state = 0x2D,
    args_size = 0x2E,
    negative_offset_extended = 0x2F,
    advance_loc = 0x40,
    offset = 0x80,
    restore = 0xC0,
};

class Program {
public:
    using Kind = RegisterRule::Kind;

    Program(UnwindRow& row, std::uint64_t pc) : row_(row), pc_(pc) {}

    /// False when the instructions make no sense.
    bool run()
    {
        if (!execute(row_.entry.common->instructions)) {
            return false;
        }
        initial_ = row_.registers;
        location_ = row_.entry.start;
        return execute(row_.entry.instructions);
    }

private:
    struct State {
        CfaRule cfa;
        std::array<RegisterRule, register_columns> registers;
    };

    bool execute(std::span<const std::byte> instructions)
    {
        ByteReader reader(instructions);
        past_pc_ = false;
        while (!reader.at_end() && !past_pc_) {
            const auto byte = reader.read<std::uint8_t>();
            const std::uint8_t low = byte & 0x3F;
            bool known = true;
            switch (byte & 0xC0) {
            case advance_loc: advance(low); break;
            case offset: save(low, factored(reader.uleb128())); break;
            case restore: restore_rule(low); break;
            default:
                known = execute_location(byte, reader) || execute_cfa(byte, reader) ||
                        execute_register(byte, reader);
            }
            if (!known) {
                return false;
            }
        }
        return !reader.failed();
    }

    bool execute_location(std::uint8_t code, ByteReader& reader)
    {
        switch (code) {
        case nop: return true;
        case advance_loc1: advance(reader.read<std::uint8_t>()); return true;
        case advance_loc2: advance(reader.read<std::uint16_t>()); return true;
        case advance_loc4: advance(reader.read<std::uint32_t>()); return true;
        case args_size: reader.uleb128(); return true;
        case negate_ra_state: row_.return_address_signed = !row_.return_address_signed; return true;
        case remember_state:
            remembered_.push_back({row_.cfa, row_.registers});
            return remembered_.size() <= most_remembered;
        case restore_state:
            if (remembered_.empty()) {
                return false;
            }
            row_.cfa = remembered_.back().cfa;
            row_.registers = remembered_.back().registers;
            remembered_.pop_back();
            return true;
        default: return false;
        }
    }

    bool execute_cfa(std::uint8_t code, ByteReader& reader)
    {
        CfaRule& cfa = row_.cfa;
        switch (code) {
        case def_cfa:
            cfa = {.column = reader.uleb128()};
            cfa.offset = static_cast<std::int64_t>(reader.uleb128());
            return true;
        case def_cfa_sf:
            cfa = {.column = reader.uleb128()};
            cfa.offset = factored(static_cast<std::uint64_t>(reader.sleb128()));
            return true;
        case def_cfa_register: cfa.column = reader.uleb128(); return true;
        case def_cfa_offset: cfa.offset = static_cast<std::int64_t>(reader.uleb128()); return true;
        case def_cfa_offset_sf:
            cfa.offset = factored(static_cast<std::uint64_t>(reader.sleb128()));
            return true;
        case def_cfa_expression:
            cfa = {.expression = reader.take(reader.uleb128())};
            return !cfa.expression.empty();
        default: return false;
        }
    }

    bool execute_register(std::uint8_t code, ByteReader& reader)
    {
        const std::uint64_t column = reader.uleb128();
        switch (code) {
        case offset_extended: save(column, factored(reader.uleb128())); return true;
        case offset_extended_sf:
            save(column, factored(static_cast<std::uint64_t>(reader.sleb128())));
            return true;
        case negative_offset_extended: save(column, factored(0 - reader.uleb128())); return true;
        case restore_extended: restore_rule(column); return true;
        case undefined: set(column, {.kind = Kind::undefined}); return true;
        case same_value: set(column, {.kind = Kind::same}); return true;
        case in_register:
            set(column,
                {.kind = Kind::in_register, .number = static_cast<std::int64_t>(reader.uleb128())});
            return true;
        case val_offset:
            set(column, {.kind = Kind::is_offset, .number = factored(reader.uleb128())});
            return true;
        case val_offset_sf:
            set(column, {.kind = Kind::is_offset,
                         .number = factored(static_cast<std::uint64_t>(reader.sleb128()))});
            return true;
        case expression:
            set(column, {.kind = Kind::at_expression, .expression = reader.take(reader.uleb128())});
            return true;
        case val_expression:
            set(column, {.kind = Kind::is_expression, .expression = reader.take(reader.uleb128())});
            return true;
        default: return false;
        }
    }

    /// By the data alignment; wraps like the unsigned product it is.
    [[nodiscard]] std::int64_t factored(std::uint64_t number) const
    {
        return static_cast<std::int64_t>(
            number * static_cast<std::uint64_t>(row_.entry.common->data_alignment));
    }

    void advance(std::uint64_t delta)
    {
        move_to(location_ + delta * row_.entry.common->code_alignment);
    }

    void move_to(std::uint64_t location)
    {
        location_ = location;
        past_pc_ = location_ > pc_;
    }

    void set(std::uint64_t column, const RegisterRule& rule)
    {
        if (column < register_columns) {
            row_.registers[static_cast<std::size_t>(column)] = rule;
        }
    }

    void save(std::uint64_t column, std::int64_t place)
    {
        set(column, {.kind = Kind::at_offset, .number = place});
    }

    void restore_rule(std::uint64_t column)
    {
        if (column < register_columns) {
            set(column, initial_[static_cast<std::size_t>(column)]);
        }
    }

    UnwindRow& row_;
    std::uint64_t pc_;
    std::uint64_t location_ = 0;
    bool past_pc_ = false;
    std::array<RegisterRule, register_columns> initial_{};
    std::vector<State> remembered_;
};

}  // namespace

Result<std::shared_ptr<const UnwindRow>> make_unwind_row(CfiEntry entry, Address pc)
{
    const auto row = std::make_shared<UnwindRow>();
    row->entry = std::move(entry);
    const Fault malformed{FaultCode::bad_format, row->entry.start, what};
    if (row->entry.common->return_column >= register_columns || !Program(*row, pc.value).run()) {
        return malformed;
    }
    return std::shared_ptr<const UnwindRow>(row);
}

}  // namespace pycore
