#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "waits/python_objects.hpp"
#include "waits/resource_table.hpp"
#include "waits/wait_input.hpp"

namespace pycore {

/// Gives the resources of these indices, which nothing says an owner of, the threads whose frames
/// refer to them: one of them may have it, or could set it. `waiters`: of each resource, sorted.
void add_candidates(const WaitInput& input,
                    InterpreterObjects& objects,
                    std::span<const std::size_t> wanted,
                    std::span<const std::vector<std::size_t>> waiters,
                    ResourceTable& table);

}  // namespace pycore
