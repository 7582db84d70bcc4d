"""Raw cells into columns of values, a column at a time, with every fault at its row.

Plain cells are read many at once (`plain`); of the others each different one goes through `read`,
which alone says what a cell means. Rules are not judged here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.ledgers.columns import Columns, dtype, empty
from jiedui.ledgers.declare import typed_fields
from jiedui.ledgers.different import different, held, key_of_lists
from jiedui.ledgers.nested import Nested, is_empty, strange, top
from jiedui.ledgers.placing import read_places
from jiedui.ledgers.plain import plain
from jiedui.ledgers.read import Around, Lookup, read
from jiedui.ledgers.totals import totals
from jiedui.ledgers.values import Sealed
from jiedui.ledgers.words import Many, Place
from jiedui.problems import Field as At
from jiedui.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl

    from jiedui.ledgers.declare import Ledger
    from jiedui.ledgers.values import Raw, Value, Values
    from jiedui.ledgers.words import Field


class Reading:
    """Reads the columns of one frame; `columns()` and `faults` are what was found."""

    def __init__(self, ledger: type[Ledger], cells: pl.DataFrame, lookup: Lookup) -> None:
        self.ledger = ledger
        self.cells = cells
        self.lookup = lookup
        self.nested = Nested(ledger)
        self.faults: list[tuple[int, int, Problem]] = []
        typed = typed_fields(ledger)
        # The day decides which places there are, and the place which of two is meant.
        first = [name for name in (ledger.on, "place") if name in typed]
        self.fields = {name: typed[name] for name in (*first, *typed)}
        self.order = {name: number for number, name in enumerate(ledger.fields)}
        self.scalars: dict[str, pl.Series] = {}
        self.vault: dict[str, pl.Series] = {}
        self.children: dict[str, Sequence[tuple[Values, ...]]] = {}

    def columns(self) -> Columns:
        """Read everything; afterwards `faults` holds (row, place in the declaration, problem)."""
        for name in self.cells.columns:
            if name not in self.fields:
                self._strange(name)
        names: list[str] = []
        for name, declared in self.fields.items():
            names.append(name)
            if isinstance(declared, Many):
                self._many(name, declared)
            else:
                self._scalar(name, declared)
            if name == self.ledger.on and "year" in self.ledger.fields:
                self.scalars["year"] = _years(self.scalars[name])
                names.append("year")
        for name, values, beyond in totals(self.ledger, self.children):
            self.scalars[name] = values
            names.append(name)
            for row, fault in beyond.items():
                self._fault(row, name, fault)
        return Columns(
            self.cells.height, tuple(dict.fromkeys(names)), self.scalars, self.children, self.vault
        )

    def _fault(self, row: int, path: str, fault: Problem) -> None:
        order = self.order.get(top(path), -1)
        self.faults.append((row, order, fault.moved(At(path, row))))

    def _strange(self, name: str) -> None:
        """A column that is no field which a person types is a fault wherever it holds anything."""
        for row, raw in held(self.cells[name]):
            if not is_empty(raw):
                self._fault(row, *strange(name, raw, name))

    def _required(self, name: str, declared: Field, rows: Iterable[int]) -> None:
        if declared.required:
            fault = problem("required", label=declared.label)
            for row in rows:
                self._fault(row, name, fault)

    def _raw(self, name: str) -> pl.Series:
        """The cells of a column of text, null where there are none."""
        import polars as pl

        if name not in self.cells.columns:
            return pl.Series(name, [None], dtype=pl.String).new_from_index(0, self.cells.height)
        raw = self.cells[name]
        if not isinstance(raw.dtype, pl.List):
            return raw if raw.dtype == pl.String else raw.cast(pl.String)
        for row, rows in held(raw):
            if isinstance(rows, list) and not is_empty(rows):
                for child in dict.fromkeys(one for given in rows for one in given):
                    self._fault(row, *strange(child, rows, name))
        return raw

    def _scalar(self, name: str, declared: Field) -> None:
        import polars as pl

        raw = self._raw(name)
        if isinstance(raw.dtype, pl.List):
            # Child rows in the place of a text were said to be strange; blank ones are empty.
            blank = [
                row for row, rows in enumerate(raw) if rows is None or is_empty(rows.to_list())
            ]
            self.scalars[name] = empty(name, declared, self.cells.height)
            self._required(name, declared, blank)
            return
        if raw.null_count() == raw.len():
            self.scalars[name] = empty(name, declared, self.cells.height)
            self._required(name, declared, range(self.cells.height))
            return
        values = plain(declared, raw)
        if values is None:
            values = empty(name, declared, self.cells.height)
        self._others(name, declared, raw, values.alias(name))

    def _others(self, name: str, declared: Field, raw: pl.Series, values: pl.Series) -> None:
        """Read the cells that are not plain, each different one once."""
        import polars as pl

        blank = raw.is_null()
        at = (values.is_null() & ~blank).arg_true()
        if at.len():
            cells = raw.gather(at) if at.len() < raw.len() else raw
            found, numbers = self._read(name, declared, cells, at)
            made = _Made(declared, found)
            values = _placed(values, at, made.values.gather(numbers))
            if made.refs is not None:
                nothing = pl.Series([None], dtype=pl.String).new_from_index(0, raw.len())
                self.vault[name] = _placed(nothing, at, made.refs.gather(numbers)).alias(name)
            if made.blank:
                blank = blank.scatter(at.filter(numbers.is_in(made.blank)), values=True)
            if made.problems:
                faulty = numbers.is_in(list(made.problems))
                pairs = zip(at.filter(faulty), numbers.filter(faulty), strict=True)
                for row, number in pairs:
                    self._fault(row, name, made.problems[number])
        self.scalars[name] = values
        if declared.required:
            self._required(name, declared, blank.arg_true())

    def _read(
        self, name: str, declared: Field, cells: pl.Series, at: pl.Series
    ) -> tuple[list[Value | Problem], pl.Series]:
        """What each different cell is read as, and the number of its own for every cell."""
        if isinstance(declared, Place):
            days, place = self.scalars.get(self.ledger.on), self.scalars.get("place")
            return read_places(
                cells,
                None if days is None else days.gather(at),
                None if place is None or name == "place" else place.gather(at),
                lambda raw, day, near: _read(declared, raw, Around(day, near, self.lookup)),
            )
        around = Around(None, None, self.lookup)
        found, numbers = different(cells)
        return [_read(declared, raw, around) for raw in found], numbers

    def _many(self, name: str, declared: Many) -> None:
        """Child rows, each different list of them once."""
        import polars as pl

        children: list[tuple[Values, ...]] = [()] * self.cells.height
        self.children[name] = children
        blank: set[int] = set(range(self.cells.height)) if declared.required else set()
        raw = self.cells[name] if name in self.cells.columns else None
        if raw is None or raw.dtype == pl.Null:
            self._required(name, declared, sorted(blank))
            return
        for rows, one, around in self._lists(declared, raw):
            if is_empty(one):
                continue
            blank.difference_update(rows)
            found, faults = self.nested.read(declared, one, around)
            for row in rows:
                children[row] = found
            for row in rows if faults else ():
                for path, fault in faults:
                    self._fault(row, path, fault)
        self._required(name, declared, sorted(blank))

    def _lists(self, declared: Many, raw: pl.Series) -> Iterable[tuple[Sequence[int], Raw, Around]]:
        """Each different cell of child rows, with its rows and what its reading depends on."""
        import polars as pl

        on, near = self.scalars.get(self.ledger.on), self.scalars.get("place")
        key = raw if raw.dtype == pl.String else key_of_lists(raw)
        at = key.is_not_null().arg_true()
        keys = pl.DataFrame({"at": at, "key": key.gather(at)})
        placed = any(isinstance(one, Place) for one in declared.fields.values())
        if placed and on is not None:
            keys = keys.with_columns(on.gather(at).alias("on"))
        if placed and near is not None:
            keys = keys.with_columns(near.gather(at).alias("near"))
        by = [one for one in keys.columns if one != "at"]
        for group in keys.group_by(by, maintain_order=True).agg("at").iter_rows(named=True):
            rows = group["at"]
            one = raw[rows[0]]
            given = one.to_list() if isinstance(one, pl.Series) else one
            yield rows, given, Around(group.get("on"), group.get("near"), self.lookup)


class _Made:
    """What different cells were read as: values and references by number, blanks and problems."""

    def __init__(self, declared: Field, found: Sequence[Value | Problem]) -> None:
        import polars as pl

        self.problems = {i: one for i, one in enumerate(found) if isinstance(one, Problem)}
        self.blank = [i for i, one in enumerate(found) if one is None]
        bare = [None if isinstance(one, Problem | Sealed) else one for one in found]
        self.values = pl.Series(bare, dtype=dtype(declared))
        self.refs: pl.Series | None = None
        if any(isinstance(one, Sealed) for one in found):
            refs = [one.ref if isinstance(one, Sealed) else None for one in found]
            self.refs = pl.Series(refs, dtype=pl.String)


def _read(declared: Field, raw: str, around: Around) -> Value | Problem:
    """The value of a cell, None for blanks, or what is wrong."""
    return None if is_empty(raw) else read(declared, raw, around)


def _placed(values: pl.Series, at: pl.Series, found: pl.Series) -> pl.Series:
    """The values with those found put in at their rows."""
    if at.len() == values.len():
        return found.alias(values.name)
    return values.scatter(at, found)


def _years(days: pl.Series) -> pl.Series:
    import polars as pl

    return days.dt.year().cast(pl.Int64).alias("year")
