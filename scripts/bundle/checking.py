"""Tries the bundle where no network is: two archives, a namespace of its own, an installation.

What is tried stands in `inside.py`. Where the machine allows no namespace, one line says so.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.bundle import making
from scripts.bundle.wheels import ARCHES, PYTHONS, ROOT, BundleError

NO_NAMESPACE = "no network namespace may be made here (unshare); the bundle was not installed"
HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"


def namespace() -> list[str] | None:
    """Give the command that runs another without a network, or nothing where none may be made.

    As root the machine's folders can be stood in for too, so that all of install.sh is tried.
    """
    command = ["unshare", "--net", "--mount"]
    if os.geteuid() != 0:
        command.append("--map-root-user")
    try:
        done = subprocess.run([*command, "true"], check=False, capture_output=True)
    except FileNotFoundError:
        return None
    return command if done.returncode == 0 else None


def check() -> int:
    """Make the bundle and install it without a network; give the exit code.

    Raises `BundleError` when the bundle cannot be made, or differs when it is made again.
    """
    apart = namespace()
    if apart is None:
        print(NO_NAMESPACE)
        return 1 if os.environ.get("CI") == "true" else 0
    with tempfile.TemporaryDirectory(prefix="jiedui-bundle-") as folder:
        first, second = two_versions(Path(folder))
        how = "all" if os.geteuid() == 0 else "files"
        command = [*apart, sys.executable, "-m", "scripts.bundle.inside", how]
        return subprocess.run([*command, first, second, folder], check=False, cwd=ROOT).returncode


def two_versions(folder: Path) -> tuple[Path, Path]:
    """Make the archive twice, the second as a later version; for the Python that runs this."""
    arch = os.uname().machine
    if HERE not in PYTHONS or arch not in ARCHES:
        raise BundleError(f"no bundle is made for Python {HERE} on {arch}")
    made_from = making.commit()
    version = making.version_of(made_from)
    made = []
    for label in ("", ".next"):
        work = folder / f"work{label}"
        work.mkdir()
        held = making.contents(arch, (HERE,), version + label, work)
        made.append((held, version + label))
    differing = [
        name
        for name, content in made[0][0].items()
        if name != "BUNDLE" and making.digest(content) != making.digest(made[1][0][name])
    ]
    if differing or made[0][0].keys() != made[1][0].keys():
        raise BundleError(f"made twice from the same files, it differs: {differing}")
    first, second = (making.write(held, name, arch, made_from.epoch, folder) for held, name in made)
    return first, second
