# cmake -D CORE=<scenario>/<build> -D OUTPUT=<file> -P unpack_core.cmake
#
# Unpacks a core of the corpus. Written in CMake's language because a machine that can build this
# has it, and Python is not needed otherwise.
cmake_minimum_required(VERSION 3.24)

cmake_path(SET corpus NORMALIZE ${CMAKE_CURRENT_LIST_DIR}/../corpus)
find_program(zstd zstd REQUIRED)
file(READ ${corpus}/manifest.json manifest)

# Sets `found` to the manifest's entry whose `key` is `value`.
function(find_core key value)
  string(JSON cores GET "${manifest}" cores)
  string(JSON count LENGTH "${cores}")
  math(EXPR last "${count} - 1")
  foreach(i RANGE ${last})
    string(JSON entry GET "${cores}" ${i})
    string(JSON entry_value GET "${entry}" ${key})
    if(entry_value STREQUAL value)
      set(found "${entry}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "the corpus has no core whose ${key} is ${value}")
endfunction()

# A core is packed on its own, or as the difference to another one of the corpus.
function(unpack entry output)
  string(JSON packed GET "${entry}" core)
  string(JSON base ERROR_VARIABLE ignored GET "${entry}" base)
  set(patch "")
  if(base)
    find_core(core ${base})
    unpack("${found}" ${output}.base)
    set(patch --patch-from=${output}.base)
  endif()
  execute_process(COMMAND ${zstd} -d -q -f --long=31 ${patch} -o ${output} ${corpus}/${packed}
    COMMAND_ERROR_IS_FATAL ANY)
  file(REMOVE ${output}.base)
endfunction()

find_core(name ${CORE})
unpack("${found}" ${OUTPUT})

string(JSON expected GET "${found}" sha256)
file(SHA256 ${OUTPUT} got)
if(NOT got STREQUAL expected)
  message(FATAL_ERROR "${CORE}: unpacked to other bytes than the manifest says")
endif()
