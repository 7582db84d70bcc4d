"""Indexes of an empty table wait for its first rows, and are the same afterwards whatever happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction

from jiedui import ledgers
from jiedui.site.store import bare, batches, verify
from tests.site.store.test_batches import HEAD, ROWS, entries, given

if TYPE_CHECKING:
    from tests.site.store.town import Town

pytestmark = pytest.mark.django_db(databases=["default", "work"])
FUNDS = ledgers.ledgers()["funds"]


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("indexes are left out on SQLite alone")
    monkeypatch.setattr(bare, "MANY", 1)


def indexes() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        )
        return dict(cursor.fetchall())


def received(town: Town) -> batches.Preview:
    found = batches.receive(town.clerk, FUNDS, (HEAD + ROWS).encode(), "样例.csv", given(town))
    assert isinstance(found, batches.StoredBatch)
    shown = batches.preview(town.clerk, found.key)
    assert isinstance(shown, batches.Preview)
    return shown


def test_the_first_rows_come_into_a_bare_table(town: Town) -> None:
    before = indexes()
    assert len([name for name in before if "funds" in name]) >= 6
    shown = received(town)
    seen: list[int] = []

    def listen(phase: str, _done: int = 0, _rows: int = 0, /) -> None:
        if phase == "write":
            seen.append(len([name for name in indexes() if "funds" in name]))

    done = batches.load(town.clerk, shown.batch.key, shown.digest, listen=listen)
    assert isinstance(done, batches.Loaded)
    assert 0 in seen
    assert indexes() == before
    assert len(entries(town)) == 3
    assert verify.verify().broken == ()


def test_what_fails_on_the_way_leaves_them_where_they_were(town: Town) -> None:
    before = indexes()

    def fail() -> None:
        with transaction.atomic(), bare.indexed_afterwards(FUNDS, 1):
            assert indexes() != before
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert indexes() == before


def test_a_table_that_holds_rows_keeps_its_indexes(town: Town) -> None:
    shown = received(town)
    batches.load(town.clerk, shown.batch.key, shown.digest)
    before = indexes()
    with transaction.atomic(), bare.indexed_afterwards(FUNDS, 1):
        assert indexes() == before
