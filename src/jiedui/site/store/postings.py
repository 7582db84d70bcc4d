"""The words of the index in each database: laid down, taken away, and asked for.

SQLite has an FTS5 table without contents, whose tokens are ours already; PostgreSQL a `tsvector`
made of ours, without a parser of its own. Not for what is found by them, nor for who sees it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from jiedui.site.store.statement import Where, marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiedui.search import Term

_PART = 500
_MANY = 20_000
_COLUMNS = "id, kind, entry, version, owner, pairing, day"


@dataclass(frozen=True, slots=True)
class Posting:
    """A row of the index: what it stands for, its words, and hashes of names by reference."""

    kind: str
    entry: int
    version: int
    owner: int
    pairing: int | None
    day: str
    words: Sequence[str]
    names: Sequence[tuple[str, bytes]] = ()


@dataclass(frozen=True, slots=True)
class IdSet:
    """A select of numbers of rows of the index, with its values; `few` when that is known."""

    text: str
    values: tuple[str | int | bytes, ...]
    few: bool = False

    def or_in(self, other: IdSet) -> IdSet:
        """The numbers that are in this set or in another."""
        return IdSet(f"{self.text} UNION {other.text}", (*self.values, *other.values))


def lay(postings: Sequence[Posting]) -> None:
    """Put rows into the index; inside the transaction of the caller."""
    if not postings:
        return
    with connection.cursor() as cursor:
        ids = _ids(len(postings))
        rows = [
            (number, one.kind, one.entry, one.version, one.owner, one.pairing, one.day)
            for number, one in zip(ids, postings, strict=True)
        ]
        if connection.vendor == "sqlite":
            cursor.executemany(
                f"INSERT INTO jd_search ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s)", rows
            )
            cursor.executemany(
                "INSERT INTO jd_search_words (rowid, words) VALUES (%s, %s)",
                [(at, " ".join(one.words)) for at, one in zip(ids, postings, strict=True)],
            )
        else:
            cursor.executemany(
                f"INSERT INTO jd_search ({_COLUMNS}, words) "
                "VALUES (%s, %s, %s, %s, %s, %s, %s, %s::tsvector)",
                [(*row, _vector(one.words)) for row, one in zip(rows, postings, strict=True)],
            )
        cursor.executemany(
            "INSERT INTO jd_search_name (indexed_id, owner, ref, hash) VALUES (%s, %s, %s, %s)",
            [
                (at, one.owner, ref, hashed)
                for at, one in zip(ids, postings, strict=True)
                for ref, hashed in one.names
            ],
        )


def _ids(count: int) -> list[int]:
    """Numbers that no row ever had."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'jd_search'")
            found = cursor.fetchone()
            last = int(found[0]) if found else 0
            if not last:
                # The first row of all: words of an index that was emptied otherwise are no rows'.
                _forget_words()
            return list(range(last + 1, last + 1 + count))
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('jd_search', 'id')) FROM generate_series(1, %s)",
            [count],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def _vector(words: Sequence[str]) -> str:
    """Our words as a tsvector; they are letters and digits, so nothing is to be escaped."""
    return " ".join(f"'{word}':{at}" for at, word in enumerate(words, 1))


def drop(kind: str, versions: Sequence[int]) -> None:
    """Take the rows of versions out of the index.

    Their words stay in SQLite's table, where no row is theirs any more, until the index is rebuilt.
    """
    for start in range(0, len(versions), _PART):
        part = versions[start : start + _PART]
        _delete(f"kind = %s AND version IN ({marks(part)})", [kind, *part])


def drop_entries(kind: str, entries: Sequence[int]) -> None:
    """Take all rows of entries, or of documents by their numbers, out of the index."""
    for start in range(0, len(entries), _PART):
        part = entries[start : start + _PART]
        _delete(f"kind = %s AND entry IN ({marks(part)})", [kind, *part])


def drop_ended(kind: str, relation: str, limit: int) -> int:
    """Take the rows of ended versions out, so many at once; returns how many they were."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT s.id FROM jd_search s JOIN {relation} v ON v.id = s.version "
            f"WHERE s.kind = %s AND v.ended IS NOT NULL LIMIT {limit}",
            [kind],
        )
        ids = [int(row[0]) for row in cursor.fetchall()]
    for start in range(0, len(ids), _PART):
        part = ids[start : start + _PART]
        _delete(f"id IN ({marks(part)})", part)
    return len(ids)


def _delete(condition: str, values: Sequence[str | int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM jd_search_name WHERE indexed_id IN "
            f"(SELECT id FROM jd_search WHERE {condition})",
            list(values),
        )
        cursor.execute(f"DELETE FROM jd_search WHERE {condition}", list(values))


def clear() -> None:
    """Empty the index."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM jd_search_name")
        cursor.execute("DELETE FROM jd_search")
    if connection.vendor == "sqlite":
        _forget_words()


def _forget_words() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO jd_search_words (jd_search_words) VALUES ('delete-all')")


def matching(terms: Sequence[Term], more: Sequence[str] = (), any_of: Sequence[str] = ()) -> IdSet:
    """The rows of the index in which all terms, all of `more` and one of `any_of` stand."""
    if connection.vendor == "sqlite":
        texts = [f'"{" ".join(one.words)}"{" *" if one.begins else ""}' for one in terms]
        texts += [f'"{word}"' for word in more]
        if any_of:
            texts.append("(" + " OR ".join(f'"{word}"' for word in any_of) + ")")
        value = " AND ".join(texts)
        return IdSet(
            "SELECT rowid AS id FROM jd_search_words WHERE jd_search_words MATCH %s", (value,)
        )
    texts = [_query(one) for one in terms] + [f"'{word}'" for word in more]
    if any_of:
        texts.append("(" + " | ".join(f"'{word}'" for word in any_of) + ")")
    return IdSet("SELECT id FROM jd_search WHERE words @@ %s::tsquery", (" & ".join(texts),))


def _query(term: Term) -> str:
    quoted = " <-> ".join(f"'{word}'" for word in term.words)
    return f"({quoted}{':*' if term.begins else ''})"


def sought(sets: Sequence[IdSet]) -> tuple[str, Where]:
    """Rows `s` that are in all of these sets: what stands after FROM, and the condition.

    PostgreSQL finds its own way. SQLite does not know how many a set holds and has to be told: of
    few each is looked up; where there are many the rows are walked, the newest first, and it is
    enough to walk until there are as many as are wanted.
    """
    made = Where()
    if connection.vendor != "sqlite" or not sets or all(map(_many, sets)):
        walked = " INDEXED BY jd_search_day" if connection.vendor == "sqlite" else ""
        for one in sets:
            # A plus keeps SQLite from beginning with the set after all.
            made.add(f"{'+' if walked else ''}s.id IN ({one.text})", *one.values)
        return f"jd_search s{walked}", made
    first, *rest = sorted(sets, key=_many)
    # Among the conditions, where its value has its turn.
    made.add("h.id = s.id")
    for one in rest:
        made.add(f"s.id IN ({one.text})", *one.values)
    made.values[:0] = first.values
    return f"({first.text}) h CROSS JOIN jd_search s", made


def _many(one: IdSet) -> bool:
    if one.few:
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({one.text} LIMIT {_MANY + 1}) q", one.values)
        return int(cursor.fetchone()[0]) > _MANY
