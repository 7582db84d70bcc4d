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
from jiedui.intake.sections import sections
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
    r"|^\s*(?:注\s*[0-9]*\s*[、.．]|[*※★])|[（(]\s*续\s*表?\s*[)）]\s*$"
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
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Parted:
    """The rows of a sheet sorted out; `repeated` and `beyond` are their numbers.

    `beyond` begins where another table does; `headed` are its headings.
    """

    entries: pl.DataFrame
    totals: pl.DataFrame
    remarks: pl.DataFrame
    sections: pl.DataFrame
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
        body, repeated = _without_headings(body, layout, sheet)
        body, beyond, headed = _first_table(body, lead)
    maybe = body.filter(~_holds(pl.col(marked.letter))) if marked else body
    sums = _totals(maybe, lead)
    remarks = [row for row in _remarks(maybe, lead) if row not in set(sums)]
    heads = [row for row in sections(maybe, layout, sheet) if row not in {*sums, *remarks}]
    number = pl.col(ROW)
    return Parted(
        body.filter(~number.is_in([*sums, *remarks, *heads])),
        body.filter(number.is_in(sums)),
        body.filter(number.is_in(remarks)),
        body.filter(number.is_in(heads)),
        repeated, beyond, headed,
    )  # fmt: skip


def _holds(cell: pl.Expr) -> pl.Expr:
    return cell.str.contains(r"\S").fill_null(value=False)


def _matching(letters: Collection[str], pattern: str) -> list[pl.Expr]:
    import polars as pl

    return [pl.col(one).str.contains(pattern).fill_null(value=False) for one in letters]


def _totals(body: pl.DataFrame, lead: Collection[str]) -> list[int]:
    """The numbers of the rows of totals; the long pattern is for the few that may be one."""
    import polars as pl

    maybe = body.filter(pl.any_horizontal(_matching(lead, "[计中数]")))
    return list(maybe.filter(pl.any_horizontal(_matching(lead, TOTAL)))[ROW])


def _remarks(body: pl.DataFrame, lead: Collection[str]) -> list[int]:
    """The numbers of rows about the table: "填表人：甲　审核人：乙", in one cell or in several."""
    import polars as pl

    letters = [name for name in body.columns if name != ROW]
    if len(letters) < 2:
        return []
    cells = pl.sum_horizontal(_holds(pl.col(one)).cast(pl.Int32) for one in letters)
    counted = body.with_columns(cells.alias("cells"))
    last = counted.filter(pl.col("cells") > 1)[ROW].max()
    # A row of which most cells are filled is an entry.
    maybe = counted.filter(pl.col("cells") <= max(len(letters) // 2, _LEAD + 1))
    said = pl.sum_horizontal(one.cast(pl.Int32) for one in _matching(letters, _REMARK))
    who = pl.sum_horizontal(one.cast(pl.Int32) for one in _matching(lead, _FOOT))
    few = pl.col("cells") * 2 <= max(len(letters), _LEAD)
    # A sentence alone in its row, and nothing but such rows below it.
    alone = pl.any_horizontal(
        one & (pl.col(letter).str.len_chars() >= _SENTENCE_LENGTH)
        for letter, one in zip(lead, _matching(lead, _SENTENCE), strict=True)
    )
    below = pl.lit(value=True) if last is None else pl.col(ROW) > pl.lit(last)
    trailing = below & (pl.col("cells") == 1) & (len(letters) > _HEADINGS)
    foot = (who > 1) | ((who == 1) & few)
    remark = ((pl.col("cells") == said) & (said > 0)) | foot | (alone & trailing)
    # A foot across the sheet: 制表人 and a name, 审核人 and a name, 填报日期 and a day.
    wide = counted.filter(pl.any_horizontal(_matching(lead, _FOOT)))
    each = pl.sum_horizontal(one.cast(pl.Int32) for one in _matching(letters, _FOOT))
    spread = wide.filter((each > 1) & (each * 2 >= pl.col("cells")))
    return sorted({*maybe.filter(remark)[ROW], *spread[ROW]})


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
    body: pl.DataFrame, layout: Layout, sheet: Sheet
) -> tuple[pl.DataFrame, tuple[int, ...]]:
    """The body without rows that stand above it in the same words, as on every printed page."""
    import polars as pl

    above = [_cells(sheet.row(row)) for row in range(1, layout.first_row)][-2 * _LEAD :]
    letters = [name for name in body.columns if name != ROW]
    # The lower ones of several levels leave the leading columns empty: each by its own first cell.
    firsts = [next(((each, one[each]) for each in letters if each in one), None) for one in above]
    begins = [
        (pl.col(first[0]).str.strip_chars() == first[1]).fill_null(value=False)
        for first in firsts
        if first
    ]
    found = body.filter(pl.any_horizontal(begins)) if begins else body.clear()
    same = [
        pl.all_horizontal(
            pl.col(letter).str.strip_chars().is_in(["", one.get(letter, "")]).fill_null(value=True)
            for letter in letters
        )
        for one in above
    ]
    rows = tuple(found.filter(pl.any_horizontal(same))[ROW]) if found.height else ()
    return (body.filter(~pl.col(ROW).is_in(list(rows))) if rows else body), rows


def _first_table(
    body: pl.DataFrame, lead: Collection[str]
) -> tuple[pl.DataFrame, tuple[int, ...], tuple[str, ...]]:
    """The body down to where the headings of another table stand, whatever ledger it is of."""
    import polars as pl

    known = {key for one in ledgers().values() for key in names(one)} | MARKS.keys()
    shown = {text for one in ledgers().values() for each in one.fields.values()
             for text in each.headings()}  # fmt: skip
    words = list(known | shown)
    found = _among(body, lead, words)
    # Many an option is a heading too (自筹): headings are counted before rows are looked at.
    for bare, least in ((r"^$", _HEADINGS - 1), (r"\s|[（(/：:].*$", _HEADINGS)):
        if found.height:
            heads = (
                found[letter].str.replace_all(bare, "").is_in(words).fill_null(value=False)
                for letter in found.columns
                if letter != ROW
            )
            found = found.filter(sum(one.cast(pl.Int32) for one in heads) >= least)
    for row in found.head(_LOOKED_AT).to_dicts():
        texts = list(_cells(row).values())
        named = [text for text in texts if key_of(text, known) or normal(text) in MARKS]
        if len(set(named)) < _HEADINGS or len(named) * 2 <= len(texts):
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
