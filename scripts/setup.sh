#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Install the packages of scripts/packages.txt that are missing: as root, or
# with a sudo that asks for no password; otherwise say what to type.
#
# usage: setup.sh [-n]
#	-n	only say what is missing

set -eu
export LC_ALL=C

list=$(dirname "$0")/packages.txt

installed() {
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = \
	    installed ]
}

# known NAME ...: may all of them be installed, as far as apt can tell now?
known() {
	for p; do
		apt-cache policy "$p" | grep -q '^  Candidate: [^(]' || return 1
	done
}

if ! command -v dpkg-query >/dev/null; then
	echo "setup: not a Debian system; see $list for what is needed" >&2
	exit 0
fi

missing=
for p in $(sed 's/#.*//; s/^\([^[:space:]]*\).*/\1/' "$list"); do
	installed "$p" || missing="$missing $p"
done
[ -n "$missing" ] || exit 0

command="apt-get install -y --no-install-recommends$missing"
as= who=
if [ "$(id -u)" -ne 0 ]; then
	as="sudo "
	if ! command -v sudo >/dev/null; then
		as= who=", as root"
	elif ! sudo -n true 2>/dev/null; then
		who=", with sudo's password"
	fi
fi
if [ "${1-}" = -n ] || [ -n "$who" ]; then
	echo "setup: packages are missing; install them$who:" >&2
	echo "    $as$command" >&2
	exit 1
fi

echo "setup: installing$missing"
apt() {
	$as env DEBIAN_FRONTEND=noninteractive apt-get -q \
	    -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 "$@" </dev/null
}
install() {
	apt install -y --no-install-recommends $missing
}
if known $missing; then
	install || { apt update && install; }
else
	apt update && install
fi || {
	echo "setup: that did not work; what is needed is" >&2
	echo "    $as$command" >&2
	exit 1
}
