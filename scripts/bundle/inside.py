"""Installs and uses Jiedui where no network is, as an operator would; run by `checking`.

`python -m scripts.bundle.inside all|files FIRST SECOND FOLDER` inside a network namespace. `all`
is for root: `/etc` and `/opt` are then copies of its own, and user and units are tried.
"""

from __future__ import annotations

import fcntl
import json
import os
import pwd
import re
import shutil
import socket
import struct
import sys
from pathlib import Path

from scripts.bundle.machine import Machine, fail
from scripts.bundle.visiting import ARTICLE, NAME, PASSWORD, use


def cut_off() -> None:
    """Bring loopback up, and see that nothing else is there."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        up_and_running = 0x1 | 0x40
        asked = struct.pack("16sh", b"lo", up_and_running)
        fcntl.ioctl(probe, 0x8914, asked)  # SIOCSIFFLAGS
    if (there := [name for _, name in socket.if_nameindex()]) != ["lo"]:
        fail("the namespace has interfaces", there)
    try:
        socket.create_connection(("192.0.2.1", 443), timeout=2).close()
    except OSError:
        return
    fail("the namespace has a network", "192.0.2.1 answered")


def first_book(machine: Machine) -> None:
    """Make the book and its first account, and read an article."""
    machine.jiedui("--help")
    machine.jiedui("migrate")
    office = ["--role", "clerk", "--office", "甲示例县协作办", "--place", "623027"]
    machine.jiedui("account", "jia", *office, "--name", NAME, typed=PASSWORD + "\n")
    article = machine.folder / "article.html"
    article.write_text(f"<p>{ARTICLE}</p>", "utf-8")
    for folder in (machine.folder, article):
        folder.chmod(0o755)
    if "2024-05-06" not in machine.jiedui("read", article):
        fail("jiedui read", "the visit of the article is not found")
    machine.run(machine.prefix / "current/venv/bin/python", "-I", "-c", "import psycopg, duckdb")


def system(machine: Machine) -> None:
    """See whose the files are, and that systemd takes the units."""
    user = pwd.getpwnam("jiedui")
    owned = {"": 0o700, "vault.key": 0o600, "secret.key": 0o600}
    for name, mode in owned.items():
        found = (machine.data / name).stat()
        if (found.st_uid, found.st_mode & 0o777) != (user.pw_uid, mode):
            fail(str(machine.data / name), f"{found.st_uid} {found.st_mode:o}")
    settings = (machine.prefix / "jiedui.env").stat()
    if (settings.st_uid, settings.st_gid, settings.st_mode & 0o777) != (0, user.pw_gid, 0o640):
        fail("jiedui.env", f"{settings.st_uid} {settings.st_gid} {settings.st_mode:o}")
    units = [Path("/etc/systemd/system") / f"jiedui{name}.service" for name in ("", "-work")]
    if left := [unit for unit in units if "@" in re.sub("@system-service", "", unit.read_text())]:
        fail("units", f"{left}: a mark is left")
    if shutil.which("systemd-analyze"):
        machine.run("systemd-analyze", "verify", *units)


def main() -> int:
    """Install, use, back up, upgrade, go back and restore."""
    how, first, second, folder = sys.argv[1:]
    cut_off()
    machine = Machine(Path(folder), whole=how == "all")
    print(machine.install(Path(first)), end="")
    version = machine.version()
    first_book(machine)
    use(machine)
    head = machine.head()
    if machine.whole:
        system(machine)
    kept = machine.folder / "kept"
    kept.mkdir(mode=0o777)
    kept.chmod(0o777)
    machine.jiedui("backup", kept / "book.zip")
    print(machine.install(Path(second)), end="")
    machine.jiedui("migrate")
    if machine.version() == version or machine.head() != head:
        fail("the upgrade", f"{machine.version()}, head {machine.head()}, before {head}")
    use(machine)
    later = machine.head()
    for what in ("--back", "--units"):
        print(machine.installer(machine.prefix / "current", what), end="")
    if machine.version() != version or machine.head() != later:
        fail("going back", f"{machine.version()}, head {machine.head()}, before {later}")
    restored = {"JIEDUI_DATA": str(kept / "again")}
    machine.jiedui("restore-backup", kept / "book.zip", **restored)
    again = json.loads(machine.jiedui("verify", "--json", **restored))["head"]["digest"]
    if again != head or os.path.lexists(machine.prefix / ".current.new"):
        fail("the backup", f"head {again}, before {head}")
    print("without a network: installed, used, backed up, upgraded, gone back, restored")
    return 0


if __name__ == "__main__":
    sys.exit(main())
