# pycore_precompile(TARGET [HEADER...])
#
# With PYCORE_PRECOMPILED_HEADERS, compiles what most sources of TARGET include once for all of them:
# the standard library, the snapshot, the report, and HEADER. Sources include what they use all the
# same; builds without the option, such as the presets tidy and release, see where one does not.
function(pycore_precompile target)
  if(NOT PYCORE_PRECOMPILED_HEADERS)
    return()
  endif()
  target_precompile_headers(${target} PRIVATE
    <algorithm>
    <array>
    <chrono>
    <cstdint>
    <cstring>
    <filesystem>
    <functional>
    <map>
    <memory>
    <optional>
    <ranges>
    <set>
    <span>
    <sstream>
    <string>
    <string_view>
    <unordered_map>
    <utility>
    <variant>
    <vector>
    ${PROJECT_SOURCE_DIR}/libpycore/include/pycore/memory.hpp
    ${PROJECT_SOURCE_DIR}/libpycore/include/pycore/report.hpp
    ${ARGN})
endfunction()
