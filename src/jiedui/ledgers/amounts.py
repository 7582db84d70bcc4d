"""One raw cell as a whole number or an amount, with the unit that it brings; or what is wrong.

A number that is rounded (约300) or a range (3-5) is a problem that asks for the exact one: a
figure adds up numbers, and nobody sees in a sum that a part of it was an estimate.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from jiedui.ledgers import numerals
from jiedui.ledgers.personal import looks_personal
from jiedui.ledgers.units import Unit
from jiedui.ledgers.widths import narrow
from jiedui.ledgers.words import Money
from jiedui.problems import problem, said

if TYPE_CHECKING:
    from jiedui.ledgers.words import Count, Field
    from jiedui.problems import Problem

__all__ = ["amount", "count", "fault"]

_WHOLE = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+"
_NUMBER = re.compile(rf"-?(?:{_WHOLE})")
_AMOUNT = re.compile(rf"(-?)({_WHOLE})(?:\.([0-9]+))?\s*(亿元|万元|元)")
# As an English page writes an amount: CNY 125,000.50.
_CNY = re.compile(rf"^(?:CNY|RMB)\s*(-?(?:{_WHOLE})(?:\.[0-9]+)?)$", re.IGNORECASE)
# The unit at an amount's end, and what before it is no part of a number.
_UNIT = re.compile(r"\s*(?:亿元|万元|元)$")
_STRANGE = re.compile(r"[^0-9,.\s-]")
# So many different characters that are no digits are named one by one.
_STRANGE_SHOWN = 6
# How many digits an amount may have behind the point, down to the fen.
_DECIMALS = {"元": 2, "万元": 6, "亿元": 10}
# More digits than any number that is taken; fewer than Python refuses to read.
_DIGITS = 20
_SIGN = re.compile(r"^(?:人民币|[¥￥])\s*")
_YUAN = re.compile(r"\s*[元圆][整正]?$")
_RANGE = re.compile(r"[0-9][^0-9]{0,3}\s*[-~—–至到]\s*[0-9]")
# Other words for what a unit counts. Not those of another unit: 人 and 人次 are never the same.
_WORDS = {
    Unit.PERSONS: ("人", "名", "位", "个人"),
    Unit.PERSON_TIMES: ("人次",),
    Unit.FIRMS: ("家", "个"),
    Unit.ITEMS: ("个", "项"),
    Unit.CLASSES: ("期", "个班"),
}
# What stands behind a number whose field has no unit, by the end of its label.
_UNITLESS = {
    "年份": "年", "年度": "年", "学时": "学时", "课时": "课时", "（亩）": "亩", "车辆数": "辆",
    "进度": "%",
}  # fmt: skip
_SCALED = re.compile("[十百千万亿]")
_ANY_UNIT = re.compile(r"(?<=[0-9零一二三四五六七八九十百千万亿])\s*([^\d\s.,]{1,3})$")


def fault(code: str, field: Field, found: str, **words: str | int) -> Problem:
    """A problem of a field, which the caller gives its place."""
    return problem(code, None, found, label=field.label, **words)


def count(field: Count, raw: str) -> int | Problem:
    """A whole number of the field's unit."""
    plain = narrow(raw).removeprefix("'")
    bare = _without_unit(field, plain)
    if not _NUMBER.fullmatch(bare):
        # What a number without a unit is in ten thousands of is not known: of 元, or of people?
        scaled = not field.unit and re.search(r"[万亿]", bare)
        found = None if scaled else numerals.number(bare)
        if found is None or (number := _shifted(*found)) is None:
            return _no_count(field, raw, plain)
    else:
        # Longer than any that is taken: out of range, whatever it is.
        digits = bare.replace(",", "")
        number = int(digits) if len(digits) <= _DIGITS else field.high + 1
    if not field.low <= number <= field.high:
        return fault("number-out-of-range", field, raw, low=field.low, high=field.high)
    return number


def _without_unit(field: Count, plain: str) -> str:
    words: tuple[str, ...] = _WORDS.get(field.unit, (str(field.unit),) if field.unit else ())
    # One row is one occasion, and those who came to it are as many person-times.
    if field.unit is Unit.PERSON_TIMES and str(field.label).endswith("人数"):
        words = (*words, "人", "名")
    if not field.unit:
        words = tuple(unit for end, unit in _UNITLESS.items() if str(field.label).endswith(end))
    word = next((one for one in sorted(words, key=len, reverse=True) if plain.endswith(one)), "")
    return plain.removesuffix(word).rstrip()


def _shifted(digits: int, power: int) -> int | None:
    """Digits moved by a power of ten, when that is whole and no longer than a number may be."""
    if power >= 0:
        return digits * int(10**power)
    if power < -_DIGITS:
        return None
    whole, rest = divmod(digits, int(10**-power))
    return None if rest else whole


def _no_count(field: Count, raw: str, plain: str) -> Problem:
    found = fault("not-a-number", field, raw)
    if inexact := _inexact(field, plain, "12"):
        return replace(found, hint=inexact)
    unit = _ANY_UNIT.search(plain)
    if not unit or not field.unit or _SCALED.search(unit[1]) or looks_personal(raw):
        return found
    if numerals.number(plain[: unit.start()]) is None:
        return found
    hint = said(
        "“{label}”以“{unit}”计，这里写的是“{other}”。是一回事就去掉单位，不是的请填另一栏。",
        label=field.label, unit=said(str(field.unit)), other=unit[1],
    )  # fmt: skip
    return replace(found, hint=hint)


def _inexact(field: Field, plain: str, example: str) -> str:
    """What is said of a number that is not meant exactly; nothing of others."""
    if numerals.rounded(plain):
        return said(
            "“{label}”写的是约数。请填核实后的准数（如 {example}）；还没有准数的先留空。",
            label=field.label, example=example,
        )  # fmt: skip
    if _RANGE.search(plain):
        return said("“{label}”写的是一个范围，请只填一个准数。", label=field.label)
    return ""


def amount(field: Money, raw: str) -> int | Problem:
    """An amount in whole fen, of a cell that brings its unit."""
    plain = _CNY.sub(r"\1元", narrow(raw).removeprefix("'"))
    match = _AMOUNT.fullmatch(plain)
    if not match:
        fen = _in_words(plain)
        return _no_amount(field, raw) if fen is None else _bounded(field, raw, fen)
    sign, whole, part, unit = match.groups()
    whole, part = whole.replace(",", ""), (part or "").rstrip("0")
    if len(whole) > _DIGITS or len(part) > _DECIMALS[unit]:
        return fault("not-an-amount", field, raw)
    return _bounded(field, raw, int(sign + whole + part.ljust(_DECIMALS[unit], "0")))


def _bounded(field: Field, raw: str, fen: int) -> int | Problem:
    return fen if abs(fen) <= Money.high else fault("not-an-amount", field, raw)


def _in_words(plain: str) -> int | None:
    """Whole fen of what only people write: 二十三万元, ¥1,200, 12.5万, 壹万元整."""
    bare = _SIGN.sub("", plain)
    number = _YUAN.sub("", bare)
    # 12.5万 alone is 12.5万元; 12.5 alone is anything.
    if number == plain and not number.endswith(("万", "亿")):
        return None
    found = numerals.number(number)
    return None if found is None else _shifted(found[0], found[1] + 2)


def _no_amount(field: Field, raw: str) -> Problem:
    """What is said of an amount that cannot be read; names what is no digit where the unit is."""
    found = fault("not-an-amount", field, raw)
    plain = narrow(raw)
    if inexact := _inexact(field, plain, said("12.5万元")):
        return replace(found, hint=inexact)
    if re.search(r"[万亿]\s*[万亿]元$", plain):
        hint = said("“{label}”写了两次万或亿，不知是哪个数，请只写一处。", label=field.label)
        return replace(found, hint=hint)
    number = _UNIT.sub("", plain)
    strange = "".join(dict.fromkeys(_STRANGE.findall(number)))
    # A hint is not masked as what was found is, so who a personal number belongs to is not told
    # in it; and a sentence for an amount is better answered with how amounts are written.
    worded = not any(map(str.isdigit, number)) or len(strange) > _STRANGE_SHOWN
    if number == plain or worded or not strange or looks_personal(raw):
        return found
    hint = said(
        "“{label}”中的“{strange}”不是数字，请改用 0 到 9。", label=field.label, strange=strange
    )
    return replace(found, hint=hint)
