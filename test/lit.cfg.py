# SPDX-License-Identifier: BSD-2-Clause
# The suite of end-to-end tests: a .test or .c file with RUN: lines each.
#
#   %vnetize            the program; so are %vnetize-globals and
#                       %vnetize-verify-md5
#   %lines and so on    programs of unittests/ that only tests run
#   %minibsd            directory of the example tree
#   %lists              directory of the lists of globals
#   %src                root of this project's sources
#   %bin                directory of the programs
#   %rung               compares two objects, no more: unittests/rung.c
#   %cc %clang          the compiler of this build; LLVM's clang
#   %warnings           the flags that this project is compiled with
#
# Parameters: work=DIR  where the tests write (default: in the build directory)
#             tests=DIR the copy of test/ to run, if not the one in the sources

import os
import shlex
import subprocess

import lit.formats

config.name = "vnetize"
config.test_format = lit.formats.ShTest(execute_external=True)
config.suffixes = [".test", ".c"]
config.excludes = ["Inputs"]
config.test_source_root = lit_config.params.get(
    "tests", os.path.join(config.vn_source, "test"))
config.test_exec_root = lit_config.params.get(
    "work", os.path.join(config.vn_binary, "test", "Output"))


def substitute(name, path):
    config.substitutions.append((name, shlex.quote(path)))


# A longer name comes first: lit replaces in this order.
for tool in ["vnetize-verify-md5", "vnetize-globals", "vnetize"]:
    substitute("%" + tool, os.path.join(config.vn_bin, tool))
substitute("%bin", config.vn_bin)
substitute("%print-units", os.path.join(config.vn_bin, "print-units"))
# Programs for tests alone: each source beside the unit tests, a longer name
# first.
programs = [os.path.splitext(f)[0]
            for f in os.listdir(os.path.join(config.vn_source, "unittests"))
            if f.endswith(".c") and not f.startswith("test_")]
for program in sorted(programs, key=len, reverse=True):
    substitute("%" + program,
               os.path.join(config.vn_binary, "unittests", program))
substitute("%minibsd", os.path.join(config.vn_source, "examples", "minibsd"))
substitute("%lists", os.path.join(config.vn_source, "globals-lists"))
substitute("%src", config.vn_source)
substitute("%clang-include", config.vn_clang_include)
substitute("%clang", os.path.join(config.vn_clang_bin, "clang"))
substitute("%cc", config.vn_cc)
config.substitutions.append(("%warnings", config.vn_warnings))

path = [config.vn_test_bin, config.environment.get("PATH", "")]
config.environment["PATH"] = os.pathsep.join(path)
config.environment["LC_ALL"] = "C"
config.environment["TZ"] = "UTC"
# Nothing of the person who runs the tests is read or written.
config.environment["HOME"] = config.test_exec_root
config.environment["XDG_CACHE_HOME"] = os.path.join(
    config.test_exec_root, "cache")
# Nor is the project itself the tree that a test's files belong to.
config.environment["GIT_CEILING_DIRECTORIES"] = os.path.realpath(
    config.test_exec_root)
for name in ["ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS"]:
    if name in os.environ:
        config.environment[name] = os.environ[name]

config.available_features.add("llvm-" + config.vn_llvm.split(".")[0])
if config.vn_sanitize:
    config.available_features.add("sanitizer")
if os.path.exists(os.path.join(config.vn_clang_bin, "clang")):
    config.available_features.add("clang")
if os.geteuid() == 0:
    config.available_features.add("root")
# May a small file system be mounted, for this process alone?
if subprocess.run("unshare -m mount -t tmpfs none /mnt", shell=True,
                  capture_output=True).returncode == 0:
    config.available_features.add("private-mount")
for tool in ["vnetize", "vnetize-globals", "vnetize-verify-md5"]:
    if os.path.exists(os.path.join(config.vn_bin, tool)):
        config.available_features.add("tool-" + tool)
if not config.vn_test_bin:
    lit_config.fatal("FileCheck, not and split-file are missing; on Debian: "
                     "apt-get install llvm-19-tools")
