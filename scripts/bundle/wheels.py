"""The wheels of the bundle: exactly the locked ones, for the Pythons and the machine wanted.

pip downloads them, held to the hashes of uv.lock, into `.cache/bundle`; where all of them lie there
already, no network is asked.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CACHE = ROOT / ".cache/bundle"
UV = ROOT / ".tools/bin/uv"
PIP = (str(ROOT / ".tools/bin/python"), "-m", "pip", "--disable-pip-version-check")

PYTHONS = ("3.11", "3.12", "3.13")
ARCHES = ("x86_64", "aarch64")
# The newest glibc whose wheels are taken: 2.28 is that of the oldest systems still looked after.
GLIBC = (2, 28)


class BundleError(Exception):
    """Why no bundle can be made, in one line."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A package at its locked version, with the SHA-256 of each of its files."""

    name: str
    version: str
    hashes: frozenset[str]


def name_of(text: str) -> str:
    """Give the name of a package as indexes compare it: lower case, runs of `-_.` as one dash."""
    return re.sub(r"[-_.]+", "-", text).lower()


def exported() -> str:
    """Give the locked packages of the installation as pip's requirements, with their hashes."""
    command = [str(UV), "export", "--frozen", "--offline", "--no-dev", "--extra", "postgres"]
    command += ["--group", "bundle", "--no-emit-project", "--no-header", "--no-annotate"]
    done = subprocess.run(
        [*command, "--quiet"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout


def locked(exported_text: str) -> list[Locked]:
    """Read what uv exported; packages of other systems (`sys_platform == 'win32'`) are left out.

    Raises `BundleError` for any other condition: it would have to hold for every Python.
    """
    found = []
    for line in exported_text.replace("\\\n", " ").splitlines():
        name, _, rest = line.partition("==")
        said, *hashes = re.split(r"\s+--hash=sha256:", rest.strip())
        version, _, condition = (part.strip() for part in said.partition(";"))
        if condition == "sys_platform == 'win32'":
            continue
        if condition and not re.fullmatch(r"\w+ != '(pypy|PyPy)'", condition):
            raise BundleError(f"{name}: no rule for the condition {condition}")
        found.append(Locked(name_of(name), version, frozenset(one.strip() for one in hashes)))
    return found


def fetch(arch: str, python: str) -> list[Path]:
    """Give the wheels for a machine and a Python, from the cache or the index, checked.

    Raises `BundleError` when one cannot be had, as where no index is reachable.
    """
    text = exported()
    folder, wanted = folder_of(text, arch, python), locked(text)
    if (found := held(folder, wanted)) is None:
        folder.mkdir(parents=True, exist_ok=True)
        _download(text, folder, arch, python)
        found = held(folder, wanted)
    if found is None:
        raise BundleError(f"{folder}: not exactly the locked wheels; delete the folder, try again")
    for old in CACHE.glob(f"{arch}-{python}-*"):
        if old != folder:
            shutil.rmtree(old)
    return found


def folder_of(text: str, arch: str, python: str) -> Path:
    """Name the folder of the cache for what uv exported: another lock has another folder."""
    return CACHE / f"{arch}-{python}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def at_hand(arch: str, python: str) -> bool:
    """Say whether the wheels lie in the cache, or the index answers for the smallest of them."""
    text = exported()
    wanted = locked(text)
    if held(folder_of(text, arch, python), wanted) is not None:
        return True
    one = next(f"{one.name}=={one.version}" for one in wanted if one.name == "mdurl")
    command = [*PIP, "download", "--quiet", "--no-deps", "--no-cache-dir", "--retries", "1", one]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([*command, "--dest", folder], check=False, capture_output=True)
    return done.returncode == 0


def held(folder: Path, wanted: list[Locked]) -> list[Path] | None:
    """Give the wheels of a folder when they are the wanted ones and no others, else nothing."""
    wheels = sorted(folder.glob("*.whl"))
    by_name = {name_of(wheel.name.split("-")[0]): wheel for wheel in wheels}
    if len(wheels) != len(wanted) or by_name.keys() != {one.name for one in wanted}:
        return None
    good = all(sha256(by_name[one.name]) in one.hashes for one in wanted)
    return wheels if good else None


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _download(text: str, folder: Path, arch: str, python: str) -> None:
    listed = folder / "requirements.txt"
    listed.write_text(text, "utf-8")
    platforms = [f"manylinux_{GLIBC[0]}_{minor}_{arch}" for minor in range(GLIBC[1], 4, -1)]
    platforms += [f"manylinux2014_{arch}", f"manylinux2010_{arch}", f"manylinux1_{arch}"]
    command = [*PIP, "download", "--quiet", "--require-hashes", "--only-binary", ":all:"]
    command += ["--no-deps", "--requirement", str(listed), "--dest", str(folder)]
    command += ["--implementation", "cp", "--python-version", python]
    for abi in (f"cp{python.replace('.', '')}", "abi3", "none"):
        command += ["--abi", abi]
    for platform in platforms:
        command += ["--platform", platform]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise BundleError(f"wheels for {arch}, Python {python}: {(said or ['pip failed'])[-1]}")


def own(folder: Path, epoch: int) -> Path:
    """Build the wheel of Jiedui itself into a folder."""
    subprocess.run(
        [UV, "build", "--wheel", "--quiet", "--offline", "--out-dir", folder],
        cwd=ROOT, check=True, env={"PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": str(epoch)},
    )  # fmt: skip
    (built,) = folder.glob("jiedui-*.whl")
    return built
