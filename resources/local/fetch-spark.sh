#!/bin/sh
# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches Spark and what notebooks usually need into the user's cache folder. Run again after an interruption it goes on
# where it was; with everything there it does nothing. Prints `fetch: NN% text`; a failure is
# `kindling: error: CODE: text` on standard error and exit code 3.
set -u

packages="pyspark==4.1.4 pandas==3.1.1 numpy==2.4.6 matplotlib==3.11.2"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/kindling"
venv="$cache/spark-venv"
mark="$venv/.kindling-complete"

say() { printf 'fetch: %s%% %s\n' "$1" "$2"; }
fail() { printf 'kindling: error: %s: %s\n' "$1" "$2" >&2; exit 3; }
verify() { "$venv/bin/python" -c 'import pyspark, pandas, numpy, matplotlib, sys
sys.exit(pyspark.__version__ != "4.1.4")' 2>/dev/null; }

if [ -f "$mark" ] && [ "$(cat "$mark")" = "$packages" ] && [ -x "$venv/bin/python" ]; then
    say 100 "Spark is there already"
    exit 0
fi
if [ -x "$venv/bin/python" ] && verify; then
    printf '%s\n' "$packages" > "$mark"
    say 100 "Spark is there already"
    exit 0
fi

say 0 "Preparing $venv"
mkdir -p "$cache" || fail no-space "No folder can be made in $cache."
free=$(df -Pk "$cache" | awk 'NR == 2 { print $4 }')
[ "${free:-0}" -gt 1800000 ] || fail no-space "Spark needs 1.8 GB free in $cache. Make room there, or set XDG_CACHE_HOME to another place."
python="${KINDLING_PYTHON:-python3}"
command -v "$python" >/dev/null 2>&1 || fail missing-python "Python 3 is needed. Install it (Debian: python3 python3-venv)."
if ! [ -x "$venv/bin/pip" ]; then
    rm -rf "$venv"
    "$python" -m venv "$venv" >/dev/null 2>&1 \
        || fail missing-python "Python cannot make a virtual environment. Install its venv part (Debian: python3-venv)."
fi

percent=5
for package in $packages; do
    say "$percent" "Fetching $package"
    # pip keeps what it has downloaded in its cache: an interrupted run does not fetch it twice.
    "$venv/bin/pip" install --disable-pip-version-check --no-input --quiet --retries 5 --timeout 60 "$package" \
        || fail missing-pyspark "Fetching $package failed; the lines above say why. Check the network and run it again."
    [ "$percent" -eq 5 ] && percent=65 || percent=$((percent + 10))
done
say 97 "Checking"
verify || fail missing-pyspark "What was fetched does not load. Remove $venv and run it again."
printf '%s\n' "$packages" > "$mark"
say 100 "Spark is ready"
