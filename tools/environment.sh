#!/bin/sh
# Makes or refreshes a virtual environment from hashed requirements: environment.sh PYTHON VENV FILE...
#
# Plain pip, whatever index it is set to; what has to be built is built with the tools of requirements/build.txt,
# which are hashed too and therefore come first. The files name everything, so pip resolves nothing (--no-deps): left to
# resolve, it takes `coverage[toml]` for another project than `coverage`, and fails on the day the latter has a release.
set -eu
python=$1 venv=$2
shift 2
say() { printf '%s\n' "$*" >&2; }

command -v "$python" >/dev/null || {
    say "There is no $python here. Python 3.11 or newer is needed; name it: make PYTHON=python3.12"
    exit 1
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    say "Python 3.11 or newer is needed; $python is $("$python" -V 2>&1). Name another: make PYTHON=python3.12"
    exit 1
}

if ! "$venv/bin/python" -c '' 2>/dev/null; then
    say "Making the environment in $venv ..."
    rm -rf "$venv"
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then # Debian ships these apart
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        if "$python" -c 'import venv' 2>/dev/null && "$python" -m pip --python "$python" --version >/dev/null 2>&1; then
            "$python" -m venv --without-pip "$venv"
        elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            say "Installing $package ..."
            if ! said=$({ apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
                apt-get -qq install --yes --no-install-recommends "$package"; } 2>&1); then
                say "$said"
                say "This Python cannot make environments, and $package could not be installed. Install it and try again."
                exit 1
            fi
        else
            say "This Python cannot make environments. On Debian or Ubuntu: sudo apt install $package"
            exit 1
        fi
    fi
    [ -d "$venv" ] || "$python" -m venv "$venv"
fi

if "$venv/bin/python" -c 'import pip' 2>/dev/null; then
    pip="$venv/bin/python -m pip"
else
    pip="$python -m pip --python $venv/bin/python"
fi
# Twice quiet: pip's warnings are about the machine's own settings; its errors still show.
quiet="--quiet --quiet --disable-pip-version-check --no-input"
export PIP_ROOT_USER_ACTION=ignore

say "Installing the pinned requirements (about a minute the first time) ..."
for file; do
    # shellcheck disable=SC2086 # several words on purpose
    $pip install $quiet --no-deps --no-build-isolation --require-hashes --only-binary :all: --no-binary flask-principal -r "$file"
done
# shellcheck disable=SC2086
$pip install $quiet --no-build-isolation --no-deps --editable .
said=$($pip check --disable-pip-version-check) || { # what --no-deps would leave out is a defect of the files
    say "$said"
    exit 1
}
