include(CMakePackageConfigHelpers)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/pycore)

get_target_property(library_type pycore TYPE)
if(library_type STREQUAL "STATIC_LIBRARY")
  set(PYCORE_IS_STATIC TRUE)
else()
  set(PYCORE_IS_STATIC FALSE)
endif()

configure_package_config_file(cmake/pycore-config.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/pycore-config.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/pycore-config-version.cmake
  COMPATIBILITY SameMinorVersion)

install(TARGETS pycore EXPORT pycore-targets FILE_SET HEADERS)
install(EXPORT pycore-targets NAMESPACE pycore:: DESTINATION ${package_folder})
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/pycore-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/pycore-config-version.cmake
  DESTINATION ${package_folder})
