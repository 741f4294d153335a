#pragma once

#include <cstddef>
#include <vector>

#include "pycore/report.hpp"
#include "report/json_writer.hpp"

namespace pycore {

/// What each thread has, by the owners of all resources.
class Holdings {
public:
    explicit Holdings(const Snapshot& snapshot);

    struct Entry {
        const Resource* resource = nullptr;
        const Owner* owner = nullptr;
    };

    /// Without what it only refers to.
    [[nodiscard]] const std::vector<Entry>& of(std::size_t thread) const
    {
        return by_thread_[thread];
    }

private:
    std::vector<std::vector<Entry>> by_thread_;
};

/// Members of a thread: what it does, waits for and has.
void write_waits(JsonWriter& out,
                 const Snapshot& snapshot,
                 std::size_t thread,
                 const Holdings& holdings);

/// The member `gil` of an interpreter; none where nothing is known of it.
void write_gil(JsonWriter& out, const Snapshot& snapshot, const Interpreter& interpreter);

/// The member `deadlocks` of the report.
void write_deadlocks(JsonWriter& out, const Report& report);

}  // namespace pycore
