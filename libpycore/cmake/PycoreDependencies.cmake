# What libpycore is built with. zstd is required, as cores are commonly stored that way; each
# other compression is left out, and refused by name at run time, where its library is missing.
find_package(PkgConfig REQUIRED)
find_package(nlohmann_json 3.10 REQUIRED)

pkg_check_modules(pycore_dwarf REQUIRED IMPORTED_TARGET GLOBAL libdw>=0.170 libelf>=0.170)
pkg_check_modules(pycore_zstd REQUIRED IMPORTED_TARGET GLOBAL libzstd>=1.4)
pkg_check_modules(pycore_lz4 IMPORTED_TARGET GLOBAL liblz4>=1.8)
pkg_check_modules(pycore_lzma IMPORTED_TARGET GLOBAL liblzma>=5.2)
pkg_check_modules(pycore_zlib IMPORTED_TARGET GLOBAL zlib>=1.2.9)

# Every library that objects of libpycore call.
function(pycore_link_dependencies target)
  target_link_libraries(${target} PRIVATE PkgConfig::pycore_dwarf ${CMAKE_DL_LIBS})
  pycore_link_compression(${target})
endfunction()

# Sets PYCORE_HAVE_LZ4, PYCORE_HAVE_LZMA and PYCORE_HAVE_ZLIB for what was found.
function(pycore_link_compression target)
  target_link_libraries(${target} PRIVATE PkgConfig::pycore_zstd)
  foreach(name IN ITEMS lz4 lzma zlib)
    if(pycore_${name}_FOUND)
      string(TOUPPER ${name} upper)
      target_link_libraries(${target} PRIVATE PkgConfig::pycore_${name})
      target_compile_definitions(${target} PRIVATE PYCORE_HAVE_${upper}=1)
    endif()
  endforeach()
endfunction()
