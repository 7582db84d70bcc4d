"""Headings as offices write them, and the fields of a ledger that they mean.

Not for values. A heading is compared without spaces, marks and width; a unit in brackets is
taken apart from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from jiedui.ledgers.widths import narrow
from jiedui.ledgers.words import Count, Date, Field, Many, Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiedui.ledgers import Ledger

__all__ = [
    "AMOUNTS",
    "Heading",
    "How",
    "heading",
    "is_personal",
    "names",
    "normal",
    "stated_unit",
    "unit_fits",
]

AMOUNTS = ("元", "万元", "亿元")
_BRACKETS = re.compile(r"(.+?)[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
# 1.项目名称, ②项目类型, 三、实施地点, 项目名称（必填）
_NUMBERED = re.compile(
    r"^(?:[0-9]{1,2}[.、](?![0-9])|[①-⑳]|\([0-9]{1,2}\)|[一二三四五六七八九十]{1,2}、)"
    r"|^\(?[必选]填\)?|\(?[必选]填项?\)?$"
)
_SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_UNIT_WORD = re.compile(r"^(?:金额)?单位[::]?|^人民币|人民币$")
_COUNTED = "万?人次|万?人|万?户|个|家|名|批次|期|次|对"
_MARKED = re.compile(rf"(.+?)(?:[/:](?:单位:?)?(元|千元|万元|亿元|{_COUNTED})|(千元|万元|亿元))")
_BEFORE = re.compile(rf"[(\[【〔](?:单位:)?(元|千元|万元|亿元|{_COUNTED})[)\]】〕](.+)")
_ENDS = r"(?:$|[^\u4e00-\u9fff])"
# 单位：人、万元 states two units, of which the money's is meant.
_STATED = re.compile(rf"单位[:(]?(?:人民币)?(?:[^\s:()]{{1,4}}[、,/])*(元|万元|亿元){_ENDS}")
_IN_TITLE = re.compile(r"[(\[【〔](?:单位:?)?(?:人民币)?(元|万元|亿元)[)\]】〕]$")
_SCALED = re.compile(r"[十百千万亿]")
# What names a person, whose or of what office he is: 项目联系人, 企业法定代表人.
_NAMED = re.compile(
    r"姓名|联系人|联络人|联络员|对接人|经办人|负责人|责任人|法定代表人|法人代表|户主|身份证|手机"
)
_PERSONAL = re.compile(r"证件号|电话|联系方式|银行卡|银行账号|卡号|家庭住址|家庭地址|户籍地址|微信")
_ASKED = re.compile(r"^(?:是否|有无)|(?:人数|个数)$")
# An organisation's own telephone or account is none of a person's, but nobody asks for it here.
_NOT_PERSONAL = re.compile(r"^(?:项目|企业|单位|机构)")


class How(StrEnum):
    """Why a column was taken for a field."""

    LABEL = "label"
    ALIAS = "alias"
    NAME = "name"
    LEVELS = "levels"
    VALUES = "values"
    ACROSS = "across"
    REMEMBERED = "remembered"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading taken apart: the words compared, and the unit or note in its brackets."""

    words: str
    bare: str
    note: str


def normal(text: str) -> str:
    """The heading as it is compared: ordinary width, no spaces, no number before it, no stars.

    Marks without a width, which come along from web pages, are spaces here.

    >>> normal(" ＊开始 日期： "), normal("金额（万元）")
    ('开始日期', '金额(万元)')
    """
    words = _SPACES.sub("", narrow(text)).replace("其中:", "其中").strip("*:·、").lower()
    return _NUMBERED.sub("", words).strip("*:·、") or words


def heading(text: str) -> Heading:
    """A heading with its unit or note apart.

    >>> heading("金额（单位：万元）")
    Heading(words='金额(单位:万元)', bare='金额', note='万元')
    >>> heading("金额：万元").note, heading("（万元）金额").bare, heading("人数/人次").note
    ('万元', '金额', '人次')
    """
    words = normal(text)
    if match := _BRACKETS.fullmatch(words):
        return Heading(words, match[1].strip("*:"), _UNIT_WORD.sub("", match[2]))
    if match := _BEFORE.fullmatch(words):
        return Heading(words, match[2], match[1])
    if match := _MARKED.fullmatch(words):
        return Heading(words, match[1].strip("*:"), match[2] or match[3])
    return Heading(words, words, "")


def stated_unit(text: str) -> str:
    """The unit that a line above the headings states for every amount below it, or nothing.

    >>> stated_unit("填报单位：甲示例局   单位：万元"), stated_unit("某县资金台账（万元）")
    ('万元', '万元')
    """
    plain = narrow(text)
    for part in (re.sub(r"\s+", "", plain), *plain.split()):
        if found := _STATED.search(part) or _IN_TITLE.search(part):
            return found[1]
    return ""


def unit_fits(field: Field, note: str) -> bool:
    """Whether what stands in a heading's brackets is a unit its field can be read in, or a note.

    A count may not be in thousands: it would be read as if it were in ones.
    """
    if isinstance(field, Money):
        return note in AMOUNTS or not note.endswith(("元", "圆", "币"))
    if isinstance(field, Count):
        return len(note) > 3 or not _SCALED.match(note)
    return True


def is_personal(text: str) -> bool:
    """Whether a heading announces what identifies a natural person.

    >>> is_personal("联系电话"), is_personal("企业联系人"), is_personal("企业联系电话")
    (True, True, False)
    """
    words = normal(text)
    if _ASKED.search(words):
        return False
    named = _NAMED.search(words)
    return bool(named or (_PERSONAL.search(words) and not _NOT_PERSONAL.match(words)))


_NAMES: dict[type[Ledger], dict[str, tuple[str, How]]] = {}


def names(ledger: type[Ledger]) -> Mapping[str, tuple[str, How]]:
    """Every normal heading of a ledger's fields: the field's path, and how it names it.

    Child rows have theirs under "list heading:field heading". Labels go before other headings,
    and those before the names that programs use.
    """
    if ledger in _NAMES:
        return _NAMES[ledger]
    found = _NAMES[ledger] = {}
    for how in (How.LABEL, How.ALIAS, How.NAME):
        for path, field, prefixes in _paths(ledger):
            for prefix in prefixes:
                for text in _headings(field, how):
                    found.setdefault(normal(prefix + text), (path, how))
    return found


def _paths(ledger: type[Ledger]) -> list[tuple[str, Field, tuple[str, ...]]]:
    found: list[tuple[str, Field, tuple[str, ...]]] = []
    for name, field in ledger.fields.items():
        found.append((name, field, ("",)))
        if isinstance(field, Many) and field.typed and not field.single:
            texts = field.headings()
            colons = tuple(f"{text}:" for text in texts)
            # 物资名称 is written as one, but 参加人员姓名 only announces persons.
            found += [
                (f"{name}.{child}", one, colons if one.person else (*colons, *texts))
                for child, one in field.fields.items()
            ]
    return found


def _headings(field: Field, how: How) -> tuple[str, ...]:
    if how is How.LABEL:
        return (field.label,)
    if how is How.NAME:
        return (field.name,)
    return (
        *field.also,
        *(more for one in (field.label, *field.also) for more in _also(field, one)),
    )


def _also(field: Field, text: str) -> tuple[str, ...]:
    """What offices write for a heading and mean the same by: 开工时间, 脱贫人口数."""
    if isinstance(field, Date) and len(text) > 2 and text.endswith("日期"):
        return (f"{text.removesuffix('日期')}时间",)
    if isinstance(field, Count) and text.endswith(("人口", "劳动力")):
        return (f"{text}数", f"{text}人数")
    return ()
