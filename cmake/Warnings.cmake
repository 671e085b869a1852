# SPDX-License-Identifier: BSD-2-Clause
# The one set of warnings; link what should have it with vnWarnings.
add_library(vnWarnings INTERFACE)
target_compile_options(vnWarnings INTERFACE
  -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes
  -Wvla -Wwrite-strings -Wpointer-arith)
