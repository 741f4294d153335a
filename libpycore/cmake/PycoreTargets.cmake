# The flags of our own targets. An interface target, so that nothing leaks into a project that
# adds this one as a subdirectory.
add_library(pycore_flags INTERFACE)
target_compile_features(pycore_flags INTERFACE cxx_std_20)
# Designated initializers leave out what keeps its default; g++ would ask for every member.
target_compile_options(pycore_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wno-missing-field-initializers
  $<$<BOOL:${PYCORE_WERROR}>:-Werror>)
# The input is hostile: an index out of range stops a debug build where it happens.
target_compile_definitions(pycore_flags INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
if(PYCORE_SANITIZE)
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all)
  # Catch2's macros take g++ three times as long with -O1; the tests themselves need no speed. Their
  # targets set PYCORE_TEST_CODE. -g1 is all that a sanitizer's stacks show.
  target_compile_options(pycore_flags INTERFACE ${sanitizers} -fno-omit-frame-pointer -g1
    $<IF:$<BOOL:$<TARGET_PROPERTY:PYCORE_TEST_CODE>>,-O0,-O1>)
  target_link_options(pycore_flags INTERFACE ${sanitizers})
  # g++ reports its own std::regex under the address sanitizer (GCC bug 105616).
  target_compile_options(pycore_flags INTERFACE
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()
if(PYCORE_FUZZ)
  target_compile_options(pycore_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# How what reads hostile input is compiled and linked, in every build; the tests need none of it.
add_library(pycore_hardening INTERFACE)
target_compile_definitions(pycore_hardening INTERFACE _GLIBCXX_ASSERTIONS)
target_compile_options(pycore_hardening INTERFACE
  -fstack-protector-strong -fstack-clash-protection
  $<$<STREQUAL:${CMAKE_SYSTEM_PROCESSOR},x86_64>:-fcf-protection>)
target_link_options(pycore_hardening INTERFACE LINKER:-z,relro,-z,now)
if(NOT PYCORE_SANITIZE AND NOT PYCORE_FUZZ)
  # The C library checks nothing without optimisation, and says so in a warning.
  target_compile_options(pycore_hardening INTERFACE
    $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE$<SEMICOLON>-D_FORTIFY_SOURCE=3>)
  target_link_options(pycore_hardening INTERFACE LINKER:-z,defs)
endif()

# pycore_registry(TARGET FOLDER dir HEADER file TYPE type NAMESPACE ns FUNCTION name)
#
# Adds every FOLDER/*.cpp to TARGET, with one more source that defines
# `std::span<const TYPE* const> pycore::FUNCTION()`: the addresses of the objects
# `pycore::NAMESPACE::<file name>`, in alphabetical order. HEADER declares TYPE and FUNCTION.
# A file that does not define its object is a link error.
function(pycore_registry target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FOLDER;HEADER;TYPE;NAMESPACE;FUNCTION" "")
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${arg_FOLDER}/*.cpp)
  list(SORT sources)
  target_sources(${target} PRIVATE ${sources})

  set(declarations "")
  set(entries "")
  foreach(source IN LISTS sources)
    cmake_path(GET source STEM LAST_ONLY object)
    string(APPEND declarations "extern const ${arg_TYPE} ${object};\n")
    string(APPEND entries "        &${arg_NAMESPACE}::${object},\n")
  endforeach()
  if(entries)
    set(includes "#include <array>\n#include <span>\n\n#include \"${arg_HEADER}\"\n")
    set(body "    static constexpr std::array all{\n${entries}    };\n    return all;\n")
  else()
    set(includes "#include <span>\n")
    set(declarations "")
    set(body "    return {};\n")
  endif()

  set(written ${CMAKE_CURRENT_BINARY_DIR}/${arg_FUNCTION}.cpp)
  set(function "std::span<const ${arg_TYPE}* const> ${arg_FUNCTION}()")
  file(CONFIGURE OUTPUT ${written} @ONLY CONTENT [[
// Written by pycore_registry() from the files of a folder: add a file there, not a line here.
@includes@
namespace pycore {

struct @arg_TYPE@;

namespace @arg_NAMESPACE@ {
@declarations@}

@function@;

@function@
{
@body@}

}  // namespace pycore
]])
  target_sources(${target} PRIVATE ${written})
endfunction()

# pycore_embed(TARGET FILE file HEADER header [NAMESPACE ns] FUNCTION name)
#
# Adds a source to TARGET that defines `std::string_view NAMESPACE::FUNCTION()` (`pycore` without
# another), the text of FILE, which HEADER declares. In pieces: compilers limit the length of one
# literal.
function(pycore_embed target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FILE;HEADER;NAMESPACE;FUNCTION" "")
  if(NOT arg_NAMESPACE)
    set(arg_NAMESPACE pycore)
  endif()
  cmake_path(ABSOLUTE_PATH arg_FILE NORMALIZE)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${arg_FILE})
  file(READ ${arg_FILE} text)
  string(LENGTH "${text}" length)
  set(literals "")
  set(piece 8000)
  foreach(start RANGE 0 ${length} ${piece})
    string(SUBSTRING "${text}" ${start} ${piece} part)
    string(APPEND literals "\n    R\"~~~(${part})~~~\"")
  endforeach()
  set(written ${CMAKE_CURRENT_BINARY_DIR}/${arg_FUNCTION}.cpp)
  file(CONFIGURE OUTPUT ${written} @ONLY CONTENT [[
// Written by pycore_embed() from @arg_FILE@: edit that file.
#include "@arg_HEADER@"

namespace @arg_NAMESPACE@ {

std::string_view @arg_FUNCTION@() noexcept
{
    static constexpr std::string_view text =@literals@;
    return text;
}

}  // namespace @arg_NAMESPACE@
]])
  target_sources(${target} PRIVATE ${written})
endfunction()
