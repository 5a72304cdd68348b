#!/bin/sh
# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches the published Apache Livy server 0.7.1 through Maven into the cache folder, for the tests that drive the real one.
# With everything there it does nothing. Prints `livy: text`; where it cannot be had, the reason is kept in the file
# `problem` beside it, and the exit code is 0: those tests are skipped with that reason.
set -u

version=0.7.1-incubating
folder="${XDG_CACHE_HOME:-$HOME/.cache}/kindling/livy-$version"
expected=114

say() { printf 'livy: %s\n' "$1"; }
give_up() { printf '%s\n' "$1" > "$folder/problem"; say "$1"; exit 0; }

mkdir -p "$folder" || exit 0
[ -f "$folder/complete" ] && exit 0
rm -f "$folder/problem"
command -v mvn >/dev/null 2>&1 || give_up 'Maven is missing (Debian: maven).'

dependency() { printf '<dependency><groupId>org.apache.livy</groupId><artifactId>%s</artifactId><version>%s</version></dependency>\n' "$1" "$version"; }
{
    echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
    echo '<groupId>kindling</groupId><artifactId>livy-for-tests</artifactId><version>1</version><packaging>pom</packaging><dependencies>'
    dependency livy-server; dependency livy-rsc; dependency livy-api
    echo '</dependencies></project>'
} > "$folder/pom.xml"

say "fetching the published Livy $version server with its $expected libraries (73 MB, once) into $folder"
# Maven says one line a file that it gets.
{ mvn -B -f "$folder/pom.xml" -Dstyle.color=never dependency:copy-dependencies -DoutputDirectory="$folder/jars" 2>&1 && printf "\nended-well\n"; } \
    | tee "$folder/fetch.log" | awk -v all="$expected" '
        /Downloaded .*\.jar/ { n++; step = int(n * 10 / all); if (step > last && step <= 10) { last = step; printf "livy: %d %%\n", step * 10; fflush() } }'
if ! tail -n 1 "$folder/fetch.log" | grep -qx ended-well; then
    give_up "Maven could not fetch it: $(grep -m 1 '^\[ERROR\]' "$folder/fetch.log" | cut -c 9-200)"
fi
touch "$folder/complete"
say 'the server is there'
