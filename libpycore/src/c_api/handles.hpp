#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "pycore/core_file.hpp"
#include "pycore/pycore.h"
#include "pycore/report.hpp"

/// One at a time: reading changes the cache of the core's file.
struct pycore_core {
    pycore::CoreFile file;
    std::string name;
    std::chrono::milliseconds spent;  ///< on opening
    std::mutex in_use = {};
};

struct pycore_thread {
    const pycore::Thread* data;
    const pycore::Snapshot* snapshot;
    std::optional<std::string> state;
};

/// What accessors return is in here, so that they allocate nothing.
struct pycore_report {
    explicit pycore_report(pycore::Report made);
    pycore_report(const pycore_report&) = delete;
    pycore_report& operator=(const pycore_report&) = delete;
    ~pycore_report() = default;

    pycore::Report report;
    std::string summary;
    std::string signal_name;
    std::vector<pycore_thread> threads;
};

namespace pycore::c_api {

/// NULL for what is not known.
inline const char* text_of(const std::string& text) noexcept
{
    return text.empty() ? nullptr : text.c_str();
}

inline const char* text_of(const std::optional<std::string>& text) noexcept
{
    return text ? text->c_str() : nullptr;
}

/// Of the names that `name_of` functions return: literals, which end with NUL.
inline const char* text_of(std::string_view literal) noexcept
{
    return literal.data();
}

/// NULL past the end.
template <class Item>
const Item* item_at(const std::vector<Item>& items, std::size_t index) noexcept
{
    return index < items.size() ? &items[index] : nullptr;
}

/// A frame is what the snapshot holds; only its name is one of C.
inline const StackFrame* frame_of(const pycore_frame* frame) noexcept
{
    return reinterpret_cast<const StackFrame*>(frame);
}

inline const Exception* exception_of(const pycore_exception* exception) noexcept
{
    return reinterpret_cast<const Exception*>(exception);
}

inline const pycore_exception* handle_of(const Exception* exception) noexcept
{
    return reinterpret_cast<const pycore_exception*>(exception);
}

}  // namespace pycore::c_api
