# cmake -D SCRATCH=<folder> -P layering_test.cmake
#
# The check must be able to fail: each pair is one file that breaks, or keeps, the order.
cmake_minimum_required(VERSION 3.24)

function(expect outcome path include)
  file(REMOVE_RECURSE ${SCRATCH})
  file(WRITE ${SCRATCH}/${path} "#include ${include}\n")
  execute_process(COMMAND ${CMAKE_COMMAND} -D ROOT=${SCRATCH}
    -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/layering.cmake
    RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
  if(status EQUAL 0)
    set(seen allowed)
  else()
    set(seen refused)
  endif()
  if(NOT seen STREQUAL outcome)
    message(SEND_ERROR "${path} with ${include} was ${seen}")
  endif()
endfunction()

expect(refused libpycore/src/base/a.cpp "\"elf/b.hpp\"")
expect(refused libpycore/src/objects/a.hpp "\"threads/b.hpp\"")
expect(refused libpycore/src/unwind/a.cpp "\"python/b.hpp\"")
expect(refused libpycore/src/python/a.cpp "\"unwind/b.hpp\"")
expect(refused libpycore/src/attic/a.cpp "\"base/b.hpp\"")
expect(refused libpycore/include/pycore/a.hpp "\"base/b.hpp\"")
expect(refused libpycore/src/threads/a.cpp "<nlohmann/json.hpp>")
expect(refused reporter/formats/a.cpp "<nlohmann/json.hpp>")
expect(refused libpycore/src/memory/a.cpp "<zstd.h>")
expect(refused libpycore/src/report/a.cpp "<CLI/CLI.hpp>")
expect(refused tests/unit/a_test.cpp "<catch2/catch.hpp>")

expect(allowed libpycore/src/threads/a.cpp "\"elf/b.hpp\"")
expect(allowed libpycore/src/elf/a.cpp "\"elf/b.hpp\"")
expect(allowed libpycore/src/objects/a.cpp "\"unwind/b.hpp\"")
expect(allowed libpycore/src/base/a.cpp "\"pycore/b.hpp\"")
expect(allowed libpycore/src/elf/a.cpp "<sys/stat.h>")
expect(allowed libpycore/src/elf/a.cpp "<zstd.h>")
expect(allowed libpycore/src/report/json.cpp "<nlohmann/json.hpp>")
expect(allowed reporter/exchange/json.hpp "<nlohmann/json.hpp>")
file(REMOVE_RECURSE ${SCRATCH})
