#!/bin/sh
# Resolves pyproject.toml into requirements/*.txt: exact versions with hashes, for every platform, with no address of an
# index. `requirements.sh --upgrade` raises them; without it what is pinned stays as long as it fits.
set -eu
command -v uv >/dev/null || {
    echo "uv is needed to resolve requirements: pip install uv" >&2
    exit 1
}
resolve() { # resolve FILE ARGUMENTS...
    file=requirements/$1.txt
    shift
    uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
        --no-emit-find-links --no-header --no-annotate --output-file "$file" "$@"
}
resolve runtime "$@" pyproject.toml
resolve build "$@" --group build --constraint requirements/runtime.txt
resolve development "$@" --group development --constraint requirements/runtime.txt --constraint requirements/build.txt
