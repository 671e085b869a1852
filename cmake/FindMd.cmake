# SPDX-License-Identifier: BSD-2-Clause
# Out: Md::Md  imported target
find_path(Md_INCLUDE_DIR md5.h)
find_library(Md_LIBRARY md)
mark_as_advanced(Md_INCLUDE_DIR Md_LIBRARY)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Md
  REQUIRED_VARS Md_LIBRARY Md_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "on Debian: apt-get install libmd-dev")
if(Md_FOUND AND NOT TARGET Md::Md)
  add_library(Md::Md UNKNOWN IMPORTED)
  set_target_properties(Md::Md PROPERTIES
    IMPORTED_LOCATION ${Md_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${Md_INCLUDE_DIR})
endif()
