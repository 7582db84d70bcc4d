"""`verify` names the row: for every column of every table, and for rows gone, new or swapped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from jiedui.ledgers import canon
from jiedui.site.store import chain, claims, documents, door, files, rows, verify
from jiedui.site.store.tables import Document, Link, Proposal, Secret
from tests.site.store import articles
from tests.site.store.town import AGREEMENTS, EXCHANGES, PAIRINGS, PARTIES, add, amend, written

VERSIONED = {one.name: one for one in (EXCHANGES, PAIRINGS, PARTIES, AGREEMENTS)}
TABLES = {
    **{f"jd_v_{name}": ("id", rows.columns(ledger)) for name, ledger in VERSIONED.items()},
    "jd_link": ("number", [field.column for field in Link._meta.concrete_fields]),
    "jd_vault": ("ref", [field.column for field in Secret._meta.concrete_fields]),
    "jd_document": ("key", [field.column for field in Document._meta.concrete_fields]),
    "jd_proposal": ("key", [field.column for field in Proposal._meta.concrete_fields]),
}


@pytest.fixture
def book(town):
    """A town with something in every table, and verified."""
    entry = town.enter(
        town.clerk,
        attended=[{"name": "张样例"}, {"name": "李样例", "officer": "是"}],
        at=[{"place": "620102", "site": "样例"}],
        agreed=[{"what": "样例事项", "due": "2024-06-01"}],
        areas=[{"value": "tourism"}],
        leader="周样例",
        kind="industry",
    )
    now = written(amend(town.clerk, entry, people="20"))
    town.enter(town.clerk, subject="第二次")
    town.enter(town.clerk, subject="第三次", ends=None, people=None, chief=None)
    gone = town.enter(town.clerk, subject="第四次", attended=[{"name": "吴样例"}])
    door.withdraw(EXCHANGES, gone.id, town.clerk, base=gone.version, why="重复")
    door.erase(EXCHANGES, gone.id, town.clerk, rows.sealed_refs(gone.values), why="要求")
    cells = {"called": "样例协议", "of_year": "2024", "pairing": str(town.pairings["gansu"])}
    targets = [{"indicator": "H02", "amount": "5"}]
    written(add(town.reviewer, cells | {"targets": targets, "signed": "2024-01-01"}, AGREEMENTS))
    documents.receive(town.clerk, articles.VISIT.encode(), "样例.txt")
    documents.receive(town.clerk, articles.OTHER.encode(), "另一份.txt")
    documents.receive(town.neighbour, articles.VISIT.encode(), "样例.txt")
    articles.accept_first(town, town.clerk)
    report = verify.verify()
    assert report.broken == ()
    assert report.links == door.head().number
    assert (report.documents, report.versions > 10) == (3, True)
    town.first, town.second = entry, now
    return town


@dataclass
class Row:
    """One stored row and how to reach it."""

    table: str
    key: object

    def set(self, column: str, value: object) -> None:
        name, _ = TABLES[self.table]
        with connection.cursor() as cursor:
            cursor.execute(
                f'UPDATE "{self.table}" SET "{column}" = %s WHERE "{name}" = %s', [value, self.key]
            )
            assert cursor.rowcount == 1

    def get(self, column: str) -> object:
        name, _ = TABLES[self.table]
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT "{column}" FROM "{self.table}" WHERE "{name}" = %s', [self.key])
            value = cursor.fetchone()[0]
        return bytes(value) if isinstance(value, memoryview) else value

    def delete(self) -> None:
        name, _ = TABLES[self.table]
        with connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{self.table}" WHERE "{name}" = %s', [self.key])


def row_of(table: str, position: int = 0) -> Row:
    """A row by its position in the order of keys."""
    name, _ = TABLES[table]
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{name}" FROM "{table}" ORDER BY "{name}"')
        return Row(table, cursor.fetchall()[position][0])


def changed(value: object) -> object:
    """The same kind of value with one byte or bit of it changed."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value ^ 1
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    if isinstance(value, datetime | date):
        return value + timedelta(days=1)
    if isinstance(value, str):
        last = len(value) // 2
        other = "1" if value[last : last + 1] != "1" else "2"
        return value[:last] + other + value[last + 1 :] or "x"
    return value


def named(table: str) -> set[str]:
    """The rows of a table that a verification names."""
    return {one.row for one in verify.verify().broken if one.table == table}


@pytest.mark.parametrize("table", TABLES)
def test_a_changed_value_of_any_column_is_named(book, table):
    key, columns = TABLES[table]
    missed = []
    for column in columns:
        row = row_of(table)
        was = row.get(column)
        now = other(table, column, was)
        row.set(column, now)
        moved = Row(table, now) if column == key else row
        if not named(table) & {str(row.key), str(moved.key)}:
            missed.append(column)
        moved.set(column, was)
    assert missed == []
    assert verify.verify().broken == ()


def other(table: str, column: str, was: object) -> object:
    """Another value that the column can hold."""
    if column == "account_id":
        return another("auth_user", "id", was)
    if table == "jd_proposal" and column == "document_id":
        return another("jd_document", "key", was)
    if column == TABLES[table][0]:
        return 10**6 if isinstance(was, int) else "0" * len(str(was))
    return invented(table, column) if was is None else changed(was)


def invented(table: str, column: str) -> object:
    """Some value for a column that is empty."""
    if table.startswith("jd_v_"):
        field = VERSIONED[table.removeprefix("jd_v_")].fields.get(column)
        kind = field.kind if field else "whole"
        return {
            "date": "2024-01-01",
            "flag": True,
            "whole": 1,
            "moment": "2024-01-01T00:00",
            "ref": 1,
            "money": 1,
        }.get(kind, "x")
    return {"published": "2024-01-01", "decided": "2024-01-01 00:00:00", "entry": 1}[column]


def another(table: str, column: str, was: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {column} <> %s", [was])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("table", [table for table in TABLES if table != "jd_proposal"])
@pytest.mark.parametrize("position", [0, -1])
def test_a_deleted_row_is_named(book, table, position):
    row = row_of(table, position)
    if table == "jd_document":
        Proposal.objects.filter(document_id=row.key).delete()
    row.delete()
    if table == "jd_link" and position == -1:
        # The last link with its rows left behind.
        assert verify.verify().broken
    else:
        assert str(row.key) in named(table)


def test_a_deleted_proposal_that_was_accepted_is_missed(book):
    accepted = Proposal.objects.filter(state="accepted").get()
    accepted.delete()
    assert named("jd_document") == {accepted.document_id}


@pytest.mark.parametrize("table", [f"jd_v_{name}" for name in VERSIONED])
def test_an_inserted_row_is_named(book, table):
    copy(table, "id", 999_999)
    assert "999999" in named(table)


def copy(table: str, key: str, value: object, **others: object) -> None:
    _, columns = TABLES[table]
    listed = ", ".join(f'"{one}"' for one in columns)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {listed} FROM "{table}" ORDER BY "{key}" LIMIT 1')
        made = dict(zip(columns, cursor.fetchone(), strict=True)) | {key: value} | others
        if "ended" in made:
            made["ended"] = 1
        marks = ", ".join(["%s"] * len(columns))
        cursor.execute(f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', list(made.values()))


def test_an_inserted_document_link_or_name_is_named(book):
    copy("jd_document", "key", "0" * 13, owner=1)
    copy("jd_vault", "ref", "0" * 32)
    copy("jd_link", "number", 10**6)
    assert named("jd_document") == {"0" * 13}
    assert named("jd_vault") == {"0" * 32}
    assert "1000000" in named("jd_link")


def test_a_document_that_was_sealed_anew_is_named(book):
    """Whoever can write the table can make its seal; the chain has the one that was."""
    document = Document.objects.filter(owner=book.offices["shaanxi"]).get()
    document.text = document.text.replace("样例", "别例")
    document.seal = files.seal(document)
    document.save()
    assert named("jd_document") == {document.key}


def test_a_document_under_another_that_is_cited_casts_its_entries_into_doubt(book):
    accepted = Proposal.objects.filter(state="accepted").get()
    document = accepted.document
    document.text = document.text[::-1]
    document.save()
    version = door.entry(EXCHANGES, accepted.entry, book.clerk).version
    assert str(version) in named("jd_v_exchanges")
    assert document.key in named("jd_document")


def test_swapped_rows_are_found(book):
    one, other = row_of("jd_v_exchanges", 0), row_of("jd_v_exchanges", 2)
    one.set("id", -1)
    other.set("id", one.key)
    Row("jd_v_exchanges", -1).set("id", other.key)
    assert {str(one.key), str(other.key)} <= named("jd_v_exchanges")


def test_rows_that_swapped_their_values_are_found(book):
    one, other = row_of("jd_v_exchanges", 0), row_of("jd_v_exchanges", 2)
    for column in ("subject", "people"):
        values = one.get(column), other.get(column)
        one.set(column, values[1])
        other.set(column, values[0])
    assert {str(one.key), str(other.key)} <= named("jd_v_exchanges")


def test_a_row_that_was_sealed_anew_breaks_its_link(book):
    """A forger who knows how digests are made has to break the chain."""
    version = row_of("jd_v_exchanges", 2)
    entry = next(
        one for one in door.entries(EXCHANGES, book.clerk).entries if one.version == version.key
    )
    values = dict(entry.values) | {"people": 500}
    version.set("people", 500)
    version.set("digest", canon.digest("exchanges", entry.id, values))
    assert str(entry.link) in named("jd_link")


@pytest.mark.parametrize("what", ["changed", "gone", "longer"])
def test_an_original_that_changed_is_named(book, what):
    document = Document.objects.filter(owner=book.offices["shaanxi"]).get()
    path = Path(settings.JIEDUI_FOLDER, "documents", document.sha256[:2], document.sha256)
    was = path.read_bytes()
    try:
        if what == "gone":
            path.unlink()
        else:
            path.write_bytes(was[:-1] + b"x" if what == "changed" else was + b"\n")
        # Both offices brought these bytes.
        assert len(named("jd_document")) == 2
    finally:
        path.write_bytes(was)
    assert named("jd_document") == set()


def test_a_chain_cut_short_is_seen_by_the_head_that_was_printed(book):
    printed = door.head()
    last = Link.objects.order_by("-number").first()
    # An addition at the end, and then its link and its row gone without a trace.
    town_entry = book.enter(book.clerk, subject="最后一次")
    longer = door.head()
    Row("jd_v_exchanges", town_entry.version).delete()
    Link.objects.filter(number=longer.number).delete()
    assert verify.verify().broken == ()
    assert verify.link_with_head(longer.digest) is None
    assert verify.link_with_head(printed.digest) == last.number


@pytest.mark.parametrize("digest", ["", "x", "00", "0" * 64, "０" * 64, "样例"])
def test_a_head_that_never_was_is_no_links(book, digest):
    assert verify.link_with_head(digest) is None


def test_a_link_that_claims_the_world_does_not_fill_the_memory(book):
    row = row_of("jd_link", 5)
    for ids in ("[1,9223372036854775807", "[1,99999999999999999999999", "[-5,2", '["x",2'):
        wrote = str(row.get("wrote"))
        row.set("wrote", f'{{"exchanges":{ids},"{EXCHANGES.declaration}"]}}')
        assert str(row.key) in named("jd_link")
        row.set("wrote", wrote)
    for nonsense in ("", "[]", "{", "1", "null", '{"exchanges":1}', '{"nonsense":[1,2,"x"]}'):
        for column in ("wrote", "ends", "erased"):
            was = str(row.get(column))
            row.set(column, nonsense)
            if nonsense != was:
                assert str(row.key) in named("jd_link")
            row.set(column, was)
    assert verify.verify().broken == ()


def only_sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps the types of its columns itself")


LET_STAND = (
    ("starts", "2024-5-21"), ("starts", "20240521"), ("starts", "2024-05-21 "),
    ("starts", "2024-05-２1"), ("starts", b"2024-05-21"), ("chief", 2), ("chief", "true"),
    ("people", "２0"), ("people", 18.5), ("people", b"18"), ("subject", b"x"),
    ("attended", "[ ]"), ("attended", "{}"), ("attended", "null"), ("attended_count", 7),
    ("identity", "x"), ("digest", "x"), ("entry", "x"), ("ended", "x"), ("link", 1.5),
    ("owner", -1), ("sources", '[{"document":"x"}]'),
    ("sources", '[{"document":"x","starts_at":0,"ends_at":1,"field":"form","seal":"x"}]'),
)  # fmt: skip


def test_what_sqlite_lets_stand_in_a_column_is_named(book):
    only_sqlite()
    row = row_of("jd_v_exchanges", 2)
    missed = []
    for column, value in LET_STAND:
        was = row.get(column)
        row.set(column, value)
        if str(row.key) not in named("jd_v_exchanges"):
            missed.append((column, value))
        row.set(column, was)
    assert missed == []
    assert verify.verify().broken == ()


@pytest.mark.parametrize("table", TABLES)
def test_bytes_that_are_no_text_are_named_and_stop_nothing(book, table):
    only_sqlite()
    key, columns = TABLES[table]
    missed = []
    for column in columns:
        row = row_of(table)
        was = row.get(column)
        if column == key or not isinstance(was, str):
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                f'UPDATE "{table}" SET "{column}" = CAST(x\'ff\' AS TEXT) WHERE "{key}" = %s',
                [row.key],
            )
        if str(row.key) not in named(table):
            missed.append(column)
        row.set(column, was)
    assert missed == []


def test_a_vault_key_that_changed_is_said(book, settings):
    settings.JIEDUI_VAULT_KEY = "another" * 8
    assert len(named("jd_vault")) == Secret.objects.count() > 0


def test_an_empty_book_is_green(db):
    report = verify.verify()
    assert report.broken == ()
    assert report.head == chain.Head(0, "", "")


def test_missing_links_are_named_one_by_one():
    said = claims.OfLedger([claims.Range(1, 2, 1, "a"), claims.Range(3, 3, 2, "a")])
    assert [said.of(number) and said.of(number).link for number in range(5)] == [
        None, 1, 1, 2, None,
    ]  # fmt: skip
