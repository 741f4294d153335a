#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "objects/dict.hpp"
#include "python/layout.hpp"
#include "support/fake_memory.hpp"

namespace pycore::test {

/// Every layout table of every version: tests that concern layouts run over all of them.
std::vector<const Layout*> every_layout();

/// "3.13.5 debug": what a failed test was about.
std::string name_of(const Layout& layout);

struct TextShape {
    std::uint32_t width = 1;  ///< bytes a character
    bool ascii = false;
    bool compact = true;  ///< false: the characters are elsewhere, as in a subclass of str
};

/// `PyDictKeysObject.dk_kind`.
enum class KeysKind : std::uint8_t { general = 0, unicode = 1, split = 2 };

/// A code object. Without a table of its own, unit `n` is on line `first_line + n`.
struct CodeShape {
    std::string name = "f";
    std::string qualified_name = "f";
    std::string file = "app.py";
    std::int32_t first_line = 1;
    std::int64_t units = 8;
    std::int32_t first_traceable = 0;
    std::string line_table = {};
};

struct FrameShape {
    Address code = {};
    Address previous = {};
    std::int64_t unit = 0;
    std::uint8_t owner = 0;
    Address at = {};  ///< mapped memory to put it in; null: anywhere
};

struct ThreadShape {
    Address frame = {};  ///< innermost
    std::uint64_t thread_id = 0;
    std::uint64_t native_thread_id = 0;
    Address cframe = {};  ///< null: one of its own where the version has them
};

/// Builds what CPython keeps in memory, through a layout. Every object has unmapped bytes around
/// it.
class PythonHeap {
public:
    explicit PythonHeap(const Layout& layout) : layout_(layout) {}

    [[nodiscard]] FakeMemory& memory() { return memory_; }

    /// Zeros, aligned as CPython's objects are.
    Address allocate(std::size_t size);

    template <class T>
    void set(Address object, Field<T> field, T value)
    {
        memory_.write(Address{object.value + field.offset}, value);
    }

    /// A type with these `tp_flags`, always a new one.
    Address type(std::uint64_t flags);
    /// An object of a type with these flags.
    Address object(std::uint64_t type_flags, std::size_t size);

    Address text(std::string_view ascii);
    Address text(const std::u32string& characters, const TextShape& shape);
    /// A str of 3.11 that was never made ready: `wchar_t`s alone.
    Address legacy_text(const std::u32string& characters);
    Address bytes(std::string_view content);
    Address integer(std::uint64_t value, bool negative = false);

    Address keys(const std::vector<DictEntry>& entries, KeysKind kind);
    Address dict(const std::vector<DictEntry>& entries, KeysKind kind = KeysKind::unicode);
    /// A dict whose values are apart from its keys; a null value is a hole.
    Address split_dict(const std::vector<DictEntry>& entries);
    Address module(Address dict);
    /// An instance with these attributes where this version keeps them without a dict.
    Address instance(const std::vector<DictEntry>& attributes);
    /// The same with a dict of its own.
    Address instance_with_dict(Address dict);

    Address code(const CodeShape& shape);
    Address frame(const FrameShape& shape);
    /// The frame on the C stack that ends a run of the eval loop; only where the version has them.
    Address shim(Address previous, Address at = {});
    [[nodiscard]] bool has_shims() const;
    [[nodiscard]] bool has_cframes() const { return layout_.thread.cframe.exists(); }
    Address cframe(Address frame, Address previous, Address at = {});

    /// Put at the head of their lists, as CPython does. The interpreter with the id 0 is the main
    /// one; it lies inside the runtime where the versions are found by that.
    Address runtime();
    Address interpreter(Address runtime, std::int64_t id);
    Address thread_state(Address interpreter, const ThreadShape& shape);

private:
    Address type_of(std::uint64_t flags);
    void write_characters(Address at, const std::u32string& characters, std::uint32_t width);
    [[nodiscard]] std::uint32_t text_state(const TextShape& shape) const;

    const Layout& layout_;
    FakeMemory memory_;
    Address next_{0x7f00'0000'0000};
    std::map<std::uint64_t, Address> types_;
};

}  // namespace pycore::test
