"""The office's machine, as the trial of the bundle sees it: where things are, and its `jiedui`.

Not for the steps of the trial: those are `inside`'s and `visiting`'s.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

# As cron has it.
ENVIRONMENT = {"PATH": "/usr/bin:/bin"}


def fail(step: str, found: object) -> NoReturn:
    """End with the step and what was found."""
    print(f"bundle: {step}: {found}", file=sys.stderr)
    raise SystemExit(1)


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
            env=ENVIRONMENT | more, cwd="/", timeout=600,
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
