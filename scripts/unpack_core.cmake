# cmake -D CORE=<scenario>/<build> -D OUTPUT=<file> -P unpack_core.cmake
#
# Unpacks a core of the corpus. Written in CMake's language because a machine that can build this
# has it, and Python is not needed otherwise.
cmake_minimum_required(VERSION 3.24)

cmake_path(SET corpus NORMALIZE ${CMAKE_CURRENT_LIST_DIR}/../corpus)
find_program(zstd zstd REQUIRED)
file(READ ${corpus}/manifest.json manifest)

# Sets `found` to the manifest's entry of the core.
function(find_core name)
  string(JSON cores GET "${manifest}" cores)
  string(JSON count LENGTH "${cores}")
  math(EXPR last "${count} - 1")
  foreach(i RANGE ${last})
    string(JSON entry GET "${cores}" ${i})
    string(JSON entry_name GET "${entry}" name)
    if(entry_name STREQUAL name)
      set(found "${entry}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "the corpus has no core ${name}")
endfunction()

function(decompress file output)
  execute_process(COMMAND ${zstd} -d -q -f --long=31 ${ARGN} -o ${output} ${corpus}/${file}
    COMMAND_ERROR_IS_FATAL ANY)
endfunction()

find_core(${CORE})
string(JSON packed GET "${found}" core)
string(JSON base_type TYPE "${found}" base)
if(base_type STREQUAL "NULL")
  decompress(${packed} ${OUTPUT})
else()
  string(JSON base GET "${found}" base)
  decompress(${base} ${OUTPUT}.base)
  decompress(${packed} ${OUTPUT} --patch-from=${OUTPUT}.base)
  file(REMOVE ${OUTPUT}.base)
endif()

string(JSON expected GET "${found}" sha256)
file(SHA256 ${OUTPUT} got)
if(NOT got STREQUAL expected)
  message(FATAL_ERROR "${CORE}: unpacked to other bytes than the manifest says")
endif()
