#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/deadline.hpp"
#include "pycore/frame.hpp"
#include "pycore/limits.hpp"
#include "pycore/memory.hpp"
#include "python/layout.hpp"
#include "sources/source_text.hpp"

namespace pycore {

/// What `linecache` of one interpreter holds: the source files that the process itself has read,
/// for a traceback mostly, and code that never was in a file.
class LineCache {
public:
    /// Empty when the process never imported `linecache`. All outlive this object.
    LineCache(const Memory& memory,
              const Layout& layout,
              Address interpreter,
              const Limits& limits,
              Deadline& deadline);

    /// The lines of a file, by `co_filename`.
    [[nodiscard]] std::optional<LineAt> find_file(const std::string& name) const;

    /// The lines that were registered for this very code object (3.13 on: `-c`, the prompt).
    [[nodiscard]] std::optional<LineAt> find_code(const PythonCode& code) const;

private:
    using Lists = std::map<std::string, Address>;  ///< of lines

    void add(const char* name, Address module_dict);
    [[nodiscard]] std::string read_key(Address key) const;
    [[nodiscard]] Result<Address> find_lines(Address entry) const;
    [[nodiscard]] std::optional<LineAt> find(const std::string& key) const;
    [[nodiscard]] std::optional<std::string> read_line(Address list, std::int32_t number) const;

    const Memory& memory_;
    const Layout& layout_;
    Limits limits_;
    Deadline& deadline_;
    std::size_t key_bytes_left_;
    Lists lists_;
};

}  // namespace pycore
