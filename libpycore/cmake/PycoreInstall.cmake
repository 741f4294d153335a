# Both libraries are installed, unless BUILD_SHARED_LIBS is set: then the one it asks for.
include(CMakePackageConfigHelpers)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/pycore)

set(PYCORE_HAS_STATIC TRUE)
set(PYCORE_HAS_SHARED TRUE)
if(DEFINED BUILD_SHARED_LIBS AND BUILD_SHARED_LIBS)
  set(PYCORE_HAS_STATIC FALSE)
elseif(DEFINED BUILD_SHARED_LIBS)
  set(PYCORE_HAS_SHARED FALSE)
  set_target_properties(pycore_shared PROPERTIES EXCLUDE_FROM_ALL ON)
endif()

set(PYCORE_PC_REQUIRES "libdw >= 0.170, libelf >= 0.170, libzstd >= 1.4")
set(PYCORE_OPTIONAL_LIBRARIES "")
foreach(known IN ITEMS "lz4;liblz4;1.8" "lzma;liblzma;5.2" "zlib;zlib;1.2.9")
  list(GET known 0 name)
  list(GET known 1 package)
  list(GET known 2 version)
  if(pycore_${name}_FOUND)
    string(APPEND PYCORE_PC_REQUIRES ", ${package} >= ${version}")
    string(APPEND PYCORE_OPTIONAL_LIBRARIES " \"${name};${package}\"")
  endif()
endforeach()

configure_package_config_file(cmake/pycore-config.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/pycore-config.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/pycore-config-version.cmake
  COMPATIBILITY SameMinorVersion)

# One export each: what looks for the static library's dependencies is read only where it is used.
if(PYCORE_HAS_SHARED)
  install(TARGETS pycore_shared EXPORT pycore-shared
    LIBRARY NAMELINK_COMPONENT Development FILE_SET HEADERS COMPONENT Development)
  install(EXPORT pycore-shared NAMESPACE pycore:: DESTINATION ${package_folder})
endif()
if(PYCORE_HAS_STATIC)
  install(TARGETS pycore EXPORT pycore-static FILE_SET HEADERS)
  install(EXPORT pycore-static NAMESPACE pycore:: DESTINATION ${package_folder})
endif()
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/pycore-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/pycore-config-version.cmake
  DESTINATION ${package_folder})

# Relative to where the file lies, so that an installed tree can be moved.
set(PYCORE_PC_PREFIX ${CMAKE_INSTALL_PREFIX})
if(NOT IS_ABSOLUTE ${CMAKE_INSTALL_LIBDIR})
  file(RELATIVE_PATH up /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
  string(REGEX REPLACE "/$" "" up ${up})
  set(PYCORE_PC_PREFIX "\${pcfiledir}/${up}")
endif()
cmake_path(ABSOLUTE_PATH CMAKE_INSTALL_LIBDIR BASE_DIRECTORY "\${prefix}"
  OUTPUT_VARIABLE PYCORE_PC_LIBDIR)
cmake_path(ABSOLUTE_PATH CMAKE_INSTALL_INCLUDEDIR BASE_DIRECTORY "\${prefix}"
  OUTPUT_VARIABLE PYCORE_PC_INCLUDEDIR)
list(TRANSFORM CMAKE_DL_LIBS PREPEND " -l" OUTPUT_VARIABLE PYCORE_PC_DL)
configure_file(cmake/libpycore.pc.in ${CMAKE_CURRENT_BINARY_DIR}/libpycore.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/libpycore.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
