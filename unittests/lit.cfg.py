# SPDX-License-Identifier: BSD-2-Clause
# The suite of unit tests.  The format is a module of its own because lit's
# processes send it to each other.

import os
import sys

sys.path.insert(0, config.vn_source)
import program

config.name = "vnetize-unit"
config.test_format = program.Program()
config.test_source_root = config.vn_directory
config.test_exec_root = config.vn_directory
config.environment["LC_ALL"] = "C"
config.environment["TZ"] = "UTC"
for name in ["ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS"]:
    if name in os.environ:
        config.environment[name] = os.environ[name]
