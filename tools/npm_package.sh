#!/bin/sh
# Puts a package of npm's into FOLDER, unless it is there: npm_package.sh PACKAGE VERSION FOLDER. It comes from whatever
# registry npm is set to; no script of it is run. Ends with 1, and says why, where it cannot be had.
set -eu
package=$1 version=$2 folder=$3
say() { printf '%s\n' "$*" >&2; }

if grep -qs "\"version\": \"$version\"" "$folder/node_modules/$package/package.json"; then
    exit 0
fi
if ! command -v npm >/dev/null 2>&1; then
    say "npm is missing here, and with it $package."
    exit 1
fi
say "Installing $package $version ..."
mkdir -p "$folder"
if ! said=$(npm install --prefix "$folder" --no-save --no-package-lock --no-audit --no-fund --ignore-scripts \
    "$package@$version" 2>&1); then
    say "$said"
    say "$package could not be installed: is there a network?"
    exit 1
fi
