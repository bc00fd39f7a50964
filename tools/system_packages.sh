#!/bin/sh
# Sees to it that the tests have a browser, LibreOffice, Chinese fonts and pandoc: installs what is missing on Debian as root,
# else says what is missing and goes on. The tests that need it are then skipped by name.
set -eu
say() { printf '%s\n' "$*" >&2; }

missing=
need() { # need PACKAGE COMMAND...: missing when none of the commands is there
    package=$1
    shift
    for command; do
        if command -v "$command" >/dev/null 2>&1; then return 0; fi
    done
    missing="$missing $package"
}
need_font() { # need_font PACKAGE FAMILY: the family as fontconfig names it
    if command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list "$2" 2>/dev/null)" ]; then return 0; fi
    missing="$missing $1"
}
need_writer() { # `soffice` is there with Calc alone as well
    for home in /usr/lib/libreoffice /usr/lib64/libreoffice /opt/libreoffice* /Applications/LibreOffice.app; do
        if [ -n "$(find "$home" -name 'libswlo*' -print 2>/dev/null | head -n 1)" ]; then return 0; fi
    done
    missing="$missing libreoffice-writer"
}
need_library() { # need_library PACKAGE FILE
    for folder in /lib /lib64 /usr/lib /usr/lib64; do
        for found in "$folder/$2" "$folder"/*-linux-*/"$2"; do
            if [ -e "$found" ]; then return 0; fi
        done
    done
    missing="$missing $1"
}

need chromium chromium chromium-browser google-chrome
need_library libatomic1 libatomic.so.1 # what drives the browser in tests is linked with it
need_writer
need_font fonts-noto-cjk 'Noto Serif CJK SC'
need_font fonts-liberation 'Liberation Serif' # as wide as Times New Roman, so that pages break where they would in Word
need poppler-utils pdftoppm
need pandoc pandoc # reads redlines in tests

[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null; then
    say "Installing$missing (some minutes) ..."
    # shellcheck disable=SC2086 # several words on purpose
    if said=$({ apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
        apt-get -qq install --yes --no-install-recommends $missing; } 2>&1); then
        exit 0
    fi
    say "$said"
    say "They could not be installed."
fi
say "Missing here:$missing. What needs them is skipped by name. On Debian or Ubuntu: sudo apt install$missing"
