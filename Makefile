# SPDX-License-Identifier: BSD-2-Clause
#
# The two commands of the README are `make demo` and `make check`; each does
# all the set-up itself.  The work is done by CMake and by scripts/.

all: setup
	@scripts/build.sh build

# Packages that are missing are installed, or named.
setup:
	@scripts/setup.sh

demo: all
	@examples/demo.sh build/bin/vnetize

# Everything that has to pass before a change is committed.
check: setup
	@scripts/check.sh

# Only the ordinary build's tests, for in between; T= narrows: make test T=Merge
test: all
	@scripts/check.sh -q build $(T)

install: all
	cmake --install build

clean:
	rm -rf build build-asan build-llvm22

.PHONY: all check clean demo install setup test
