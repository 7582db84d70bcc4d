"""Puts the archive together: the same bytes each time it is made from the same commit.

Wheels, static files, licences, installer, units, settings and the operator's pages, with a
SHA256SUMS over all of them. No secret is in it: keys are made on the office's machine.
"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.bundle import licences, wheels
from scripts.bundle.wheels import ROOT, BundleError

if TYPE_CHECKING:
    from collections.abc import Iterable

FILES = Path(__file__).parent / "files"
DIST = ROOT / "dist"
# The operator's pages, and those they point to.
PAGES = (
    "operating.md", "operating.zh.md", "backup.md", "platforms.md", "platforms.zh.md",
    "reference/commands.md", "reference/roles.md", "reference/settings.md",
)  # fmt: skip
OLDEST = "3.11.5"
NEVER = (".key", ".db", ".sqlite3", ".pem")

Contents = dict[str, bytes | Path]


@dataclass(frozen=True, slots=True)
class Commit:
    """What the bundle is made from: the commit, its moment, and whether files differ from it."""

    name: str
    epoch: int
    changed: bool


def commit() -> Commit:
    """Ask git; SOURCE_DATE_EPOCH of the environment holds before the moment of the commit."""
    try:
        said = _git("log", "-1", "--format=%h %ct", "--abbrev=8").split()
        changed = bool(_git("status", "--porcelain", "--untracked-files=normal"))
    except (OSError, subprocess.CalledProcessError):
        said, changed = ["nogit", "946684800"], False
    return Commit(said[0], int(os.environ.get("SOURCE_DATE_EPOCH", said[1])), changed)


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()


def version_of(made_from: Commit) -> str:
    """Name the bundle: version, commit, and `changed` when files differ from the commit."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return f"{project['version']}-{made_from.name}{'-changed' if made_from.changed else ''}"


def contents(arch: str, pythons: tuple[str, ...], version: str, folder: Path) -> Contents:
    """Gather what the archive holds, by the path in it; the folder is for files on their way.

    Raises `BundleError` when a wheel cannot be had, or may not be handed on.
    """
    epoch = commit().epoch
    found = [wheel for python in pythons for wheel in wheels.fetch(arch, python)]
    found.append(wheels.own(folder, epoch))
    packages = licences.of_all(found)
    held: Contents = {f"wheels/{wheel.name}": wheel for wheel in found}
    held["requirements.txt"] = _requirements(packages, found).encode()
    held["licences/LIST.tsv"] = licences.listing(packages).encode()
    for one in packages:
        for path, text in one.texts.items():
            held[f"licences/{one.name}-{one.version}/{path}"] = text
    static = _static(folder)
    held |= {f"static/{path.relative_to(static)}": path for path in _below(static)}
    held |= {path.relative_to(FILES).as_posix(): path for path in _below(FILES)}
    held |= {f"docs/{page}": ROOT / "docs" / page for page in PAGES}
    held |= {name: ROOT / name for name in ("LICENSE", "NOTICE", "CHANGELOG.md")}
    held["BUNDLE"] = (
        f"version={version}\narch={arch}\npythons={' '.join(pythons)}\noldest={OLDEST}\n"
        f"glibc={_glibc(found)}\n"
    ).encode()
    refuse_secrets([*held, *zipfile.ZipFile(found[-1]).namelist()])
    return held


def refuse_secrets(names: Iterable[str]) -> None:
    """Raise `BundleError` for a name that a key or a book would have, wherever it came from."""
    if secret := [name for name in names if name.endswith(NEVER)]:
        raise BundleError(f"{secret[0]}: a bundle holds no keys and no book")


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _requirements(packages: list[licences.Licensed], found: list[Path]) -> str:
    """Give pip's requirements for exactly these wheels, with their hashes."""
    hashes: dict[str, set[str]] = {}
    for wheel in found:
        hashes.setdefault(wheels.name_of(wheel.name.split("-")[0]), set()).add(wheels.sha256(wheel))
    lines = []
    for one in sorted(packages, key=lambda package: package.name):
        said = " ".join(f"--hash=sha256:{value}" for value in sorted(hashes[one.name]))
        if one.name != "pip":
            lines.append(f"{one.name}=={one.version} {said}\n")
    return "".join(lines)


def _static(folder: Path) -> Path:
    """Collect the static files as `jiedui serve` does, for a web server in front."""
    environment = {"JIEDUI_DATA": str(folder / "book"), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(
        [*command, "--settings", "jiedui.site.settings"], cwd=ROOT, env=environment, check=True
    )
    return folder / "book/static"


def _glibc(found: list[Path]) -> str:
    """Give the oldest glibc on which all of these wheels load, as their names say."""
    newest: tuple[int, ...] = (2, 17)
    for wheel in found:
        tags = [tag for tag in wheel.stem.split("-")[-1].split(".") if "linux" in tag]
        named = [tuple(int(n) for n in tag.split("_")[1:3]) for tag in tags if "linux_" in tag]
        # A wheel with several tags loads where the oldest of them does.
        if named and not any("2014" in tag for tag in tags):
            newest = max(newest, min(named))
    return ".".join(str(part) for part in newest)


def digest(content: bytes | Path) -> str:
    """Give the SHA-256 of a member in hex."""
    return (
        hashlib.sha256(content).hexdigest()
        if isinstance(content, bytes)
        else wheels.sha256(content)
    )


def write(held: Contents, version: str, arch: str, epoch: int, folder: Path = DIST) -> Path:
    """Write the archive and its SHA-256 beside it; complete or not at all."""
    name = f"jiedui-{version}-{arch}"
    sums = "".join(f"{digest(content)}  {path}\n" for path, content in sorted(held.items()))
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{name}.tar"
    new = target.with_suffix(".new")
    with tarfile.open(new, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path, content in [*sorted(held.items()), ("SHA256SUMS", sums.encode())]:
            _add(archive, f"{name}/{path}", content, epoch)
    new.replace(target)
    target.with_suffix(".tar.sha256").write_text(f"{digest(target)}  {target.name}\n", "utf-8")
    return target


def _add(archive: tarfile.TarFile, name: str, content: bytes | Path, epoch: int) -> None:
    """Add one file with nobody's name, the moment of the commit, and one of two modes."""
    member = tarfile.TarInfo(name)
    member.mtime = epoch
    member.mode = 0o755 if name.endswith(".sh") else 0o644
    if isinstance(content, bytes):
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
        return
    member.size = content.stat().st_size
    with content.open("rb") as file:
        archive.addfile(member, file)
