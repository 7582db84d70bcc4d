"""Sentences that keep what they were made of, so that they can be told in another language.

A `Said` is its Chinese sentence in every respect; it also keeps the template that a translator
saw and the words that filled it. Not for translating: whoever knows the language hands `tell` a
`Tongue`. Not for texts that a page holds itself, which go through gettext where they stand.

>>> hint = said("“{label}”应在 {low} 与 {high} 之间。", label=said("人数"), low=1, high=9)
>>> hint
'“人数”应在 1 与 9 之间。'
>>> unpack(pack(hint)) == hint, unpack(pack(hint)).template
(True, '“{label}”应在 {low} 与 {high} 之间。')
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = [
    "Listed", "Named", "Said", "Tongue", "Word", "cut", "listed", "named", "pack", "said", "tell",
    "unpack",
]  # fmt: skip

Word: TypeAlias = "str | int | date"
One = TypeVar("One", bound="Said")


class Said(str):
    """A Chinese sentence with the template it was made from and the words in its blanks.

    Equal to the sentence, hashed as it, printed as it. A word that is itself said is told too;
    other words are people's own, a number or a day.
    """

    __slots__ = ("template", "words")

    template: str
    words: Mapping[str, Word]

    def __reduce__(self) -> tuple[Callable[..., str], tuple[object, ...]]:
        """Travel between processes with everything that is kept."""
        return unpack, (pack(self),)

    def __deepcopy__(self, memo: object) -> Said:
        """A sentence never changes."""
        return self


class Listed(Said):
    """Several texts in a row: the template is the sign between them, the words are numbered."""

    __slots__ = ()


class Named(Said):
    """A name that has a form of its own in each language: of a place, by its code.

    The template is what it is a name of ("place"), the only word its code.
    """

    __slots__ = ()


class Tongue(Protocol):
    """Another language: what a template is in it, and how it writes words."""

    def look(self, template: str, /) -> str:
        """The template in this language; the same one where it has none."""
        ...

    def write(self, word: Word, /) -> str:
        """A word that nobody translates: a person's own, a number, a day."""
        ...

    def name(self, of: str, key: str, chinese: str, /) -> str:
        """The name of what `key` means among the `of`."""
        ...


def said(template: str, /, **words: Word) -> Said:
    """Make a sentence of a Chinese template and the words for its blanks in braces.

    A template without words is taken as it is, braces and all. Raises KeyError when a blank has
    no word.
    """
    return _made(Said, template.format(**words) if words else template, template, words)


def listed(texts: Iterable[str], by: str = "、") -> Listed:
    """Put texts in a row, each told on its own; `by` stands between them."""
    words = {str(number): text for number, text in enumerate(texts)}
    return _made(Listed, by.join(words.values()), by, words)


def named(of: str, key: str, chinese: str) -> Named:
    """Make the name of what `key` means among the `of`, which in Chinese is `chinese`."""
    return _made(Named, chinese, of, {"key": key})


def cut(text: str, limit: int) -> str:
    """Cut a text to so many characters; what was said can still be told whole."""
    if len(text) <= limit:
        return text
    short = text[: limit - 1] + "…"
    return _made(type(text), short, text.template, text.words) if isinstance(text, Said) else short


def tell(text: str, tongue: Tongue) -> str:
    """Tell a sentence in another language; a text that was not said is written as it is."""
    if not isinstance(text, Said):
        return tongue.write(text)
    if isinstance(text, Named):
        return tongue.name(text.template, str(text.words["key"]), str(text))
    told = {name: _told(word, tongue) for name, word in text.words.items()}
    between = tongue.look(text.template)
    if isinstance(text, Listed):
        return between.join(told.values())
    return between.format(**told) if told else between


def _told(word: Word, tongue: Tongue) -> str:
    return tell(word, tongue) if isinstance(word, str) else tongue.write(word)


def pack(text: Word) -> Any:
    """Give a text as JSON holds it, with everything that is needed to tell it again."""
    if isinstance(text, Said):
        kind = _KINDS[type(text)]
        words = {name: pack(word) for name, word in text.words.items()}
        return {kind: text.template, "words": words} | _chinese(text)
    return {"day": text.isoformat()} if isinstance(text, date) else text


def unpack(packed: Any) -> Any:
    """Make the text of what `pack` gave; a plain string or number comes back as it is."""
    if not isinstance(packed, dict):
        return packed
    if "day" in packed:
        return date.fromisoformat(packed["day"])
    words = {name: unpack(word) for name, word in packed["words"].items()}
    if "listed" in packed:
        return listed(words.values(), packed["listed"])
    if "named" in packed:
        return named(packed["named"], words["key"], packed["chinese"])
    template: str = packed["said"]
    return said(template, **words)


def _chinese(text: Said) -> dict[str, str]:
    return {"chinese": str(text)} if isinstance(text, Named) else {}


def _made(kind: type[One], chinese: str, template: str, words: Mapping[str, Word]) -> One:
    made = str.__new__(kind, chinese)
    made.template, made.words = template, words
    return made


_KINDS = {Said: "said", Listed: "listed", Named: "named"}
