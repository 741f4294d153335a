#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"
#include "values/known_types.hpp"

namespace pycore {

/// The builtin type whose `__str__` an object would have if no other came before it.
enum class TextFamily : std::uint8_t {
    object,  ///< or another type that is no exception: as `repr()`, but for str
    base_exception,
    key_error,
    os_error,
    import_error,
    syntax_error,
    unicode_encode_error,
    unicode_decode_error,
    unicode_translate_error,
    group,
};

/// How `str()` of a type's instances comes about.
struct TextMethod {
    TextFamily family = TextFamily::base_exception;
    bool own = true;  ///< a program's or an extension's `__str__` comes first
};

/// Finds it along the method resolution order. Each type is looked through once.
class TextMethods {
public:
    TextMethods(const Memory& memory,
                const Layout& layout,
                KnownTypes& types,
                const Limits& limits);

    [[nodiscard]] TextMethod of(Address type);

private:
    [[nodiscard]] TextMethod find(Address type);
    [[nodiscard]] bool is_builtin(Address type) const;
    [[nodiscard]] bool defines_own(Address type);

    const Memory& memory_;
    const Layout& layout_;
    KnownTypes& types_;
    Limits limits_;
    std::map<Address, TextMethod> known_;
    std::size_t slots_left_;  ///< of dicts of types
};

}  // namespace pycore
