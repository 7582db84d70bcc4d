"""The rows below the headings by what they are: entries, totals, remarks, headings once more.

What is no entry is set apart and said, never loaded and never dropped in silence. What brings an
id of ours is an entry whatever it looks like.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.intake.beside import TOTAL
from jiedui.intake.columns import key_of
from jiedui.intake.headings import names, normal
from jiedui.intake.layout import MARKS, ROW
from jiedui.ledgers import ledgers

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import polars as pl

    from jiedui.intake.book import Sheet
    from jiedui.intake.layout import Layout

__all__ = ["Parted", "parted"]

_WHO = (
    r"备\s*注|注|说\s*明|填表|制表|填报|审核|复核|负责|单位负责|主管|联系|经办|分管|审批|制单"
    "|报送|统计"
)
_REMARK = (
    rf"^\s*(?:{_WHO}|领导|局长|科长|主任|日期|时间|单位)[^：:]{{0,6}}[：:]"
    r"|^\s*[（(]?\s*(?:以下空白|以下无正文|[接转]下页|续上页|续\s*表|盖\s*章|公\s*章|签\s*[字章])\s*[)）]?\s*$"
    r"|^\s*(?:注\s*[0-9]*\s*[、.．]|[*※★])"
)
# "审核人" with the name in the cell beside it: the cell says of the whole row what it is.
_FOOT = (
    rf"^\s*(?:{_WHO})\s*(?:人|者|员|单位|日期|时间|部门|领导|电话|人电话)"
    r"\s*(?:[（(].{1,4}[)）])?\s*[：:]?\s*$"
)
_SENTENCE = r"[。；，：;:]|^\s*[0-9一二三四五六七八九十]+\s*[.、．]"
_SENTENCE_LENGTH = 8
_LEAD = 4
# So many headings in one row, and of its cells more than half, are the head of another table.
_HEADINGS = 3


@dataclass(frozen=True, slots=True)
class Parted:
    """The rows of a sheet sorted out; `repeated` and `beyond` are the numbers of rows.

    `beyond` begins where another table does; `headed` are its headings.
    """

    entries: pl.DataFrame
    totals: pl.DataFrame
    remarks: pl.DataFrame
    repeated: tuple[int, ...] = ()
    beyond: tuple[int, ...] = ()
    headed: tuple[str, ...] = ()


def parted(body: pl.DataFrame, layout: Layout, sheet: Sheet) -> Parted:
    """Sort out the rows of the body, whose column `ROW` numbers them as the sheet does."""
    import polars as pl

    marked = layout.marked("id")
    lead = [column.letter for column in layout.columns if column.mark != "id"][:_LEAD]
    repeated: tuple[int, ...] = ()
    beyond: tuple[int, ...] = ()
    headed: tuple[str, ...] = ()
    if not layout.ours:
        body, repeated = _without_headings(body, lead, layout, sheet)
        body, beyond, headed = _first_table(body, lead)
    total = pl.any_horizontal(
        pl.col(letter).str.contains(TOTAL).fill_null(value=False) for letter in lead
    )
    other = ~_holds(pl.col(marked.letter)) if marked else pl.lit(value=True)
    sorted_out = body.select(
        (total & other).alias("total"), (_remark(body, lead) & other).alias("remark")
    )
    if not sorted_out["total"].any() and not sorted_out["remark"].any():
        return Parted(body, body.clear(), body.clear(), repeated, beyond, headed)
    sums, remarks = sorted_out["total"], sorted_out["remark"] & ~sorted_out["total"]
    return Parted(
        body.filter(~sums & ~remarks), body.filter(sums), body.filter(remarks),
        repeated, beyond, headed,
    )  # fmt: skip


def _holds(cell: pl.Expr) -> pl.Expr:
    return cell.str.contains(r"\S").fill_null(value=False)


def _remark(body: pl.DataFrame, lead: Collection[str]) -> pl.Expr:
    """Whether a row is said of the table: "填表人：甲　审核人：乙", in one cell or in several."""
    import polars as pl

    letters = [name for name in body.columns if name != ROW]
    if len(letters) < 2:
        return pl.lit(value=False)
    cells = pl.sum_horizontal(_holds(pl.col(letter)).cast(pl.Int32) for letter in letters)
    said = pl.sum_horizontal(
        pl.col(letter).str.contains(_REMARK).fill_null(value=False).cast(pl.Int32)
        for letter in letters
    )
    who = pl.sum_horizontal(
        pl.col(letter).str.contains(_FOOT).fill_null(value=False).cast(pl.Int32) for letter in lead
    )
    # A sentence alone in its row, and nothing but such rows below it.
    full = pl.arg_where(cells > 1).max().fill_null(-1)
    alone = pl.any_horizontal(
        pl.col(letter).str.contains(_SENTENCE).fill_null(value=False)
        & (pl.col(letter).str.len_chars() >= _SENTENCE_LENGTH)
        for letter in lead
    )
    trailing = (pl.int_range(pl.len()) > full) & (cells == 1) & (len(letters) > _HEADINGS)
    foot = (who > 1) | ((who == 1) & (cells * 2 <= max(len(letters), _LEAD)))
    return ((cells == said) & (said > 0)) | foot | (alone & trailing)


def _among(body: pl.DataFrame, lead: Collection[str], words: Collection[str]) -> pl.DataFrame:
    """The rows with one of the words in a leading cell: few, and looked at one by one."""
    import polars as pl

    found = pl.any_horizontal(
        pl.col(letter).str.strip_chars().is_in(list(words)).fill_null(value=False)
        for letter in lead
    )
    return body.filter(found)


def _cells(row: Mapping[str, object]) -> dict[str, str]:
    return {
        letter: text.strip()
        for letter, text in row.items()
        if isinstance(text, str) and text.strip()
    }


def _without_headings(
    body: pl.DataFrame, lead: Collection[str], layout: Layout, sheet: Sheet
) -> tuple[pl.DataFrame, tuple[int, ...]]:
    """The body without rows that stand above it in the same words, as on every printed page."""
    import polars as pl

    above = [_cells(sheet.row(row)) for row in range(1, layout.first_row)][-2 * _LEAD :]
    rows = tuple(
        row[ROW]
        for row in _among(body, lead, {t for one in above for t in one.values()}).to_dicts()
        if (cells := _cells(row)) and any(cells.items() <= one.items() for one in above)
    )
    return (body.filter(~pl.col(ROW).is_in(list(rows))) if rows else body), rows


def _first_table(
    body: pl.DataFrame, lead: Collection[str]
) -> tuple[pl.DataFrame, tuple[int, ...], tuple[str, ...]]:
    """The body down to where the headings of another table stand, whatever ledger it is of."""
    import polars as pl

    known = {key for one in ledgers().values() for key in names(one)} | MARKS.keys()
    shown = {field.label for one in ledgers().values() for field in one.fields.values()}
    for row in _among(body, lead, known | shown).to_dicts():
        texts = list(_cells(row).values())
        heads = [text for text in texts if key_of(text, known) or normal(text) in MARKS]
        if len(set(heads)) < _HEADINGS or len(heads) * 2 <= len(texts):
            continue
        before = body.filter(pl.col(ROW) < row[ROW])
        # Its title is the rows of one cell right above it.
        title = 0
        for above in reversed(before.tail(_LEAD).to_dicts()):
            if len(_cells(above)) != 1:
                break
            title += 1
        first = before.head(before.height - title)
        return first, tuple(body[ROW][first.height :]), tuple(texts)
    return body, (), ()
