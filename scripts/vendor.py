"""Fetches the vendored assets from npm, and checks that nobody changed them since.

`make` packs each package of vendor.toml with npm, compares the tarball to the recorded integrity,
copies the named files and records their SHA-256. `check` re-hashes what is there.
Not for users: they need no Node, the files are in the repository.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "src/jiedui/site/web/static/vendor"
LIST = "vendor.toml"


@dataclass(frozen=True, slots=True)
class File:
    """One vendored file: where it is in the package, where it is here, and its SHA-256."""

    source: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Package:
    """One npm package at one version, with the integrity that npm published for it."""

    name: str
    version: str
    licence: str
    integrity: str
    files: tuple[File, ...]


def packages(folder: Path) -> list[Package]:
    """Read vendor.toml of a folder."""
    listed = tomllib.loads((folder / LIST).read_text("utf-8"))["package"]
    return [
        Package(
            entry["name"],
            entry["version"],
            entry["licence"],
            entry["integrity"],
            tuple(File(f["source"], f["path"], f["sha256"]) for f in entry["file"]),
        )
        for entry in listed
    ]


def faults(folder: Path) -> list[str]:
    """Name every file that is missing, changed or not listed; empty when all is well."""
    found: list[str] = []
    listed = {LIST}
    for package in packages(folder):
        for file in package.files:
            listed.add(file.path)
            path = folder / file.path
            if not path.is_file():
                found.append(f"{file.path}: missing ({package.name} {package.version})")
            elif hashlib.sha256(path.read_bytes()).hexdigest() != file.sha256:
                found.append(f"{file.path}: differs from {package.name} {package.version}")
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in listed:
            found.append(f"{name}: not in {LIST}")
    return found


def fetch(package: Package, folder: Path) -> Package:
    """Pack one package with npm, check its integrity, copy its files into the folder.

    Raises SystemExit when the tarball is not the one recorded.
    """
    with tempfile.TemporaryDirectory() as temp:
        spec = f"{package.name}@{package.version}"
        done = subprocess.run(
            ["npm", "pack", "--silent", "--ignore-scripts", spec],
            cwd=temp,
            check=True,
            capture_output=True,
            text=True,
        )
        tarball = Path(temp) / done.stdout.strip().splitlines()[-1]
        digest = hashlib.sha512(tarball.read_bytes()).digest()
        integrity = "sha512-" + base64.b64encode(digest).decode("ascii")
        if package.integrity and integrity != package.integrity:
            raise SystemExit(f"{spec}: integrity {integrity}, recorded {package.integrity}")
        copied = tuple(copy(tarball, file, folder) for file in package.files)
    return Package(package.name, package.version, package.licence, integrity, copied)


def copy(tarball: Path, file: File, folder: Path) -> File:
    """Copy one file out of the tarball, and record its SHA-256."""
    with tarfile.open(tarball) as archive:
        member = archive.extractfile(f"package/{file.source}")
        if member is None:
            raise SystemExit(f"{tarball.name}: no file {file.source}")
        content = member.read()
    target = folder / file.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return File(file.source, file.path, hashlib.sha256(content).hexdigest())


def written(fetched: list[Package]) -> str:
    """Give vendor.toml as text."""
    lines = [
        "# Assets vendored from npm: made and checked by scripts/vendor.py.",
        "# To move to another version: change `version`, empty `integrity`, run",
        "# `python scripts/vendor.py make`, and compare `integrity` with `npm view`.",
    ]
    for package in fetched:
        lines += ["", "[[package]]"]
        for key in ("name", "version", "licence", "integrity"):
            lines.append(f'{key} = "{getattr(package, key)}"')
        for file in package.files:
            lines += ["", "[[package.file]]", f'source = "{file.source}"']
            lines += [f'path = "{file.path}"', f'sha256 = "{file.sha256}"']
    return "\n".join(lines) + "\n"


def main() -> int:
    """Make or check the vendored assets."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("what", choices=("make", "check"))
    if parser.parse_args().what == "make":
        fetched = [fetch(package, VENDOR) for package in packages(VENDOR)]
        (VENDOR / LIST).write_text(written(fetched), "utf-8")
    found = faults(VENDOR)
    print("\n".join(found) if found else "vendored assets: as recorded")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
