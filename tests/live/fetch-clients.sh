#!/bin/sh
# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches other people's clients of Livy, which a live test runs against Local Spark, into the user's cache folder: pylivy
# and, with --peers, sparkmagic. What cannot be fetched is said, and its test is skipped.
set -u

cache="${XDG_CACHE_HOME:-$HOME/.cache}/kindling"
python=$cache/spark-venv/bin/python
pip_options='--disable-pip-version-check --no-input --quiet'
pylivy='livy==0.8.0 requests==2.34.2 urllib3==2.8.0 idna==3.20 certifi==2026.10.19.post1 charset-normalizer==3.5.3'
# With the ipykernel of its time.
sparkmagic='sparkmagic==0.23.0 papermill==2.7.0 ipykernel==6.29.5'

say() { printf 'clients: %s\n' "$*"; }
is_there() { [ "$(cat "$1/.complete" 2>/dev/null)" = "$2" ]; }

fetch_pylivy() {
    folder=$cache/clients/pylivy
    is_there "$folder" "$pylivy" && return 0
    say 'fetching pylivy'
    rm -rf "$folder"
    # shellcheck disable=SC2086
    "$python" -m pip install $pip_options --no-deps --target "$folder" $pylivy || return 1
    printf '%s\n' "$pylivy" > "$folder/.complete"
}

# One of its dependencies is built here and needs these headers.
install_krb5() {
    command -v krb5-config >/dev/null 2>&1 && return 0
    sudo=
    [ "$(id -u)" -eq 0 ] || sudo='sudo -n'
    $sudo apt-get install -y -q --no-install-recommends libkrb5-dev
}

fetch_sparkmagic() {
    folder=$cache/clients/sparkmagic
    is_there "$folder" "$sparkmagic" && return 0
    say 'fetching sparkmagic; this takes some minutes'
    install_krb5 || { say 'the headers of krb5 are missing (Debian: libkrb5-dev)'; return 1; }
    rm -rf "$folder"
    # shellcheck disable=SC2086
    "$python" -m venv "$folder" && "$folder/bin/pip" install $pip_options $sparkmagic || return 1
    kernels=$("$folder/bin/python" -c 'import os, sparkmagic; print(os.path.join(os.path.dirname(sparkmagic.__file__), "kernels"))')
    "$folder/bin/jupyter-kernelspec" install --sys-prefix "$kernels/pysparkkernel" || return 1
    printf '%s\n' "$sparkmagic" > "$folder/.complete"
}

[ -x "$python" ] || { say 'there is no fetched Spark to run them with'; exit 0; }
fetch_pylivy || say 'pylivy could not be fetched: its test will be skipped'
[ "${1:-}" != --peers ] || fetch_sparkmagic || say 'sparkmagic could not be fetched: its test will be skipped'
exit 0
