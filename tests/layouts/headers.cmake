# Compiles tools/print_layout.c against the headers of one CPython and compares what it measures
# with our table.
#
# cmake -DNAME=python3.13 -DTOOL=print_layout.c -DCOMPARE=compare_layout -DOUT=FOLDER -P headers.cmake
find_program(compiler NAMES cc gcc clang)
find_path(headers internal/pycore_interp.h PATHS /usr/include /usr/local/include PATH_SUFFIXES ${NAME})
if(NOT compiler OR NOT headers)
  message("SKIPPED: no headers of ${NAME} (Debian: apt install lib${NAME}-dev)")
  return()
endif()

file(MAKE_DIRECTORY ${OUT})
execute_process(
  COMMAND ${compiler} -w -I ${headers} -I ${headers}/internal -o ${OUT}/print_${NAME} ${TOOL}
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${OUT}/print_${NAME} facts OUTPUT_FILE ${OUT}/headers_of_${NAME}.txt
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${COMPARE} ${OUT}/headers_of_${NAME}.txt COMMAND_ERROR_IS_FATAL ANY)
