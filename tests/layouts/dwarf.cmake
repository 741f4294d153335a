# Compares our table with the DWARF of each interpreter of one name: on the PATH, and those pyenv
# built, which are the ones with debug information on many machines.
#
# cmake -DNAME=python3.13 -DGDB=gdb -DCOMPARE=compare_layout -DOUT=FOLDER -P dwarf.cmake
find_program(interpreter ${NAME})
file(GLOB interpreters $ENV{HOME}/.pyenv/versions/*/bin/${NAME})
if(interpreter)
  list(APPEND interpreters ${interpreter})
endif()

# The file with CPython's code: libpython where it is mapped, else the executable.
set(find_elf [[
import os, sys
maps = [line.split()[-1] for line in open("/proc/self/maps")]
print(next((path for path in maps if "/libpython3." in path), os.path.realpath(sys.executable)))
]])

file(MAKE_DIRECTORY ${OUT})
set(compared FALSE)
foreach(each IN LISTS interpreters)
  execute_process(COMMAND ${each} -S -E -c "${find_elf}" RESULT_VARIABLE status
    OUTPUT_VARIABLE elf OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(status)
    message("${each}: does not run")
    continue()
  endif()
  execute_process(
    COMMAND ${CMAKE_COMMAND} -E env --unset=DEBUGINFOD_URLS ${GDB} -batch -nx -x ${CMAKE_CURRENT_LIST_DIR}/measure.py ${elf}
    RESULT_VARIABLE status OUTPUT_FILE ${OUT}/${NAME}.txt ERROR_VARIABLE problem)
  if(problem MATCHES "no debug information|no Py_Version|language is not supported")
    message("${elf}: ${CMAKE_MATCH_0}")
    continue()
  endif()
  execute_process(COMMAND ${COMPARE} ${OUT}/${NAME}.txt RESULT_VARIABLE status
    OUTPUT_VARIABLE differences ERROR_VARIABLE problem)
  message("${elf}\n${differences}")
  if(status)
    message(FATAL_ERROR "${problem}our table is wrong about ${elf}")
  endif()
  set(compared TRUE)
endforeach()

if(NOT compared)
  message("SKIPPED: no ${NAME} with debug information (Debian: apt install ${NAME}-dbg)")
endif()
