#!/bin/sh
# Has Lighthouse judge the pages people work on: lighthouse.sh PYTHON FOLDER [ADDRESS], of a demonstration made for it or
# of the one served at ADDRESS. It is put into FOLDER through npm, from
# whatever registry npm is set to; where that fails, or there is no Chromium, this says so and stops.
set -eu
python=$1 folder=$2
package=lighthouse version=12.8.2
say() { printf '%s\n' "$*" >&2; }

if ! [ -x "$folder/node_modules/.bin/lighthouse" ] ||
    ! grep -q "\"version\": \"$version\"" "$folder/node_modules/$package/package.json"; then
    if ! command -v npm >/dev/null 2>&1; then
        say "npm is missing here, and with it Lighthouse. Nothing was measured."
        exit 1
    fi
    say "Installing Lighthouse $version ..."
    mkdir -p "$folder"
    if ! said=$(npm install --prefix "$folder" --no-save --no-package-lock --no-audit --no-fund --ignore-scripts \
        "$package@$version" 2>&1); then
        say "$said"
        say "Lighthouse could not be installed: is there a network? Nothing was measured."
        exit 1
    fi
fi
exec "$python" -m tests.browser.lighthouse "$folder/node_modules/.bin/lighthouse" ${3:+"$3"}
