"""The vendored assets are what vendor.toml says."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from scripts import vendor

if TYPE_CHECKING:
    from pathlib import Path


def test_the_assets_are_as_recorded() -> None:
    assert vendor.packages(vendor.VENDOR)
    assert vendor.faults(vendor.VENDOR) == []


def test_a_changed_a_missing_and_a_foreign_file_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "vendor"
    shutil.copytree(vendor.VENDOR, folder)
    with (folder / "htmx/htmx.min.js").open("ab") as file:
        file.write(b" ")
    (folder / "pico/pico.min.css").unlink()
    (folder / "other.js").write_text("1", "utf-8")
    assert [fault.split(":")[0] for fault in vendor.faults(folder)] == [
        "htmx/htmx.min.js",
        "pico/pico.min.css",
        "other.js",
    ]
