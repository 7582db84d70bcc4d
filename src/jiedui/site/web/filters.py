"""Filters that every template has: core sentences told, days written, people's words marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from jiedui.problems.said import Said
from jiedui.site.web import tongue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

register = template.Library()


@register.filter
def tell(text: object) -> tongue.Text:
    """A sentence of the core in the reader's language."""
    return tongue.html(text) if isinstance(text, str) else tongue.html(str(text))


@register.filter
def plainly(text: object) -> str:
    """The same where no mark can stand: in an attribute, in the title of the window."""
    return tongue.plain(text) if isinstance(text, str) else str(text)


@register.filter
def foreign(text: object) -> tongue.Text:
    """A person's own words, marked with their language where the page has another."""
    return tongue.foreign(str(text)) if text else ""


@register.simple_tag
def lang(text: object) -> str:
    """The attribute that marks an element, as an option of a choice, whose text is foreign."""
    words = text if isinstance(text, str) else str(text)
    foreign = not isinstance(words, Said) and not tongue.chinese() and tongue.WIDE.search(words)
    return mark_safe(' lang="zh-Hans"') if foreign else ""


@register.filter
def written(day: date | datetime | None) -> str:
    """A day or an hour as the reader's language writes it."""
    return tongue.day(day)


@register.filter
def why(text: str) -> tongue.Text:
    """The reason of a link: the house's own is in the catalogue, a person's is his own."""
    told = gettext(text) if text else ""
    return told if told != text else tongue.foreign(text)


@register.filter
def row(texts: Iterable[str]) -> str:
    """Terms of the catalogue in a row, with the sign that the language puts between them."""
    told = (tongue.plain(text) if isinstance(text, Said) else gettext(text) for text in texts)
    return gettext("、").join(told)
