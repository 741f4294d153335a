# cmake -D ROOT=<project> -P layering.cmake
#
# Reads the #include lines: a module includes only modules to its left, and each foreign library
# stays in its own folder.
cmake_minimum_required(VERSION 3.24)

set(order base privacy elf memory python objects frames sources values exceptions crash waits threads analysis signature report c_api)
# Beside python: unwind may be included from objects on, and includes what python may, not python.
set(rank_of_unwind 4)

# <pattern of the included name> <pattern of the paths that may include it>
set(foreign
  "^nlohmann/"                           "^libpycore/src/report/json|^reporter/(exchange/json|batch/entry_json)|^tests/"
  "^(zstd|zstd_errors|lz4frame|lz4|lzma|zlib)\\.h$" "^libpycore/src/elf/|^tests/"
  "^(libelf|gelf|dwarf)\\.h$|^elfutils/" "^libpycore/src/(elf|unwind)/|^reporter/self_check/elf_facts\\.cpp$|^tests/"
  "^CLI/"                                "^reporter/"
  "^seccomp\\.h$"                        "^reporter/sandbox/"
  "^catch2/"                             "^tests/support/catch\\.hpp$")

foreach(module IN LISTS order)
  list(FIND order ${module} rank_of_${module})
endforeach()

set(failures "")
function(check_modules path target)
  if(NOT path MATCHES "^libpycore/(src/([a-z_]+)/|include/)" OR NOT target MATCHES "^([a-z_]+)/")
    return()
  endif()
  set(to ${CMAKE_MATCH_1})
  string(REGEX MATCH "^libpycore/(src/([a-z_]+)/|include/)" ignored "${path}")
  set(from "${CMAKE_MATCH_2}")
  if(from AND NOT DEFINED rank_of_${from})
    set(problem "${path}: module ${from} has no place in the order")
  elseif(NOT DEFINED rank_of_${to} OR from STREQUAL to)
    return()
  elseif(NOT from)
    set(problem "${path}: a public header includes ${target}")
  elseif(rank_of_${to} LESS rank_of_${from})
    return()
  else()
    set(problem "${path}: ${from} may not include ${target}")
  endif()
  set(failures "${failures}${problem}\n" PARENT_SCOPE)
endfunction()

function(check_foreign path target)
  set(rules ${foreign})
  while(rules)
    list(POP_FRONT rules included allowed)
    if(target MATCHES "${included}" AND NOT path MATCHES "${allowed}")
      string(APPEND failures "${path}: ${target} belongs to another folder\n")
    endif()
  endwhile()
  set(failures "${failures}" PARENT_SCOPE)
endfunction()

file(GLOB_RECURSE files RELATIVE ${ROOT}
  ${ROOT}/libpycore/*.hpp ${ROOT}/libpycore/*.cpp ${ROOT}/libpycore/*.h
  ${ROOT}/reporter/*.hpp ${ROOT}/reporter/*.cpp ${ROOT}/tests/*.hpp ${ROOT}/tests/*.cpp)
foreach(path IN LISTS files)
  file(STRINGS ${ROOT}/${path} lines REGEX "^[ \t]*#[ \t]*include")
  foreach(line IN LISTS lines)
    if(line MATCHES "[<\"]([^>\"]+)[>\"]")
      set(target ${CMAKE_MATCH_1})
      check_modules(${path} ${target})
      check_foreign(${path} ${target})
    endif()
  endforeach()
endforeach()

if(failures)
  message(FATAL_ERROR "${failures}")
endif()
list(LENGTH files count)
message(STATUS "${count} files keep the module order")
