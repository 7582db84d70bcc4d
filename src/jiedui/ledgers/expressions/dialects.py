"""What differs between engines when an expression is written as SQL text.

Not the writing itself: see `sql`. What an engine's dialect writes holds no percent sign, so that it
may stand in a statement that takes %s parameters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.ledgers.expressions.tree import Part
from jiedui.ledgers.expressions.vocabulary import Engine

if TYPE_CHECKING:
    from datetime import date

    from jiedui.ledgers.expressions.tree import Name


def quoted(text: str) -> str:
    """A text literal of standard SQL."""
    return "'" + text.replace("'", "''") + "'"


class Dialect:
    """The canonical form: how an expression is spelt where its digest is made."""

    def name(self, node: Name) -> str:
        """A field, quoted in case it is a reserved word."""
        field = f'"{node.field}"'
        return field if node.field == node.column else f"{field}.count"

    def words(self, text: str) -> str:
        """A text literal."""
        return quoted(text)

    def day(self, value: date) -> str:
        """A date literal."""
        return f"DATE '{value.isoformat()}'"

    def wide(self, number: str) -> str:
        """A number literal that takes part in arithmetic, where 32 bits may be too few."""
        return number

    def days(self, since: str, until: str) -> str:
        """The days from one date to another."""
        return f"days({since}, {until})"

    def part(self, part: Part, item: str) -> str:
        """The year or the month of a date."""
        return f"{part}({item})"

    def day_of(self, item: str) -> str:
        """The day of a moment."""
        return f"day({item})"

    def starts(self, item: str, prefix: str) -> str:
        """A text that begins with a literal."""
        return f"starts({item}, {self.words(prefix)})"

    def total(self, text: str) -> str:
        """A sum with its filter."""
        return text


class Typed(Dialect):
    """What PostgreSQL and DuckDB have in common: native dates, and widths that must be said."""

    def name(self, node: Name) -> str:
        """A column, quoted."""
        return f'"{node.column}"'

    def words(self, text: str) -> str:
        """A text; a percent sign is written as its code."""
        pieces = [self.plain(piece) for piece in text.split("%")]
        return pieces[0] if len(pieces) == 1 else f"({' || chr(37) || '.join(pieces)})"

    def plain(self, piece: str) -> str:
        """A text without a percent sign."""
        return quoted(piece)

    def wide(self, number: str) -> str:
        """A bare number is 32 bits here, and would overflow where the other engines do not."""
        return f"CAST({number} AS BIGINT)"

    def part(self, part: Part, item: str) -> str:
        """A part of a date as a whole number."""
        return f"CAST(EXTRACT({part.upper()} FROM {item}) AS BIGINT)"

    def day_of(self, item: str) -> str:
        """The first ten characters, which are an ISO date under every setting of the server."""
        return f"CAST(substr({item}, 1, 10) AS DATE)"

    def starts(self, item: str, prefix: str) -> str:
        """Byte by byte, whatever the collation."""
        return f"starts_with({item}, {self.words(prefix)})"

    def total(self, text: str) -> str:
        """A sum of 64 bits is wider than that here; the cast fails loudly where SQLite's does."""
        return f"CAST({text} AS BIGINT)"


class Postgresql(Typed):
    """PostgreSQL 15 and later."""

    def plain(self, piece: str) -> str:
        """A backslash is written so that it means one under either setting of the server."""
        return "E" + quoted(piece.replace("\\", "\\\\")) if "\\" in piece else quoted(piece)

    def days(self, since: str, until: str) -> str:
        """A difference of dates is 32 bits here."""
        return f"CAST({until} - {since} AS BIGINT)"


class Duckdb(Typed):
    """DuckDB 2.0 and later."""

    def days(self, since: str, until: str) -> str:
        """The number of midnights between two dates."""
        return f"date_diff('day', {since}, {until})"


class Sqlite(Dialect):
    """SQLite 3.40 and later: dates are ISO text, flags are 0 and 1."""

    def name(self, node: Name) -> str:
        """A column in backticks: a misspelt one in double quotes would be read as a text."""
        return f"`{node.column}`"

    def words(self, text: str) -> str:
        """A text; a percent sign is written as its code."""
        pieces = [quoted(piece) for piece in text.split("%")]
        return pieces[0] if len(pieces) == 1 else f"({' || char(37) || '.join(pieces)})"

    def day(self, value: date) -> str:
        """A date as it is stored."""
        return quoted(value.isoformat())

    def days(self, since: str, until: str) -> str:
        """Julian days of dates end in .5 exactly, so their difference is whole."""
        return f"CAST(julianday({until}) - julianday({since}) AS INTEGER)"

    def part(self, part: Part, item: str) -> str:
        """Digits of the stored text."""
        digits = "1, 4" if part is Part.YEAR else "6, 2"
        return f"CAST(substr({item}, {digits}) AS INTEGER)"

    def day_of(self, item: str) -> str:
        """The first ten characters, which is how a date is stored."""
        return f"substr({item}, 1, 10)"

    def starts(self, item: str, prefix: str) -> str:
        """The first characters compared; LIKE would fold case and read wildcards."""
        return f"(substr({item}, 1, {len(prefix)}) = {self.words(prefix)})"


DIALECTS: dict[Engine, Dialect] = {
    Engine.SQLITE: Sqlite(),
    Engine.POSTGRESQL: Postgresql(),
    Engine.DUCKDB: Duckdb(),
}
"""The dialect of each engine."""
