"""Looks at the words and signs of an expression before it is parsed, and refuses all but a few.

Not the grammar: this is the first of two closed lists, and the one that names what it refuses
(a cast, a comment, a second statement) even where the parser would quietly read it otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jiedui.ledgers.expressions.vocabulary import ExpressionError, not_part

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from sqlglot.tokenizer_core import Token

FUNCTIONS: Final = (
    "sum", "count", "min", "max", "coalesce", "days", "year", "month", "day", "starts",
)  # fmt: skip
LONGEST: Final = 2000

KEYWORDS: Final = frozenset(
    {
        "AND", "OR", "NOT", "BETWEEN", "IN", "IS", "NULL", "CASE", "WHEN", "THEN", "ELSE", "END",
        "TRUE", "FALSE", "DATE", "FILTER", "WHERE", "DISTINCT",
    }
)  # fmt: skip
SIGNS: Final = frozenset({"(", ")", ",", ".", "*", "+", "-", "=", "<>", "<", "<=", ">", ">="})
LITERALS: Final = frozenset({"STRING", "NUMBER"})

COMPARE: Final = "the comparisons are = <> < <= > >="
ONE_LEDGER: Final = "an expression reads the rows of its own ledger only"
NO_CAST: Final = "a field has its type already"
HINTS: Final = {
    "/": "write two measures and divide once",
    "%": "there is no remainder; write two measures and divide once",
    "div": "write two measures and divide once",
    "mod": "write two measures and divide once",
    ";": "write one expression",
    "::": NO_CAST,
    "cast": NO_CAST,
    "try_cast": NO_CAST,
    "like": "write starts(text, '…')",
    "ilike": "write starts(text, '…')",
    "similar to": "write starts(text, '…')",
    "||": "text is compared, not built",
    "!=": "write <>",
    "==": "write =",
    "<=>": COMPARE,
    "?": "write the literal; there are no parameters",
    ":": "write the literal; there are no parameters",
    "@": "write the literal; there are no parameters",
    "over": "an aggregate takes all rows of a group; there are no windows",
    "select": ONE_LEDGER,
    "with": ONE_LEDGER,
    "from": ONE_LEDGER,
    "join": ONE_LEDGER,
    "union": ONE_LEDGER,
    "exists": ONE_LEDGER,
    "unknown": "write is null",
    "current_date": "an expression knows no clock; hand the date over as a field",
    "interval": "write days(a, b)",
}


def examine(text: str, where: str, fields: Container[str]) -> None:
    """Refuse every word and sign outside the closed list; raises `ExpressionError`."""
    if len(text) > LONGEST:
        raise ExpressionError(where, f"{len(text)} characters; write at most {LONGEST}")
    tokens = split(text, where)
    if not tokens:
        raise ExpressionError(where, "the expression is empty")
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.comments:
            raise not_part(where, "comment", "say it in the declaration's note")
        if following is not None and following.token_type.name == "L_PAREN":
            before_bracket(token, where)
        one(token, where, fields)


def split(text: str, where: str) -> Sequence[Token]:
    """The tokens of a text; NUL and lone surrogates are refused, which no store can keep."""
    import sqlglot
    from sqlglot.errors import SqlglotError

    bad = next((c for c in text if c == "\0" or "\ud800" <= c <= "\udfff"), None)
    if bad is not None:
        raise ExpressionError(where, f"the character U+{ord(bad):04X} cannot be stored")
    try:
        return sqlglot.tokenize(text)
    except SqlglotError as error:
        message = f"cannot be split into words: {text!r}; are all quotes closed?"
        raise ExpressionError(where, message) from error


def before_bracket(token: Token, where: str) -> None:
    """Refuse a function by another name: a word before a bracket is a keyword or one of ours."""
    kind, word = token.token_type.name, token.text
    if kind == "IDENTIFIER" or (
        (word[:1].isalpha() or word[:1] == "_")
        and kind not in KEYWORDS - {"DATE"}
        and word.lower() not in FUNCTIONS
    ):
        hint = HINTS.get(word.lower(), f"the functions are {', '.join(FUNCTIONS)}")
        raise not_part(where, word, hint)


def one(token: Token, where: str, fields: Container[str]) -> None:
    """Refuse one word or sign that is on no list."""
    kind, word = token.token_type.name, token.text
    known = (
        kind in LITERALS
        or kind in {"VAR", "IDENTIFIER"}
        or (kind in KEYWORDS and word.isalpha())
        or word in fields
    )
    if not known and word not in SIGNS:
        raise not_part(where, word, HINTS.get(word.lower(), "write it with the words that are"))
