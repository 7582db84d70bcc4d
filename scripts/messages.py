"""Collects every text that people meet into one catalogue, and finds those that escaped it.

The texts stand in templates ({% trans %}, {% blocktrans %}), in calls of gettext in Python, and in
declarations of the core: ledgers, fields, choices, rules, indicators, problems, roles. They are
Chinese and are themselves the message ids; a language is one file made from the catalogue.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from babel.messages.catalog import Catalog

    from jiedui.ledgers import Ledger
    from jiedui.ledgers.words import Field

ROOT = Path(__file__).parent.parent
SITE = ROOT / "src/jiedui/site"
CATALOGUE = SITE / "web/locale/jiedui.pot"
# A file that is made has no hour of its making in it: the same sources give the same bytes.
DATED = datetime(2026, 1, 1, tzinfo=UTC)
# The languages beside Chinese; each is a file of translations and the same for the machine.
LANGUAGES = ("en",)
# Ideographs; punctuation alone is no text, but a page of another language has other signs.
CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
WIDE = re.compile(rf"{CJK.pattern}|[\u3001-\u3003\uff01-\uff60]")
# What stands in a cell of a form or sheet, yes, no and units: values, which no language changes.
VALUES = {"是", "否", "元", "万元", "亿元"}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "said": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
# The texts of Jiedui, made by `make messages` from templates, code and declarations.
# The message ids are the Chinese texts themselves.
msgid ""
msgstr ""
"Project-Id-Version: jiedui\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""

ENGLISH = """\
# English, beside the Chinese of the message ids. `make messages` brings new texts in, empty; write
# the translation and run it again, which makes the .mo from this file.
msgid ""
msgstr ""
"Project-Id-Version: jiedui\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

Message = tuple[str | tuple[str, ...], str | None, str]  # text or (one, many), context, where


def start_django() -> None:
    """Give Django what its template reader asks for, and no database."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)


def shown(path: Path) -> str:
    """Give a path as it stands in the project."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def templates() -> list[Path]:
    """Every template of the site."""
    return sorted(SITE.rglob("templates/**/*.html")) + sorted(SITE.rglob("templates/**/*.txt"))


def modules() -> list[Path]:
    """Every module, the site's and the core's."""
    return sorted((ROOT / "src/jiedui").rglob("*.py"))


def from_source(source: str, where: str) -> Iterator[Message]:
    """Find the calls of gettext in Python source."""
    from babel.messages.extract import extract

    content = io.BytesIO(source.encode())
    for _, text, _, context in extract("python", content, KEYWORDS, options={"encoding": "utf-8"}):
        yield text, context, where


def from_templates() -> Iterator[Message]:
    """Find the texts of the templates, which Django turns into calls of gettext."""
    from django.utils.translation.template import templatize

    for path in templates():
        where = shown(path)
        yield from from_source(templatize(path.read_text("utf-8"), origin=where), where)


def from_modules() -> Iterator[Message]:
    """Find the texts in calls of gettext in Python."""
    for path in modules():
        yield from from_source(path.read_text("utf-8"), shown(path))


def from_declarations() -> Iterator[Message]:
    """Find the texts of the core by walking what is declared there."""
    from jiedui.access import ROLE_TITLES, VERB_TITLES
    from jiedui.evidence import concerning, days, exchanges, movements, relief
    from jiedui.ledgers import ledgers
    from jiedui.problems import CODES

    for ledger in ledgers().values():
        where = f"src/jiedui/ledgers/kinds/{ledger.name}.py"
        yield from ((text, None, where) for text in ledger_texts(ledger) if text)
    for code in CODES.values():
        yield code.title, None, "src/jiedui/problems/codes.py"
        yield code.hint, None, "src/jiedui/problems/codes.py"
    for title in (*ROLE_TITLES.values(), *VERB_TITLES.values()):
        yield title, None, "src/jiedui/access.py"
    for room in (concerning, days, exchanges, movements, relief):
        where = f"src/{room.__name__.replace('.', '/')}.py"
        yield from ((rule, None, where) for rule in room.RULES.values())
    for answer in ("是", "否"):
        yield answer, None, "src/jiedui/ledgers/show.py"
    people = SITE / "store/people.py"
    yield from ((text, None, shown(people)) for text in table_texts(people, "WHAT"))


def table_texts(path: Path, table: str) -> Iterator[str]:
    """Give the texts of a module's table, without the database that its import asks for."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.AnnAssign) and name_of(node.target) == table:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                    yield inner.value


def ledger_texts(ledger: type[Ledger]) -> Iterator[str]:
    """Give every text that a ledger declares."""
    from jiedui.ledgers.words import Many

    yield ledger.title
    yield from field_texts(ledger.fields.values())
    yield from (rule.text for rule in ledger.rules)
    yield from (rule.text for rule in ledger.sought())
    lists = (one for one in ledger.fields.values() if isinstance(one, Many))
    yield from (rule.text for many in lists for rule in many.rules)
    for indicator in ledger.indicators:
        yield from (indicator.title, indicator.note, str(indicator.unit))
    for ratio in ledger.ratios:
        yield from (ratio.title, ratio.note)


def field_texts(fields: Iterable[Field]) -> Iterator[str]:
    """Give label, note, unit and options of fields and of their child rows."""
    from jiedui.ledgers.words import Choice, Count, Many

    for field in fields:
        yield from (field.label, field.note)
        if isinstance(field, Choice):
            yield from field.choices.values()
        if isinstance(field, Count):
            yield str(field.unit)
        if isinstance(field, Many):
            yield from field_texts(field.fields.values())


def collected() -> Catalog:
    """Give the catalogue of all texts, the same for the same sources."""
    from babel.messages.catalog import Catalog

    start_django()
    made = Catalog(charset="utf-8", locale="zh_Hans")
    found = [*from_templates(), *from_modules(), *from_declarations()]
    for text, context, where in sorted(found, key=lambda message: (message[2], str(message[0]))):
        made.add(text, context=context, locations=[(where, 0)])
    return made


def catalogue() -> str:
    """Give the catalogue as text."""
    return HEADER + as_po(collected())


def as_po(texts: Catalog) -> str:
    """Write texts as a file of gettext, without its head."""
    from babel.messages.pofile import write_po

    written = io.BytesIO()
    write_po(written, texts, omit_header=True, sort_by_file=True, include_lineno=False, width=0)
    return written.getvalue().decode()


def po_file(language: str) -> Path:
    """Where the translations into a language stand."""
    return CATALOGUE.parent / language / "LC_MESSAGES/django.po"


def translations(language: str) -> Catalog:
    """Give every text of the catalogue with its translation, empty where there is none."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    path = po_file(language)
    known = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as file:
            known = read_po(file, locale=language)
    made = Catalog(charset="utf-8", locale=language, creation_date=DATED, revision_date=DATED)
    for message in collected():
        if message.id:
            same = known.get(message.id, message.context)
            string = same.string if same else ("", "") if message.pluralizable else ""
            made.add(message.id, string, message.locations, context=message.context)
    return made


def untranslated(texts: Catalog) -> list[str]:
    """Name the texts that have no translation, or lack one of its forms."""
    found = []
    for message in texts:
        strings = message.string if isinstance(message.string, list | tuple) else [message.string]
        if message.id and not all(strings):
            found.append(str(message.id))
    return found


def as_mo(texts: Catalog) -> bytes:
    """Write translations as Django reads them, so that nobody needs the tools of gettext."""
    from babel.messages.mofile import write_mo

    written = io.BytesIO()
    write_mo(written, texts)
    return written.getvalue()


def languages(*, check: bool) -> list[str]:
    """Write every language's files, or check that they are fresh; name what is not translated."""
    faults = []
    for language in LANGUAGES:
        path, texts = po_file(language), translations(language)
        files = {path: (ENGLISH + as_po(texts)).encode(), path.with_suffix(".mo"): as_mo(texts)}
        for file, content in files.items():
            if check and (not file.exists() or file.read_bytes() != content):
                faults.append(f"{shown(file)} is stale: make messages")
            elif not check:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        faults += [f"{shown(path)}: not translated: {text}" for text in untranslated(texts)]
    return faults


def template_faults(path: Path) -> Iterator[str]:
    """Tell where a template shows Chinese that no translator will see."""
    from django.template.base import Lexer, TokenType

    translating = commenting = False
    where = shown(path)
    for token in Lexer(path.read_text("utf-8")).tokenize():
        text = token.contents
        word = text.split(maxsplit=1)[0] if text.strip() else ""
        if token.token_type == TokenType.BLOCK:
            translating = word in ("blocktrans", "blocktranslate") or (
                translating and word not in ("endblocktrans", "endblocktranslate")
            )
            commenting = word == "comment" or (commenting and word != "endcomment")
            if word in ("trans", "translate", "blocktrans", "blocktranslate", "comment"):
                continue
        if translating or commenting or token.token_type == TokenType.COMMENT:
            continue
        text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
        text = re.sub(r"""_\((".*?"|'.*?')\)""", "", text)
        if WIDE.search(text):
            yield f"{where}:{token.lineno}: {' '.join(text.split())[:60]}"


def translated(tree: ast.AST) -> set[int]:
    """Give the nodes that gettext or a docstring holds, by identity."""
    fine: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in KEYWORDS:
            fine |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            fine.add(id(node.value))
    for node in ast.walk(tree):  # gettext cannot look up what an f-string makes
        if isinstance(node, ast.JoinedStr):
            fine -= {id(inner) for inner in ast.walk(node)}
    return fine


def literal_faults(path: Path) -> Iterator[str]:
    """Tell where a module of the pages holds Chinese outside gettext."""
    tree = ast.parse(path.read_text("utf-8"))
    fine = translated(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if id(node) in fine or node.value in VALUES:
            continue
        if CJK.search(node.value):
            yield f"{shown(path)}:{node.lineno}: {node.value[:60]!r}"


# Calls whose words people meet: what is Chinese in them has to be said.
TOLD = {"problem", "No", "Yes", "StoppedError"}


def unsaid_faults(path: Path) -> Iterator[str]:
    """Tell where the core or the store tells people something that no translator will see."""
    tree = ast.parse(path.read_text("utf-8"))
    fine = translated(tree)
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or name_of(call.func) not in TOLD:
            continue
        for node in ast.walk(call):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if CJK.search(node.value) and id(node) not in fine:
                yield f"{shown(path)}:{node.lineno}: {node.value[:60]!r}"


def name_of(node: ast.expr) -> str:
    """Give the last word of what is called."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def escaped() -> list[str]:
    """Name every text of the pages that the catalogue does not hold."""
    start_django()
    found = [fault for path in templates() for fault in template_faults(path)]
    for path in sorted((SITE / "web").rglob("*.py")):
        found += literal_faults(path)
    for path in modules():
        found += unsaid_faults(path)
    return found


def main() -> int:
    """Write the catalogue, or check that it is fresh and that nothing escaped it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true", help="write nothing; fail when stale")
    check = parser.parse_args().check
    made = catalogue()
    faults = [f"{fault}: not through gettext" for fault in escaped()]
    if check and (not CATALOGUE.exists() or CATALOGUE.read_text("utf-8") != made):
        faults.append(f"{CATALOGUE.relative_to(ROOT)} is stale: make messages")
    if not check:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_text(made, "utf-8")
    faults += languages(check=check)
    print("\n".join(faults) if faults else f"texts: {made.count(chr(10) + 'msgid ') - 1}, all kept")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
