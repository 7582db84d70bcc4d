"""Serves the installed Jiedui, shut in as its unit does, and goes through the pages.

Not for systemd itself, which a trial cannot run: of the unit's walls those that could keep the
site from working are put up by hand, which are the file system, the user and its powers.
"""

from __future__ import annotations

import http.cookiejar
import re
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING

from scripts.bundle.machine import ENVIRONMENT, fail

if TYPE_CHECKING:
    from scripts.bundle.machine import Machine

PORT = 8765
SITE = f"http://127.0.0.1:{PORT}"
PASSWORD = "jiashili-2024-bundle"  # noqa: S105 - of an invented account, gone with the folder
NAME = "甲示例"
ARTICLE = "2024年5月6日，合作市党政代表团赴天津市考察。"
PATIENCE = 60.0
BOUNDARY = "----jiedui"

# ProtectSystem=strict, ReadWritePaths, PrivateTmp, UMask, User, NoNewPrivileges and
# CapabilityBoundingSet of the unit, in a namespace of its own: the data folder, and a command.
SHUT_IN = """
set -eu
data=$1 prefix=$2
shift 2
mount --bind "$data" "$data"
mount -t tmpfs tmpfs /tmp
mount -t tmpfs tmpfs /var/tmp
mounts=$(cut -d' ' -f2 /proc/self/mounts)
for at in $mounts; do
    case $at in "$data" | /tmp | /var/tmp | /proc | /dev*) ;;
        # A folder that another stands for cannot be reached, and need not be.
        *) mount -o remount,bind,ro "$at" 2>/dev/null || true ;;
    esac
done
for at in / /etc /var "$prefix"; do
    ! touch "$at/written" 2>/dev/null || { echo "$at can be written" >&2; exit 1; }
done
umask 077
exec setpriv --reuid jiedui --regid jiedui --clear-groups --no-new-privs \\
    --bounding-set=-all --inh-caps=-all "$@"
"""


def use(machine: Machine) -> None:
    """Serve, open the sign-in page and a static file, sign in, hand in an article."""
    command = [str(machine.prefix / "bin/jiedui"), "serve", "--port", str(PORT)]
    if machine.whole:
        shut = ["unshare", "--mount", "sh", "-c", SHUT_IN, "sh"]
        command = [*shut, str(machine.data), str(machine.prefix), *command]
    with (machine.folder / "log").open("wb") as log:
        server = subprocess.Popen(command, env=ENVIRONMENT, cwd="/", stdout=log, stderr=log)
    try:
        visit(machine, server)
    finally:
        server.terminate()
        server.wait(PATIENCE)


def visit(machine: Machine, server: subprocess.Popen[bytes]) -> None:
    """Go through the pages as a person does."""
    web = urllib.request.build_opener(
        urllib.request.ProxyHandler({}),
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
    )
    page = patiently(machine, server, web)
    sheet = re.search(r'href="(/static/[^"]+\.css)"', page)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if sheet is None or token is None:
        fail("the sign-in page", page[:2000])
    with web.open(SITE + sheet[1], timeout=PATIENCE) as answer:
        css = answer.read()
    beside = machine.prefix / "current" / sheet[1].lstrip("/")
    if beside.read_bytes() != css:
        fail("static files", f"{beside} is not what is served")
    form = {"username": "jia", "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    sent = urllib.parse.urlencode(form).encode()
    with web.open(f"{SITE}/sign-in", sent, timeout=PATIENCE) as answer:
        board = str(answer.read().decode())
    if NAME not in board or "看板" not in board:
        fail("signing in", board[:2000])
    if "合作市党政代表团赴天津市考察" not in handed_in(web):
        fail("handing in an article", "its visit is not proposed")


def handed_in(web: urllib.request.OpenerDirector) -> str:
    """Hand an article in, which a process of its own reads; give the page of the document."""
    with web.open(f"{SITE}/documents", timeout=PATIENCE) as answer:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
    if token is None:
        fail("the documents", "no form on the page")
    parts = {'"csrfmiddlewaretoken"': token[1], '"file"; filename="article.txt"': ARTICLE}
    sent = "".join(
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; name={name}\r\n\r\n{value}\r\n"
        for name, value in parts.items()
    )
    asked = urllib.request.Request(  # noqa: S310 - an address of ours
        f"{SITE}/documents",
        f"{sent}--{BOUNDARY}--\r\n".encode(),
        {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
    )
    with web.open(asked, timeout=PATIENCE) as answer:
        return str(answer.read().decode())


def patiently(
    machine: Machine, server: subprocess.Popen[bytes], web: urllib.request.OpenerDirector
) -> str:
    """Give the sign-in page once the server answers."""
    began = time.monotonic()
    while True:
        try:
            with web.open(f"{SITE}/sign-in", timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, OSError) as fault:
            if server.poll() is not None or time.monotonic() - began > PATIENCE:
                log = (machine.folder / "log").read_text("utf-8")
                fail("jiedui serve", f"{fault}\n{log[-3000:]}")
            time.sleep(0.1)
