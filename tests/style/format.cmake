# cmake -D ROOT=<project> -D CLANG_FORMAT=<program> -P format.cmake
#
# The style file is written for clang-format 14: others differ in details, so they do not judge.
cmake_minimum_required(VERSION 3.24)

if(CLANG_FORMAT)
  execute_process(COMMAND ${CLANG_FORMAT} --version OUTPUT_VARIABLE version)
endif()
if(NOT version MATCHES "version 14\\.")
  message("SKIPPED: clang-format 14 is not installed")
  return()
endif()

file(GLOB_RECURSE files
  ${ROOT}/libpycore/*.hpp ${ROOT}/libpycore/*.cpp ${ROOT}/reporter/*.hpp ${ROOT}/reporter/*.cpp
  ${ROOT}/tests/*.hpp ${ROOT}/tests/*.cpp)
execute_process(COMMAND ${CLANG_FORMAT} --dry-run -Werror ${files} RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "run: clang-format -i on the files above")
endif()
