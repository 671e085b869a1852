# SPDX-License-Identifier: BSD-2-Clause
# libclang with its headers, its version, and where the headers are that the
# compiler itself brings (stddef.h, stdarg.h), which libclang needs to parse.
#
# In:  VNETIZE_LLVM           a major version, a prefix, or empty
# Out: LibClang::LibClang     imported target
#      LibClang_PREFIX        where that LLVM lives
#      LibClang_VERSION       as clang_getClangVersion() tells
#      LibClang_RESOURCE_DIR  for clang's -resource-dir

set(LibClang_OLDEST 19)
set(LibClang_NEWEST 30)
string(CONCAT LibClang_HINT
  "on Debian: apt-get install libclang-19-dev libclang-common-19-dev "
  "(-DVNETIZE_LLVM=N chooses another version)")

if(VNETIZE_LLVM MATCHES "^[0-9]+$")
  if(VNETIZE_LLVM LESS LibClang_OLDEST)
    message(FATAL_ERROR "LLVM ${VNETIZE_LLVM} is too old, "
      "${LibClang_OLDEST} or newer is needed: ${LibClang_HINT}")
  endif()
  set(versions ${VNETIZE_LLVM})
  string(REPLACE 19 ${VNETIZE_LLVM} LibClang_HINT "${LibClang_HINT}")
elseif(NOT VNETIZE_LLVM)
  foreach(v RANGE ${LibClang_OLDEST} ${LibClang_NEWEST})
    list(APPEND versions ${v})
  endforeach()
endif()

if(DEFINED versions)
  foreach(v ${versions})
    list(APPEND prefixes /usr/lib/llvm-${v} /usr/lib/llvm${v}
      /usr/lib64/llvm${v} /usr/local/llvm${v} /opt/llvm-${v})
  endforeach()
  if(NOT VNETIZE_LLVM)
    list(APPEND prefixes /usr/local /usr)
  endif()
else()
  set(prefixes ${VNETIZE_LLVM})
endif()

set(LibClang_PREFIX LibClang_PREFIX-NOTFOUND)
foreach(prefix ${prefixes})
  if(EXISTS ${prefix}/include/clang-c/Index.h)
    unset(library CACHE)
    find_library(library NAMES clang
      PATHS ${prefix}/lib ${prefix}/lib64 NO_DEFAULT_PATH)
    if(library)
      set(LibClang_PREFIX ${prefix})
      set(LibClang_LIBRARY ${library})
      unset(library CACHE)
      break()
    endif()
    unset(library CACHE)
  endif()
endforeach()

# The directory's name proves nothing: ask the library.
if(LibClang_PREFIX AND
    NOT "${LibClang_ASKED}" STREQUAL "${LibClang_LIBRARY}")
  set(probe ${CMAKE_BINARY_DIR}/CMakeFiles/libclang-version.c)
  file(WRITE ${probe} "\
#include <stdio.h>\n#include <clang-c/Index.h>\n\
int\nmain(void)\n{\n\tCXString s = clang_getClangVersion();\n\
\tputs(clang_getCString(s));\n\tclang_disposeString(s);\n\treturn (0);\n}\n")
  try_run(ran built ${CMAKE_BINARY_DIR}/CMakeFiles/libclang-version ${probe}
    CMAKE_FLAGS -DINCLUDE_DIRECTORIES=${LibClang_PREFIX}/include
    LINK_LIBRARIES ${LibClang_LIBRARY}
    COMPILE_OUTPUT_VARIABLE log
    RUN_OUTPUT_VARIABLE says)
  if(NOT built OR NOT ran EQUAL 0)
    message(FATAL_ERROR "${LibClang_LIBRARY} cannot be used: "
      "${LibClang_HINT}\n${log}\n${says}")
  endif()
  if(NOT says MATCHES "version ([0-9]+\\.[0-9]+(\\.[0-9]+)?)")
    message(FATAL_ERROR "${LibClang_LIBRARY} does not tell its version: "
      "${says}")
  endif()
  set(LibClang_SAYS ${CMAKE_MATCH_1} CACHE INTERNAL "version of libclang")
  set(LibClang_ASKED ${LibClang_LIBRARY} CACHE INTERNAL "libclang asked")
endif()

if(LibClang_PREFIX)
  set(LibClang_VERSION ${LibClang_SAYS})
  string(REGEX MATCH "^[0-9]+" LibClang_MAJOR ${LibClang_VERSION})
  foreach(dir lib/clang/${LibClang_MAJOR} lib64/clang/${LibClang_MAJOR}
      lib/clang/${LibClang_VERSION})
    if(EXISTS ${LibClang_PREFIX}/${dir}/include/stddef.h)
      set(LibClang_RESOURCE_DIR ${LibClang_PREFIX}/${dir})
      break()
    endif()
  endforeach()
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibClang
  REQUIRED_VARS LibClang_LIBRARY LibClang_PREFIX LibClang_RESOURCE_DIR
  VERSION_VAR LibClang_VERSION
  REASON_FAILURE_MESSAGE "${LibClang_HINT}")

if(LibClang_FOUND AND NOT TARGET LibClang::LibClang)
  add_library(LibClang::LibClang SHARED IMPORTED)
  set_target_properties(LibClang::LibClang PROPERTIES
    IMPORTED_LOCATION ${LibClang_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${LibClang_PREFIX}/include
    INTERFACE_COMPILE_DEFINITIONS
      VN_CLANG_RESOURCE_DIR="${LibClang_RESOURCE_DIR}")
endif()
