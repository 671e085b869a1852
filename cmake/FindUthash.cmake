# SPDX-License-Identifier: BSD-2-Clause
# Out: Uthash::Uthash  imported target; headers only
find_path(Uthash_INCLUDE_DIR uthash.h)
mark_as_advanced(Uthash_INCLUDE_DIR)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Uthash
  REQUIRED_VARS Uthash_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "on Debian: apt-get install uthash-dev")
if(Uthash_FOUND AND NOT TARGET Uthash::Uthash)
  add_library(Uthash::Uthash INTERFACE IMPORTED)
  set_target_properties(Uthash::Uthash PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES ${Uthash_INCLUDE_DIR})
endif()
