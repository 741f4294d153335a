# Installs the build into a scratch prefix, and unpacks two cores to read with it.
cmake_minimum_required(VERSION 3.24)

file(REMOVE_RECURSE ${SCRATCH})
function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGV}\n${said}")
  endif()
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/first)
# A tree that works only where it was installed to would not come this far.
file(RENAME ${SCRATCH}/first ${SCRATCH}/prefix)
foreach(scenario IN ITEMS exception deadlock)
  run(${CMAKE_COMMAND} -D CORE=${scenario}/bookworm-3.11 -D OUTPUT=${SCRATCH}/${scenario}.core
    -P ${UNPACK})
endforeach()
run(${SCRATCH}/prefix/bin/pycore-report --version)
