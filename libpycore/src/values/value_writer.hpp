#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/budget.hpp"
#include "base/walk.hpp"
#include "objects/dict.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"
#include "values/known_types.hpp"

namespace pycore {

/// Writes the text of one value. A step that fails returns its fault before it wrote anything, and
/// the fault is written in place of that part.
class ValueWriter {
public:
    ValueWriter(const Memory& memory,
                const Layout& layout,
                KnownTypes& types,
                const Limits& limits,
                Budget& budget);

    void write(Address at);

    [[nodiscard]] std::string text() && { return std::move(out_); }
    [[nodiscard]] bool is_truncated() const { return truncated_; }

private:
    /// How a container looks in print.
    struct Shape {
        std::string open;
        std::string close;
        bool is_cut = false;              ///< it has more items
        bool has_trailing_comma = false;  ///< a tuple of one
    };

    Result<void> write_kind(Address at, Address type);
    Result<void> write_scalar(Address at, ValueKind kind);
    Result<void> write_container(Address at, Address type, ValueKind kind);

    Result<void> write_integer(Address at);
    Result<void> write_boolean(Address at);
    Result<void> write_float(Address at);
    Result<void> write_complex(Address at);
    Result<void> write_text(Address at);
    Result<void> write_bytes(Address at);
    Result<void> write_byte_array(Address at, Address type);
    Result<void> write_range(Address at);
    Result<void> write_slice(Address at);

    Result<void> write_list(Address at);
    Result<void> write_tuple(Address at);
    Result<void> write_dict(Address at);
    Result<void> write_set(Address at, Address type);
    void write_items(const std::vector<Address>& items, const Shape& shape);

    Result<void> write_type(Address at);
    Result<void> write_module(Address at);
    Result<void> write_function(Address at);
    Result<void> write_module_of_spec(Address spec);
    void write_plain_object(Address at, Address type);
    void write_fault(Address at, const Fault& fault);
    void write_corrupt(std::string_view reason, Address at);

    /// `at`, `at + 8` and so on, as pointers.
    Result<std::vector<Address>> read_pointers(Address at, std::size_t count, Label what) const;
    Result<std::vector<Address>> read_set_entries(Address at, bool& is_cut);
    Result<std::vector<std::byte>> read_content(Address at, std::int64_t size, Label what);
    Walk<DictEntry> read_entries(Address at);
    [[nodiscard]] std::string short_name(Address type) const;
    [[nodiscard]] bool is_none(Address at) const;
    void take_slots(std::uint64_t count);
    void cut();  ///< writes the mark of what a limit left out

    const Memory& memory_;
    const Layout& layout_;
    KnownTypes& types_;
    const Limits& limits_;
    Budget& budget_;
    std::string out_;
    std::vector<Address> path_;  ///< the containers around what is being written
    std::size_t nesting_ = 0;    ///< calls of `write` within each other
    std::uint64_t slots_left_;   ///< of hash tables, to look at
    bool truncated_ = false;
};

}  // namespace pycore
