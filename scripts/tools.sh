#!/bin/sh
# Installs what fuller tests need: Chromium, PostgreSQL, Java and a Chinese font. Asks nothing.
set -eu

wanted=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 \
    || command -v google-chrome >/dev/null 2>&1 || wanted="$wanted chromium"
command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 \
    || wanted="$wanted postgresql"
command -v java >/dev/null 2>&1 || wanted="$wanted default-jre-headless"
[ -n "$(fc-list :lang=zh 2>/dev/null)" ] || wanted="$wanted fontconfig fonts-noto-cjk"

if [ -z "$wanted" ]; then
    echo "Chromium, PostgreSQL, Java and a Chinese font are here."
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $wanted
else
    echo "Still to be installed by somebody who may (names as in Debian):$wanted"
    echo "The tests that need them are skipped until then, and say so at the end."
fi
