"""A PostgreSQL server for tests: the one named by JIEDUI_TEST_POSTGRES, or a throw-away one.

At most one server is started for a test run, in a temporary folder, without fsync, and it ends
with the run, also when the run is killed.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path

import psycopg

from tests.needs import postgres_bin

SETTINGS = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40",
    "listen_addresses=127.0.0.1", "log_min_messages=fatal",
)  # fmt: skip
PATIENCE = 30


@cache
def postgres_url(buffers: str = "32MB") -> str | None:
    """The URL of a server's own database, as a user who may create others; None without one.

    `buffers` is what a throw-away server shares of memory.
    """
    if named := os.environ.get("JIEDUI_TEST_POSTGRES"):
        return named
    folder = postgres_bin()
    return None if folder is None else _start(folder, buffers)


def _start(binaries: Path, buffers: str) -> str:
    home = Path(tempfile.mkdtemp(prefix="jiedui-postgres-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        owner = pwd.getpwnam("postgres")
        os.chown(home, owner.pw_uid, owner.pw_gid)
        as_user = [f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    setpriv = shutil.which("setpriv")
    cluster, port = home / "cluster", _free_port()
    make = [str(binaries / "initdb"), "-D", str(cluster), "-U", "postgres", "-A", "trust"]
    make += ["-E", "UTF8", "--no-locale", "--no-sync"]
    run = [str(binaries / "postgres"), "-D", str(cluster), "-p", str(port), "-k", str(home)]
    run += [
        word for setting in (*SETTINGS, f"shared_buffers={buffers}") for word in ("-c", setting)
    ]
    # The signal that ends the server when the run is killed; setpriv sets it after the user.
    before = [setpriv, *as_user, "--pdeathsig", "INT"] if setpriv else []
    with (home / "server.log").open("wb") as log:
        subprocess.run([*before, *make], check=True, stdout=log, stderr=log, cwd=home)
        server = subprocess.Popen([*before, *run], stdout=log, stderr=log, cwd=home)
    atexit.register(_stop, server, home)
    url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    _wait(url, server, home)
    return url


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes], home: Path) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > end:
                told = (home / "server.log").read_text("utf-8", "replace")
                raise RuntimeError(f"PostgreSQL did not start: {told}") from None
            time.sleep(0.1)
        else:
            return


def _stop(server: subprocess.Popen[bytes], home: Path) -> None:
    server.terminate()  # SIGTERM waits for the clients to leave; SIGINT after a while does not
    try:
        server.wait(2)
    except subprocess.TimeoutExpired:
        server.send_signal(2)
        server.wait(PATIENCE)
    shutil.rmtree(home, ignore_errors=True)
