# libpycore.so: the objects of the static library, of which only the C ABI shows.
add_library(pycore_shared SHARED $<TARGET_OBJECTS:pycore>)
add_library(pycore::pycore_shared ALIAS pycore_shared)

target_sources(pycore_shared PUBLIC
  FILE_SET HEADERS BASE_DIRS include FILES include/pycore/pycore.h)
target_link_libraries(pycore_shared PRIVATE
  $<BUILD_INTERFACE:pycore_flags>
  $<BUILD_INTERFACE:pycore_hardening>)
pycore_link_dependencies(pycore_shared)

set(version_script ${CMAKE_CURRENT_SOURCE_DIR}/pycore.map)
target_link_options(pycore_shared PRIVATE
  LINKER:--version-script=${version_script}
  LINKER:--exclude-libs,ALL
  LINKER:--as-needed)

set_target_properties(pycore_shared PROPERTIES
  OUTPUT_NAME pycore
  EXPORT_NAME pycore
  LINKER_LANGUAGE CXX
  LINK_DEPENDS ${version_script}
  VERSION ${PROJECT_VERSION}
  # A number of its own: it says when the C ABI breaks, not which version this is.
  SOVERSION 0)
