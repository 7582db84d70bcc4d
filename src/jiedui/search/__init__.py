"""What is looked for and what is found by it: words of our own, the same on every database.

A text becomes overlapping pairs of Chinese characters and whole Latin words (`folding`); what a
person typed becomes terms (`asking`); an entry or a document becomes the words by which it is found
(`content`); a found text is marked (`marking`). Not for keeping an index or asking it: that is the
store. Nothing here holds a protected name.
"""

from __future__ import annotations

from jiedui.search.asking import Term, may_be_name, terms, unsought
from jiedui.search.content import BREAK, Parts, document, entry, owner_word, place_word, texts
from jiedui.search.folding import fold, words
from jiedui.search.marking import Piece, snippet, spans

__all__ = [
    "BREAK",
    "Parts",
    "Piece",
    "Term",
    "document",
    "entry",
    "fold",
    "may_be_name",
    "owner_word",
    "place_word",
    "snippet",
    "spans",
    "terms",
    "texts",
    "unsought",
    "words",
]
