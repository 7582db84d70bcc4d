"""The one statement that computes several indicators of a ledger, cut by some of its fields.

Not a scope: it reads a relation that bears the ledger's name, and whoever runs it says what that
relation holds.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jiedui.indicators.catalogue import MONTH, IndicatorError
from jiedui.ledgers.expressions import Engine
from jiedui.ledgers.expressions.dialects import DIALECTS
from jiedui.ledgers.expressions.tree import Name
from jiedui.ledgers.words import Many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiedui.indicators.catalogue import Declared

PARTS = ("claimed", "verified", "missing", "entries")


def query(asked: Sequence[Declared], by: Sequence[str], engine: Engine) -> str:
    """The SELECT of some indicators of one ledger: one row a cut, one row in all without cuts.

    Its columns are the cuts, then for each indicator `<code>_claimed`, `_verified`, `_missing` and
    `_entries`. It has no parameters and no percent sign, and reads the relation that bears the
    ledger's name, such as a CTE. Raises `IndicatorError` when the indicators are of different
    ledgers, or may not be cut so.
    """
    return _query(tuple(asked), tuple(by), engine)


@lru_cache(maxsize=256)
def _query(asked: tuple[Declared, ...], by: tuple[str, ...], engine: Engine) -> str:
    # Declarations do not change while a process lives, and a page asks the same of them each time.
    ledger = check(asked, by)
    cuts = [cut(asked[0], name, engine) for name in by]
    columns = [f'{text} AS "by_{name}"' for text, name in zip(cuts, by, strict=True)]
    for one in asked:
        measured = (one.measure(), one.verified(), one.missing(), one.entries())
        columns += [
            f'{expression.sql(engine) if expression else 0} AS "{one.code}_{part}"'
            for part, expression in zip(PARTS, measured, strict=True)
        ]
    grouped = f"\nGROUP BY {', '.join(cuts)}" if cuts else ""
    return f'SELECT\n  {f",{chr(10)}  ".join(columns)}\nFROM "{ledger}"{grouped}'


def until(one: Declared, mark: str) -> tuple[str, int]:
    """The condition of rows that count on a day, and how often that day is its parameter.

    A flow takes what happened on or before the day; a stock what had begun by it and had not
    ended. `mark` is the engine's parameter mark.
    """
    on = f'"{one.indicator.on}" <= {mark}'
    if not (one.stock and one.indicator.ends):
        return on, 1
    ends = f'"{one.indicator.ends}"'
    return f"{on} AND ({ends} IS NULL OR {ends} > {mark})", 2


def statements(asked: Sequence[Declared]) -> list[list[Declared]]:
    """The indicators that one statement answers: of one ledger, counted by the same dates."""
    grouped: dict[tuple[str, str, str, bool], list[Declared]] = {}
    for one in asked:
        key = (one.ledger.name, one.indicator.on, one.indicator.ends, one.stock)
        grouped.setdefault(key, []).append(one)
    return list(grouped.values())


def check(asked: Sequence[Declared], by: Sequence[str]) -> str:
    """The name of the one ledger that is asked; raises `IndicatorError` as `query` says."""
    names = {one.ledger.name for one in asked}
    if len(names) != 1:
        found = ", ".join(sorted(names)) or "none"
        raise IndicatorError(f"one statement asks one ledger, and here are: {found}")
    if len(set(by)) != len(by):
        raise IndicatorError(f"a cut is named twice: {', '.join(by)}")
    for one in asked:
        for name in by:
            if name not in one.indicator.by:
                may = ", ".join(one.indicator.by) or "nothing"
                raise IndicatorError(f"{one.code} may be cut by {may}, not by {name}")
            if isinstance(one.ledger.fields.get(name), Many):
                raise IndicatorError(f"{one.code} cannot be cut by {name}: an entry has several")
    if MONTH in by and len({one.indicator.on for one in asked}) > 1:
        raise IndicatorError("indicators with different dates cannot be cut by month at once")
    return names.pop()


def cut(one: Declared, name: str, engine: Engine) -> str:
    """The SQL of a cut: a field's column, or the month of the indicator's date as 2024-05."""
    dialect = DIALECTS[engine]
    if name != MONTH:
        return dialect.name(Name(name, name))
    column = dialect.name(Name(one.indicator.on, one.indicator.on))
    if engine is Engine.POSTGRESQL:
        # A cast to text would follow the server's DateStyle.
        return f"to_char({column}, 'YYYY-MM')"
    text = column if engine is Engine.SQLITE else f"CAST({column} AS VARCHAR)"
    return f"substr({text}, 1, 7)"
