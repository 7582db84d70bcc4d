"""By which words an entry or a document is found: its texts, its places, never a protected name.

What reads as a number of a person is blanked, and so is every person that was found in a document;
the store keeps a keyed hash of those instead. Not for showing a result: that is `marking`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jiedui.ledgers import show
from jiedui.ledgers.personal import blanked
from jiedui.ledgers.values import child_rows
from jiedui.ledgers.words import Choice, Field, Many, Money, Place, Text
from jiedui.search.folding import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jiedui.ledgers import Ledger, Value, Values

__all__ = [
    "BREAK",
    "PART",
    "Parts",
    "document",
    "entry",
    "name_key",
    "owner_word",
    "place_word",
    "texts",
]

BREAK = "\ue000"
"""A word that nobody can type, between two texts: no term runs over from one to the next."""
_PLACE = "\ue001"
_OWNER = "\ue002"
PART = 4_000
"""Words of one part of a document."""
MOST = 16_000
"""Words of one entry: PostgreSQL numbers 16,383 places and no more (its manual, 8.11.1)."""
_APART = frozenset({"state", "sources", "owner"})


@dataclass(frozen=True, slots=True)
class Parts:
    """A document's words, a part each, and the names of persons found in it."""

    parts: tuple[tuple[str, ...], ...]
    persons: tuple[str, ...]


def place_word(code: str) -> str:
    """The word under which a place and all below it are found.

    >>> place_word("620000")[1:], place_word("623000")[1:], place_word("623027103")[1:]
    ('62', '6230', '623027103')
    """
    if len(code) == 6:
        code = code.removesuffix("00").removesuffix("00")
    return _PLACE + code


def owner_word(owner: int | None) -> str:
    """The word under which all of an owner is found; None for what has no one owner's scope."""
    return f"{_OWNER}{'' if owner is None else owner}"


def _above(code: str) -> list[str]:
    """The words of a place and of all above it."""
    ends = {2, 4, 6, len(code)}
    found = [_PLACE + code[:end] for end in sorted(ends) if end <= len(code)]
    own = found.index(place_word(code))
    return found[: own + 1]


def texts(ledger: type[Ledger], values: Values) -> Iterator[tuple[Field, str]]:
    """The texts of an entry by which it is found, each with its field, in the order declared.

    Names that are kept apart are not among them, whether they can be opened or not.
    """
    for name, field in ledger.fields.items():
        if name not in _APART:
            yield from _texts(field, values.get(name))


def _texts(field: Field, value: Value) -> Iterator[tuple[Field, str]]:
    if isinstance(field, Many):
        for row in child_rows(value):
            for name, inner in field.fields.items():
                yield from _texts(inner, row.get(name))
    elif isinstance(field, Text) and isinstance(value, str):
        yield field, value
    elif value is not None and isinstance(field, Choice | Place | Money):
        yield field, show(field, value)


def entry(ledger: type[Ledger], values: Values) -> list[str]:
    """The words of an entry, `MOST` at most: of its places with all above them, of its texts."""
    codes = dict.fromkeys(word for code in _codes(ledger.fields, values) for word in _above(code))
    found = [*codes, BREAK]
    for _field, text in texts(ledger, values):
        found += words(text)
        found.append(BREAK)
    return found[:MOST]


def _codes(fields: Mapping[str, Field], values: Values) -> Iterator[str]:
    for name, field in fields.items():
        value = values.get(name)
        if isinstance(field, Place) and isinstance(value, str):
            yield value
        elif isinstance(field, Many):
            for row in child_rows(value):
                yield from _codes(field.fields, row)


def document(heads: Sequence[str], text: str, facts: Iterable[Mapping[str, Any]]) -> Parts:
    """The words of a document: its title and other heads, its text, the places it tells of.

    `facts` are those that `jiedui read --json` prints. Each person among them is taken out of the
    words wherever his name stands; the names come apart.
    """
    facts = tuple(facts)
    persons = tuple(
        dict.fromkeys(str(one["name"]) for one in facts if one["kind"] == "person" and one["name"])
    )
    found: list[str] = []
    for said in (*heads, text):
        found += words(_without(said, persons))
        found.append(BREAK)
    codes = dict.fromkeys(word for code in _told_codes(facts) for word in _above(code))
    cut = [tuple(found[at : at + PART]) for at in range(0, len(found), PART)] or [()]
    return Parts(tuple((*part, *codes) for part in cut), persons)


def _told_codes(facts: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The codes of the places that facts tell of: sites, and who came and who received."""
    for one in facts:
        if one["kind"] == "place":
            yield str(one["code"])
        elif one["kind"] == "event":
            yield from (str(code) for code in (one["origin"], one["host"]) if code)


def _without(text: str, persons: Iterable[str]) -> str:
    """The text with persons' names, as they are or spaced out, and their numbers made blank."""
    text = blanked(text)
    for name in persons:
        spaced = re.compile(r"\s{0,3}".join(map(re.escape, name.replace(" ", ""))))
        text = spaced.sub(lambda hit: " " * len(hit[0]), text)
    return text


def name_key(name: str) -> str:
    """A person's name as it is compared: folded, without blanks and dots.

    >>> name_key("张 樣例"), name_key("阿·示例")
    ('张样例', '阿示例')
    """
    return re.sub(r"[\s·•.]", "", fold(name))
