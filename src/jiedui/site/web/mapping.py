"""How a workbook's headings were taken, as the preview shows it and an office corrects it.

Not for finding it out: that is `intake`; here are only the words for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jiedui.ledgers.words import Many

if TYPE_CHECKING:
    from jiedui.intake import Layout
    from jiedui.ledgers import Ledger

HOW = {
    "label": gettext_noop("栏目名称相同"),
    "alias": gettext_noop("常用的别名"),
    "name": gettext_noop("程序用的名称"),
    "levels": gettext_noop("上下级表头连起来"),
    "values": gettext_noop("内容都是它的选项"),
    "remembered": gettext_noop("本单位上次的对应"),
    "across": gettext_noop("各列一个月份或类别，或其合计"),
}
# How sure it is; what is not sure is to be looked at.
SURE = {
    "label": gettext_noop("确定"),
    "alias": gettext_noop("确定"),
    "name": gettext_noop("确定"),
    "remembered": gettext_noop("确定"),
    "levels": gettext_noop("可能"),
    "values": gettext_noop("按内容猜"),
    "across": gettext_noop("可能"),
}
LEFT = {
    "personal": gettext_noop("个人信息，未读入"),
    "unknown": gettext_noop("未读入，只在原表里"),
    "rows": gettext_noop("一格多项，未读入"),
    "unit": gettext_noop("各行金额的单位"),
    "kept": gettext_noop("系统自有的栏，不由表格改动"),
    "other": gettext_noop("读的是同名的另一栏"),
    "unlike": gettext_noop("内容不像，未读入"),
    "chosen": gettext_noop("按本单位的意思不读"),
}


@dataclass(frozen=True, slots=True)
class Mapped:
    """A column of the sheet: its heading, the field it was taken for and why.

    `was` is what a posted correction is compared with: the field, or "*" for one that the office
    had said itself and that is said again.
    """

    letter: str
    heading: str
    field: str
    why: str
    sure: str
    unit: str
    was: str
    fixed: bool


def columns(layout: Layout) -> list[Mapped]:
    """Every column of the sheet and what it was taken for."""
    return [
        Mapped(
            one.letter,
            one.heading,
            one.field,
            _(HOW.get(str(one.how), "")) if one.field else _(LEFT.get(one.left, "")),
            _(SURE.get(str(one.how), "")) if one.field else "",
            one.unit,
            "*" if str(one.how) == "remembered" else one.field,
            bool(one.mark) or one.left in {"kept", "rows"},
        )
        for one in layout.columns
    ]


def fields(kind: type[Ledger]) -> list[tuple[str, str]]:
    """What a column can be taken for: a field, or a field of child rows as 父：子."""
    found = []
    for name, one in kind.fields.items():
        if not one.typed:
            continue
        if isinstance(one, Many) and not one.single:
            found += [
                (
                    f"{name}.{inner}",
                    _("%(whole)s：%(part)s") % {"whole": _(one.label), "part": _(child.label)},
                )
                for inner, child in one.fields.items()
            ]
        else:
            found.append((name, _(one.label)))
    return found
