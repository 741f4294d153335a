#include "c_api/error.hpp"

#include <string.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

#include "pycore/text.hpp"

namespace pycore::c_api {
namespace {

constexpr std::array names{
    "ok",          "argument", "no-memory", "io",       "not-a-core",
    "unsupported", "limit",    "cancelled", "callback", "internal",
};

int code_of(const Fault& fault)
{
    switch (fault.code) {
    case FaultCode::io_error:
        return fault.where == ENOMEM ? PYCORE_ERROR_NO_MEMORY : PYCORE_ERROR_IO;
    case FaultCode::unsupported: return PYCORE_ERROR_UNSUPPORTED;
    case FaultCode::limit_reached: return PYCORE_ERROR_LIMIT;
    case FaultCode::cancelled: return PYCORE_ERROR_CANCELLED;
    default: return PYCORE_ERROR_NOT_A_CORE;
    }
}

// The caller's buffer holds all of its size; a character is not cut.
void copy_text(pycore_error& error, std::string_view text) noexcept
{
    std::size_t size = std::min(text.size(), sizeof error.message - 1);
    while (size < text.size() && size > 0 &&
           (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) {
        --size;
    }
    std::copy_n(text.data(), size, error.message);
    error.message[size] = '\0';
}

}  // namespace

int fail(pycore_error* error, int code, std::string_view message, int system_error) noexcept
{
    if (error == nullptr) {
        return code;
    }
    error->code = code;
    error->system_error = system_error;
    try {
        copy_text(*error, is_printable(message) ? message : to_printable(message));
    } catch (...) {
        copy_text(*error, pycore_error_name(code));
    }
    return code;
}

int fail(pycore_error* error, const Fault& fault) noexcept
{
    const int code = code_of(fault);
    const std::string_view what = fault.what.text();
    std::array<char, 256> text{};
    if (fault.code == FaultCode::io_error) {
        // strerror() would be shared by all threads, and follows the locale.
        const char* const name = ::strerrordesc_np(static_cast<int>(fault.where));
        std::snprintf(text.data(), text.size(), "%.*s: %s", static_cast<int>(what.size()),
                      what.data(), name == nullptr ? "unknown error" : name);
        return fail(error, code, text.data(), static_cast<int>(fault.where));
    }
    const std::string_view name = name_of(fault.code);
    std::snprintf(text.data(), text.size(), "%.*s: %.*s", static_cast<int>(what.size()),
                  what.data(), static_cast<int>(name.size()), name.data());
    return fail(error, code, text.data());
}

}  // namespace pycore::c_api

const char* pycore_error_name(int code) noexcept
{
    const auto index = static_cast<std::size_t>(code);
    return code >= 0 && index < pycore::c_api::names.size() ? pycore::c_api::names[index]
                                                            : "unknown";
}

const char* pycore_error_message(const pycore_error* error) noexcept
{
    return error == nullptr ? "" : error->message;
}
