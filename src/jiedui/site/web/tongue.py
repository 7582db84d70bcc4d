"""The reader's language: core sentences, days, money and names told in it.

On a Chinese page every text is itself. On another, sentences that were said (`problems.said`) are
told through gettext, and people's own words stay as they were entered, marked with their language
so that a screen reader speaks them rightly and a test can tell them from what was forgotten.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias

from django.utils import formats, timezone
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiedui import places
from jiedui.ledgers.show import FEN_PER_YUAN
from jiedui.problems import tell as told_in

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from jiedui.problems.said import Word

Text: TypeAlias = "str | SafeString"

CHINESE = "zh-hans"
# Ideographs, and the signs that stand as wide as they do.
WIDE = re.compile(r"[\u2e80-\u2fff\u3001-\u3003\u3005-\u9fff\uf900-\ufaff\uff01-\uff60]")


_RUN = re.compile(rf"(?:[\d.]*{WIDE.pattern})+")


def chinese() -> bool:
    """Whether the page is Chinese, the language of the texts themselves."""
    return (get_language() or CHINESE) == CHINESE


def plain(text: str) -> str:
    """A core sentence in the reader's language, where no marks can stand: in an attribute."""
    return str(text) if chinese() else told_in(text, _Plain())


def html(text: str) -> Text:
    """A core sentence in the reader's language, escaped; people's words are marked."""
    return str(text) if chinese() else mark_safe(told_in(text, _Marked()))  # noqa: S308 - escaped


def foreign(text: str) -> Text:
    """A person's own words: as entered, and marked where they are not of the page's language."""
    text = str(text)
    if chinese() or not WIDE.search(text):
        return text
    return format_html('<span lang="zh-Hans">{}</span>', text)


def day(one: date | datetime | None) -> str:
    """A day, or a day with its hour: 2024-05-21 in Chinese, 21 May 2024 in English."""
    if one is None:
        return ""
    timed = isinstance(one, datetime)
    if isinstance(one, datetime):
        one = timezone.localtime(one) if timezone.is_aware(one) else one
    if chinese():
        return f"{one:%Y-%m-%d %H:%M}" if timed else one.isoformat()
    return formats.date_format(one, "j F Y, H:i" if timed else "j F Y", use_l10n=False)


def amount(fen: int) -> str:
    """An amount of money outside Chinese, no digit lost: CNY 1,234,500, CNY 0.05."""
    return f"CNY {number(fen)}"


def number(fen: int) -> str:
    """The same without the currency: whole yuan, and two digits where there are fen."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    yuan, rest = divmod(fen, FEN_PER_YUAN)
    return f"{sign}{yuan:,}{f'.{rest:02d}' if rest else ''}"


class _Plain:
    """Tells without marks."""

    def look(self, template: str) -> str:
        return _(template) if template else ""

    def write(self, word: Word) -> str:
        return day(word) if isinstance(word, date) else str(word)

    def name(self, of: str, key: str, chinese: str) -> str:
        if of == "fen":
            return amount(int(key))
        if of == "month":
            return formats.date_format(date.fromisoformat(f"{key}-01"), "F Y", use_l10n=False)
        if of in {"day", "moment"}:
            return day((datetime if of == "moment" else date).fromisoformat(key))
        code = places.PlaceCode(key)
        return places.english(code) if of == "place" else places.english_name(code, chinese)


class _Marked(_Plain):
    """Tells as HTML: everything escaped, people's words marked."""

    def look(self, template: str) -> str:
        told = super().look(template)
        if told == template:
            return escape(told)
        # What a translation cites of the Chinese, to be typed so, is marked like people's words.
        return _RUN.sub(r'<span lang="zh-Hans">\g<0></span>', escape(told))

    def write(self, word: Word) -> str:
        return (
            str(conditional_escape(foreign(word))) if isinstance(word, str) else super().write(word)
        )

    def name(self, of: str, key: str, chinese: str) -> str:
        return escape(super().name(of, key, chinese))
