"""`python -m scripts.bundle`: make the archive, or make it and try it without a network."""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from pathlib import Path

from scripts.bundle import checking, making
from scripts.bundle.wheels import ARCHES, PYTHONS, BundleError


def main() -> int:
    """Make or check; a reason why not is one line, and 1 is returned."""
    parser = argparse.ArgumentParser(description="the archive for installing without a network")
    parser.add_argument("what", choices=("make", "check"))
    parser.add_argument("--arch", choices=ARCHES, default=platform.machine())
    parser.add_argument("--pythons", default=" ".join(PYTHONS), help="such as '3.11 3.12'")
    given = parser.parse_args()
    pythons = tuple(given.pythons.split())
    if not pythons or set(pythons) - set(PYTHONS):
        print(f"--pythons should name some of {', '.join(PYTHONS)}: {given.pythons!r}")
        return 1
    try:
        if given.what == "check":
            return checking.check()
        made = make(given.arch, pythons)
    except BundleError as fault:
        print(fault)
        return 1
    print(f"{made}: {made.stat().st_size / 1e6:.0f} MB, SHA-256 {making.digest(made)}")
    return 0


def make(arch: str, pythons: tuple[str, ...]) -> Path:
    """Make the archive for a machine into `dist`."""
    made_from = making.commit()
    if made_from.changed:
        print("files differ from the commit: the archive is named so, and is for trying only")
    version = making.version_of(made_from)
    with tempfile.TemporaryDirectory(prefix="jiedui-bundle-") as folder:
        held = making.contents(arch, pythons, version, Path(folder))
        return making.write(held, version, arch, made_from.epoch)


if __name__ == "__main__":
    sys.exit(main())
