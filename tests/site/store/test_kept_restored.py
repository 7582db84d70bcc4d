"""What is kept of a workbook with persons goes into a backup and comes back from it, verified."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from jiedui import intake
from jiedui.cli import app
from jiedui.site.store import archive, batches, files, sheets, staging, verify
from jiedui.site.store.tables import Batch
from tests.site.store.test_archive import parts, wipe, write_zip
from tests.site.store.test_batches import loaded, staged
from tests.site.store.test_kept_originals import EXTRA, MIXED, PHONE, documents

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site.store.town import Town

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "work"])


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(staging, "open_book_apart", intake.open_book)
    settings.JIEDUI_FOLDER = tmp_path / "here"


def said(*words: str) -> str:
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, done.output
    return done.stdout


def seen(town: Town, batch: batches.StoredBatch) -> sheets.Around:
    found = sheets.around(town.clerk, batch.key, "csv", 3)
    assert isinstance(found, sheets.Around), found
    return found


@pytest.fixture
def brought(town: Town) -> batches.StoredBatch:
    """One workbook that was loaded, one that was undone, and one that still waits."""
    undone = loaded(town, MIXED + EXTRA.replace("2024", "2023").replace("公路", "旧路")).batch
    batches.undo(town.clerk, undone.key, "样例")
    first = loaded(town, MIXED + EXTRA).batch
    other = EXTRA.replace("示财", "样财").replace("1200", "1100").replace("300.5", "200.5")
    waits = staged(town, MIXED + other.replace("公路", "新路")).batch
    assert all(one.stripped for one in Batch.objects.filter(key__in=[undone.key, waits.key]))
    return first


def test_it_comes_back_with_the_book(
    town: Town, brought: batches.StoredBatch, settings: Any, tmp_path: Path
) -> None:
    before, path = seen(town, brought), tmp_path / "book.zip"
    hashes = sorted(Batch.objects.values_list("key", "sha256", "stripped"))
    kept = {one.name: one.read_bytes() for one in documents(tmp_path / "here")}
    assert len(kept) == 2  # that of the one that waits is no part of the book yet
    said("backup", str(path))
    for content in parts(path).values():
        assert PHONE.encode() not in content
    wipe(settings, tmp_path / "there")

    assert "全部相符" in said("restore-backup", str(path))

    assert seen(town, brought) == before
    assert sorted(Batch.objects.values_list("key", "sha256", "stripped")) == hashes
    assert {one.name: one.read_bytes() for one in documents(tmp_path / "there")} == kept
    said("verify")
    again = archive.write(tmp_path / "again.zip")
    assert isinstance(again, archive.Packed), again
    with zipfile.ZipFile(path) as one, zipfile.ZipFile(tmp_path / "again.zip") as other:
        assert set(one.namelist()) == set(other.namelist())


@pytest.mark.parametrize("how", ["gone", "changed"])
def test_an_archive_without_it_or_with_another_is_refused(
    town: Town, brought: batches.StoredBatch, settings: Any, tmp_path: Path, how: str
) -> None:
    path = tmp_path / "book.zip"
    said("backup", str(path))
    name = f"originals/{Batch.objects.get(key=brought.key).stripped}"
    found = parts(path)
    if how == "gone":
        del found[name]
    else:
        found[name] = found[name].replace("公路".encode(), "铁路".encode())
    write_zip(path, found)
    wipe(settings, tmp_path / "there")
    done = CliRunner().invoke(app, ["restore-backup", str(path)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert Batch.objects.count() == 0
    assert documents(tmp_path / "there") == []


def test_what_was_lost_before_is_said_after(
    town: Town, brought: batches.StoredBatch, settings: Any, tmp_path: Path
) -> None:
    path = tmp_path / "book.zip"
    files.forget(Batch.objects.get(key=brought.key).stripped)
    CliRunner().invoke(app, ["backup", str(path)])
    wipe(settings, tmp_path / "there")
    done = CliRunner().invoke(app, ["restore-backup", str(path)])
    assert done.exit_code == 1, done.output
    assert f"jd_batch 第 {brought.key} 行" in done.stdout
    assert [one.row for one in verify.verify().broken] == [brought.key]
