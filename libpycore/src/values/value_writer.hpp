#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/budget.hpp"
#include "base/try.hpp"
#include "base/walk.hpp"
#include "objects/dict.hpp"
#include "privacy/secret_filter.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"
#include "python/record.hpp"
#include "values/known_types.hpp"

namespace pycore {

/// Writes the text of one value. What the files of `types/` need of it is public: a `WriteValue`
/// returns a fault before it wrote anything, and the fault is written in place of that part.
class ValueWriter {
public:
    ValueWriter(const Memory& memory,
                const Layout& layout,
                KnownTypes& types,
                const Limits& limits,
                Budget& budget,
                SecretFilter* secrets);

    [[nodiscard]] std::string text() && { return std::move(out_); }
    [[nodiscard]] bool is_truncated() const { return truncated_; }
    [[nodiscard]] bool is_redacted() const { return redacted_; }
    [[nodiscard]] bool is_corrupt() const { return corrupt_; }

    [[nodiscard]] const Memory& memory() const { return memory_; }
    [[nodiscard]] const Layout& layout() const { return layout_; }
    [[nodiscard]] const Limits& limits() const { return limits_; }
    [[nodiscard]] KnownTypes& types() { return types_; }

    /// The object there, as its `repr()`.
    void write(Address at);
    /// The same for what has a name: an attribute, a field, an entry of a dict by its str key.
    void write_named_value(std::string_view name, Address value);
    void put(std::string_view text) { out_ += text; }
    void put_address(Address at);
    void cut();  ///< writes the mark of what a limit left out
    [[nodiscard]] bool is_full() const { return out_.size() >= limits_.max_value_bytes; }
    /// `<module.Class object at 0x...>`
    void write_plain_object(Address at, Address type);
    void write_fault(Address at, const Fault& fault);

    /// Stays inside an object while it lives. False where it is inside already, as Python sees it
    /// too for most types, or where it would be too deep.
    class Inside {
    public:
        enum class Again : std::uint8_t { never, goes_on };

        Inside(ValueWriter& writer, Address at, Again again = Again::never);
        Inside(const Inside&) = delete;
        Inside& operator=(const Inside&) = delete;
        ~Inside();
        explicit operator bool() const { return entered_; }

    private:
        ValueWriter& writer_;
        bool entered_ = false;
    };

    /// How a container looks in print.
    struct Shape {
        std::string open;
        std::string close;
        bool is_cut = false;              ///< it has more items
        bool has_trailing_comma = false;  ///< a tuple of one
    };
    void write_items(const std::vector<Address>& items, const Shape& shape);
    /// "'a': 1"
    void write_entry(const DictEntry& entry, std::string_view between);
    /// "{'a': 1}"
    void write_entries(Address at, Walk<DictEntry> entries);

    /// The first entries of a dict; one more than are printed tells that there are more.
    [[nodiscard]] Walk<DictEntry> read_entries(Address at);
    /// `at`, `at + 8` and so on, as pointers.
    [[nodiscard]] Result<std::vector<Address>> read_pointers(Address at,
                                                             std::size_t count,
                                                             Label what) const;
    /// The member that many bytes after the object's header: of structs that no header of CPython
    /// declares, and that are the same in all versions.
    template <class T>
    [[nodiscard]] Result<T> read_member(Address at, std::uint32_t after_header, Label what) const
    {
        return read_field(memory_, at, Field<T>{layout_.object.size + after_header}, what);
    }
    /// How much may still be looked at, and paying for it.
    [[nodiscard]] std::uint64_t slots_left() const { return slots_left_; }
    void take_slots(std::uint64_t count);

    /// A name: the text of a str, or "?".
    [[nodiscard]] std::string read_name(Address text) const;
    /// `type.__name__`
    [[nodiscard]] std::string short_name(Address type) const;
    [[nodiscard]] bool is_none(Address at) const;
    /// The attribute of that object, in its dict or slots; or null.
    [[nodiscard]] Address find_own_attribute(Address at, std::string_view name);
    /// The same, or one of its classes.
    [[nodiscard]] Address find_attribute(Address at, std::string_view name);
    /// Its text as `str()` has it, where that is a str; else "?".
    [[nodiscard]] std::string text_attribute(Address at, std::string_view name);

private:
    Result<void> write_object(Address at);
    void write_corrupt(std::string_view reason, Address at);

    const Memory& memory_;
    const Layout& layout_;
    KnownTypes& types_;
    const Limits& limits_;
    Budget& budget_;
    SecretFilter* secrets_;  ///< null: nothing is one
    std::string out_;
    std::vector<Address> path_;  ///< the containers around what is being written
    std::size_t nesting_ = 0;    ///< calls of `write` within each other
    std::uint64_t slots_left_;   ///< of hash tables and chains, to look at
    Address attributes_of_;      ///< the object that one was looked for in last
    Walk<DictEntry> attributes_;
    bool truncated_ = false;
    bool redacted_ = false;
    bool corrupt_ = false;
};

}  // namespace pycore
