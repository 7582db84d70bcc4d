"""Installs and uses Jiedui where no network is, as an operator would; run by `checking`.

`python -m scripts.bundle.inside all|files FIRST SECOND FOLDER` inside a network namespace. `all`
is for root: `/etc` and `/opt` are then copies of its own, and user and units are tried.
"""

from __future__ import annotations

import fcntl
import http.cookiejar
import json
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import NoReturn

PORT = 8765
SITE = f"http://127.0.0.1:{PORT}"
PASSWORD = "jiashili-2024-bundle"  # noqa: S105 - of an invented account, gone with the folder
NAME = "甲示例"
PATIENCE = 60.0


def fail(step: str, found: object) -> NoReturn:
    """End with the step and what was found."""
    print(f"bundle: {step}: {found}", file=sys.stderr)
    raise SystemExit(1)


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


class Machine:
    """The office's machine: where things are on it, and its `jiedui`."""

    def __init__(self, folder: Path, *, whole: bool) -> None:
        """Stand in for the machine's folders when the whole of install.sh is tried."""
        self.folder, self.whole = folder, whole
        self.prefix = Path("/opt/jiedui") if whole else folder / "opt/jiedui"
        base = Path(sys.base_prefix)
        if whole:
            shutil.copytree("/etc", folder / "etc", symlinks=True)
            (folder / "opt").mkdir()
            mount(folder / "etc", Path("/etc"))
            mount(folder / "opt", Path("/opt"))
            let_others_reach(base, folder / "shut")
        self.python = base / f"bin/python{sys.version_info[0]}.{sys.version_info[1]}"
        self.data = self.prefix / "data"

    def run(self, *command: str | Path, typed: str = "", **more: str) -> str:
        """Run a command with nearly no environment; one that fails ends it all."""
        done = subprocess.run(
            command, input=typed, check=False, capture_output=True, text=True,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **more}, cwd="/", timeout=600,
        )  # fmt: skip
        if done.returncode:
            fail(" ".join(map(str, command)), f"{done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def jiedui(self, *arguments: str | Path, typed: str = "", **more: str) -> str:
        """Run `jiedui` as the operator does."""
        return self.run(self.prefix / "bin/jiedui", *arguments, typed=typed, **more)

    def install(self, archive: Path) -> str:
        """Unpack an archive and run its installer."""
        self.run("tar", "xf", archive, "-C", self.folder)
        here = self.folder / archive.name.removesuffix(".tar")
        told = self.installer(here, "--python", self.python)
        shutil.rmtree(here)
        return told

    def installer(self, folder: Path, *arguments: str | Path) -> str:
        """Run the installer of a folder with these arguments."""
        how = () if self.whole else ("--files-only",)
        command = ("sh", folder / "install.sh", "--prefix", self.prefix)
        return self.run(*command, *arguments, *how)

    def version(self) -> str:
        """Say which version is in use."""
        return (self.prefix / "current").readlink().name

    def head(self) -> str:
        """Verify the book and give the head of its chain."""
        return str(json.loads(self.jiedui("verify", "--json"))["head"]["digest"])


def mount(source: Path, target: Path) -> None:
    """Let a folder stand for another, in this namespace alone."""
    subprocess.run(["mount", "--bind", source, target], check=True)


def let_others_reach(base: Path, folder: Path) -> None:
    """Open the way to a Python that lies where only its owner may look, as a developer's does."""
    shut = [path for path in (*reversed(base.parents), base) if not path.stat().st_mode & 0o001]
    if shut:
        stand_in = folder / base.relative_to(shut[0])
        stand_in.mkdir(parents=True)
        mount(base, stand_in)
        subprocess.run(["mount", "--rbind", folder, shut[0]], check=True)


def use(machine: Machine) -> str:
    """Serve, open the sign-in page and a static file, sign in; give the board."""
    with (machine.folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [machine.prefix / "bin/jiedui", "serve", "--port", str(PORT)],
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}, cwd="/", stdout=log, stderr=log,
        )  # fmt: skip
    try:
        return visited(machine, server)
    finally:
        server.terminate()
        server.wait(PATIENCE)


def visited(machine: Machine, server: subprocess.Popen[bytes]) -> str:
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
    return board


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


def first_book(machine: Machine) -> str:
    """Make the book and its first account; give the head."""
    machine.jiedui("--help")
    machine.jiedui("migrate")
    office = ["--role", "clerk", "--office", "甲示例县协作办", "--place", "623027"]
    machine.jiedui("account", "jia", *office, "--name", NAME, typed=PASSWORD + "\n")
    article = machine.folder / "article.html"
    article.write_text("<p>2024年5月6日，合作市党政代表团赴天津市考察。</p>", "utf-8")
    for folder in (machine.folder, article):
        folder.chmod(0o755)
    if "2024-05-06" not in machine.jiedui("read", article):
        fail("jiedui read", "the visit of the article is not found")
    machine.run(machine.prefix / "current/venv/bin/python", "-I", "-c", "import psycopg, duckdb")
    return machine.head()


def system(machine: Machine) -> None:
    """See whose the files are, and that systemd takes the units."""
    import pwd

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
    version, head = machine.version(), first_book(machine)
    use(machine)
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
    for what in ("--back", "--units"):
        print(machine.installer(machine.prefix / "current", what), end="")
    if machine.version() != version or machine.head() != head:
        fail("going back", f"{machine.version()}, head {machine.head()}, before {head}")
    restored = {"JIEDUI_DATA": str(kept / "again")}
    machine.jiedui("restore-backup", kept / "book.zip", **restored)
    again = json.loads(machine.jiedui("verify", "--json", **restored))["head"]["digest"]
    if again != head or os.path.lexists(machine.prefix / ".current.new"):
        fail("the backup", f"head {again}, before {head}")
    print("without a network: installed, used, backed up, upgraded, gone back, restored")
    return 0


if __name__ == "__main__":
    sys.exit(main())
