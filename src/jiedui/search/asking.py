"""What a person typed to look for, as terms; and what is not looked for at all.

Not for asking the index: the store turns terms into the words of its database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.facts.surnames import DOUBLE, SINGLE
from jiedui.ledgers.personal import looks_personal, masked
from jiedui.problems import Field, problem
from jiedui.search.folding import LONGEST, fold, is_han, runs, words

if TYPE_CHECKING:
    from jiedui.problems import Problem

__all__ = ["MOST", "Term", "may_be_name", "terms", "unsought"]

MOST = 10
"""Terms of one question that count; the rest is left out."""
TYPED = 200
"""Characters of a question that count."""
_LATIN_NAME = re.compile(r"[a-z]{2,20}")
_NAME_LENGTHS = range(2, 5)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing looked for: words that must follow each other in a text.

    `begins` says that the last word may go on: a single character begins a pair. `runs` are what
    the term was made of, for marking.
    """

    words: tuple[str, ...]
    begins: bool
    runs: tuple[str, ...]


def terms(typed: str) -> tuple[Term, ...]:
    """The terms of a question, parted by blanks; all of them must be found.

    >>> [(one.words, one.begins) for one in terms("天津市 桥  2024年")]
    [(('天津', '津市'), False), (('桥',), True), (('2024', '年'), True)]
    """
    found: dict[tuple[str, ...], Term] = {}
    for part in fold(typed[:TYPED]).split():
        if term := _term(runs(part)):
            found.setdefault(term.words, term)
    return tuple(found.values())[:MOST]


def _term(parts: list[str]) -> Term | None:
    if not parts:
        return None
    *before, last = parts
    said = [word for run in before for word in words(run)]
    begins = False
    if not is_han(last):
        said.append(last[:LONGEST])
    elif len(last) == 1:
        said.append(last)
        begins = True
    else:
        # Without its last character alone: in a text the run may go on.
        said += words(last)[:-1]
    return Term(tuple(said), begins, tuple(parts))


def unsought(typed: str, field: str, label: str) -> Problem | None:
    """The problem that a question with a person's number is: it is not looked for.

    >>> unsought("13800000000", "q", "词语").found
    '1***'
    """
    what = looks_personal(typed)
    if not what:
        return None
    return problem("not-looked-for", Field(field), masked(typed), label=label, what=what)


def may_be_name(typed: str) -> bool:
    """Whether a word of a question may be a person's name, so that it stays out of addresses.

    Rather once too often: a word that only looks like one loses nothing but its address.

    >>> may_be_name("财政资金 张样例"), may_be_name("到位资金"), may_be_name("G30")
    (True, False, False)
    """
    return any(map(_name, fold(typed).split()))


def _name(word: str) -> bool:
    if "·" in word or _LATIN_NAME.fullmatch(word):
        return True
    if len(word) not in _NAME_LENGTHS or not all(map(is_han, word)):
        return False
    return word[0] in SINGLE or word[:2] in DOUBLE
