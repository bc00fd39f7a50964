#!/bin/sh
# Has Lighthouse judge the pages people work on: lighthouse.sh PYTHON FOLDER [ADDRESS], of a demonstration made for it or
# of the one served at ADDRESS. It is put into FOLDER through npm; where that fails, or there is no Chromium, this says
# so and stops.
set -eu
python=$1 folder=$2
sh "${0%/*}/npm_package.sh" lighthouse 12.8.2 "$folder"
exec "$python" -m tests.browser.lighthouse "$folder/node_modules/.bin/lighthouse" ${3:+"$3"}
