# SPDX-License-Identifier: BSD-2-Clause
# Out: Dw::Dw  imported target
find_path(Dw_INCLUDE_DIR elfutils/libdw.h)
find_library(Dw_LIBRARY dw)
mark_as_advanced(Dw_INCLUDE_DIR Dw_LIBRARY)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Dw
  REQUIRED_VARS Dw_LIBRARY Dw_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "on Debian: apt-get install libdw-dev")
if(Dw_FOUND AND NOT TARGET Dw::Dw)
  add_library(Dw::Dw UNKNOWN IMPORTED)
  set_target_properties(Dw::Dw PROPERTIES
    IMPORTED_LOCATION ${Dw_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${Dw_INCLUDE_DIR})
endif()
