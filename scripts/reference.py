"""Writes the reference pages of docs/reference/ from the code, or checks that they are fresh.

Ledgers with fields, rules and indicators; problems; roles; commands; settings; routes. What the
pages say is said in the code: to change a page, change that.
"""

from __future__ import annotations

import argparse
import inspect
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jiedui.ledgers import Ledger
    from jiedui.ledgers.declare import Against, Rule
    from jiedui.ledgers.words import Field

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs/reference"
MADE = "<!-- Made by `make docs` from the code; change the code, not this page. -->"

# Every variable of the environment that Jiedui reads: its default, and what it does.
SETTINGS: dict[str, tuple[str, str]] = {
    "JIEDUI_DATA": ("`.data`", "The folder of the databases, documents and keys."),
    "JIEDUI_DATABASE_URL": (
        "empty: SQLite in the data folder",
        "`postgresql://user:password@host:port/name` for an office's PostgreSQL.",
    ),
    "JIEDUI_SECRET_KEY": (
        "made at first use, in the data folder",
        "Signs sessions; 32 characters or more.",
    ),
    "JIEDUI_VAULT_KEY": (
        "made at first use, in the data folder",
        (
            "Seals protected names; 32 characters or more. Keep it apart from the backups of the "
            "database: without it no protected name can be read again."
        ),
    ),
    "JIEDUI_HOSTS": ("`127.0.0.1,localhost,[::1]`", "The host names the site answers to."),
    "JIEDUI_HTTPS": ("empty", "`1` behind TLS: cookies only over it, HSTS."),
    "JIEDUI_DEMONSTRATION": (
        "empty",
        "`1` for demonstration mode: accounts without passwords, on loopback only.",
    ),
    "JIEDUI_DEBUG": ("empty", "`1` for developers: Django's own fault pages."),
}


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Give a Markdown table as lines; a bar in a cell is escaped."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for row in rows:
        cells = (cell.replace("|", "\\|").replace("\n", " ") for cell in row)
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def first_line(of: object) -> str:
    """Give the first sentence of a docstring on one line."""
    return " ".join((inspect.getdoc(of) or "").split("\n\n")[0].split())


def ledgers_page() -> Iterator[str]:
    """Describe each ledger and register by its declaration."""
    from jiedui.ledgers import ledgers
    from jiedui.ledgers.words import Many

    yield "# Ledgers and registers"
    for name, ledger in sorted(ledgers().items()):
        kind = "register" if ledger.register else "ledger"
        yield from ("", f"## {ledger.title} (`{name}`)", "", f"A {kind}. {first_line(ledger)}", "")
        head = ("field", "heading", "type", "required", "also read as", "note")
        yield from table(head, field_rows(ledger.fields))
        if ledger.identity:
            names = ", ".join(f"`{field}`" for field in ledger.identity)
            yield from ("", f"Two entries of one office are the same when these are: {names}.")
        yield from rules_of("Rules:", ledger.rules)
        for many in (one for one in ledger.fields.values() if isinstance(one, Many)):
            yield from rules_of(f"Rules of each row of `{many.name}`:", many.rules)
        if ledger.across:
            yield from ("", "Rules over rows; a group that breaks one is a finding:", "")
            over = ((f"`{r.name}`", ", ".join(r.by), f"`{r.expression}`", r.text)
                    for r in ledger.across)  # fmt: skip
            yield from table(("rule", "rows with the same", "must be true", "said otherwise"), over)
        if ledger.against:
            yield from ("", "Rules over two ledgers; a group that breaks one is a finding:", "")
            yield from table(AGAINST_HEAD, against_rows(ledger.against))
        if ledger.lasting():
            ends = ", ".join(f"`{one.ends}`" for one in ledger.lasting())
            told = (
                f"Its stocks fall by {ends} alone: a confirmed entry that is withdrawn without "
                "that day is a finding (`left-without-a-day`)."
            )
            yield from ("", told)
        if ledger.indicators:
            yield from ("", "Indicators:", "")
            yield from table(INDICATOR_HEAD, indicator_rows(ledger))


AGAINST_HEAD = ("rule", "rows with the same", "here", "", "there", "of", "said otherwise")


def against_rows(rules: Sequence[Against]) -> Iterator[tuple[str, ...]]:
    """Describe the rules over two ledgers."""
    for one in rules:
        by, theirs = ", ".join(one.by), ", ".join(one.theirs_by)
        shared = by if by == theirs else f"{by} = {theirs}"
        yield (
            f"`{one.name}`", shared, f"`{one.ours}`", f"`{one.sign}`", f"`{one.theirs}`",
            f"`{one.other}`", one.text,
        )  # fmt: skip


def rules_of(title: str, rules: Sequence[Rule]) -> Iterator[str]:
    """Describe the rules of an entry, or of its child rows; nothing where there are none."""
    if rules:
        yield from ("", title, "")
        rows = ((f"`{r.name}`", f"`{r.expression}`", r.text, r.unknown) for r in rules)
        yield from table(("rule", "must be true", "said otherwise", "when unknown"), rows)


def field_rows(fields: Any, under: str = "") -> Iterator[tuple[str, ...]]:
    """Give a row for each field, child rows below the field that holds them."""
    from jiedui.ledgers.words import Many

    for name, field in fields.items():
        required = "yes" if field.required else ""
        made = f" total of `{field.total_of}`" if field.total_of else " set by the store"
        note = field.note + ("" if field.typed else made)
        wide = " May stand across, a column each." if field.wide else ""
        person = f" A person's name is protected when `{field.person}`." if field.person else ""
        also = "、".join(field.also)
        yield (
            f"`{under}{name}`",
            field.label,
            type_of(field),
            required,
            also,
            (note + wide + person).strip(),
        )
        if isinstance(field, Many) and not field.single:
            yield from field_rows(field.fields, f"{name}[].")


def type_of(field: Field) -> str:
    """Say what a field holds."""
    from jiedui.ledgers.words import Choice, Count, Many, Ref, Text

    if isinstance(field, Choice):
        return "one of " + ", ".join(f"`{code}` {label}" for code, label in field.choices.items())
    if isinstance(field, Count):
        return f"whole number {field.unit}".strip()
    if isinstance(field, Ref):
        return f"entry of `{field.to}`"
    if isinstance(field, Text):
        return f"text, at most {field.limit}"
    if isinstance(field, Many):
        return "many " + (type_of(field.fields["value"]) if field.single else "rows")
    return _TYPES.get(field.kind, field.kind)


_TYPES = {
    "money": "money in fen",
    "flag": "yes or no",
    "moment": "date and time to the minute",
}
INDICATOR_HEAD = ("code", "title", "measure", "of rows where", "by date", "unit", "kind", "cut by")


def indicator_rows(ledger: type[Ledger]) -> Iterator[tuple[str, ...]]:
    """Give a row for each indicator."""
    for i in ledger.indicators:
        title = i.title + (f": {i.note}" if i.note else "")
        where = f"`{i.where}`" if i.where else ""
        cuts = ", ".join(i.by)
        yield f"`{i.code}`", title, f"`{i.measure}`", where, i.on, str(i.unit), str(i.kind), cuts


def problems_page() -> Iterator[str]:
    """List each problem that a user can meet."""
    from jiedui.problems import CODES

    yield from ("# Problems", "")
    yield "What can be wrong with what people hand in. Blanks in braces are filled in."
    yield ""
    rows = ((f"`{name}`", code.title, code.hint) for name, code in sorted(CODES.items()))
    yield from table(("code", "title", "what to do"), rows)


def roles_page() -> Iterator[str]:
    """Say what each role may do."""
    from jiedui.access import POWERS, ROLE_TITLES, VERB_TITLES

    yield from ("# Roles", "", "What each may do, within its scope.", "")
    heads = (f"`{role}` {title}" for role, title in ROLE_TITLES.items())
    rows = (
        (f"`{verb}` {title}", *("yes" if verb in POWERS[role] else "" for role in ROLE_TITLES))
        for verb, title in VERB_TITLES.items()
    )
    yield from table(("", *heads), rows)


def commands_page() -> Iterator[str]:
    """Describe each command as it describes itself."""
    from typer.main import get_command

    from jiedui.cli import COMMANDS, app

    yield from ("# Commands", "")
    group: Any = get_command(app)
    for name, (_, summary) in COMMANDS.items():
        yield from command_lines(f"jiedui {name}", group.get_command(None, name), summary)


def command_lines(name: str, command: Any, summary: str = "") -> Iterator[str]:
    """Describe one command, and those below it."""
    yield from (f"## `{name}`", "", (command.help or summary).strip(), "")
    rows = [
        (f"`{'`, `'.join(part.opts)}`", getattr(part, "help", None) or "", said_default(part))
        for part in command.params
    ]
    if rows:
        yield from table(("argument or option", "what it does", "default"), rows)
        yield ""
    for below, inner in getattr(command, "commands", {}).items():
        yield from command_lines(f"{name} {below}", inner)


def said_default(part: Any) -> str:
    """Give the default of an option as a user would type it."""
    if part.required:
        return "required"
    plain = part.default not in (None, False, "", ()) and not callable(part.default)
    return f"`{part.default}`" if plain else ""


def settings_page() -> Iterator[str]:
    """List the variables of the environment; raises SystemExit when one is not described."""
    read = variables()
    if read != set(SETTINGS):
        raise SystemExit(
            f"scripts/reference.py SETTINGS: differs in {sorted(read ^ set(SETTINGS))}"
        )
    yield from ("# Settings", "", "All from the environment.", "")
    rows = ((f"`{name}`", default, what) for name, (default, what) in SETTINGS.items())
    yield from table(("variable", "default", "what it does"), rows)


def variables() -> set[str]:
    """Find the variables of the environment that the site and the commands name in quotes."""
    source = ROOT / "src/jiedui"
    paths = [*source.glob("site/**/*.py"), *source.glob("cli/**/*.py")]
    found = (re.findall(r"""["'](JIEDUI_[A-Z_]+)["']""", p.read_text("utf-8")) for p in paths)
    return {name for names in found for name in names}


def routes_page() -> Iterator[str]:
    """List every address that the site answers."""
    from django.urls import get_resolver

    yield from ("# Routes", "")
    yield from table(("address", "name", "what it shows"), route_rows(get_resolver(), "/"))


def route_rows(resolver: Any, prefix: str) -> Iterator[tuple[str, str, str]]:
    """Give a row for each pattern below a resolver, in the order in which they are tried."""
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from route_rows(pattern, address)
        elif pattern.name != "api-root":  # only for making addresses; answers 404
            view = getattr(pattern.callback, "view_class", pattern.callback)
            yield f"`{address}`", f"`{pattern.name or ''}`", view_words(view)


def view_words(view: Any) -> str:
    """Give the first sentence of a view; of a route of the API, that of its operations."""
    if inspect.unwrap(view).__module__ == "ninja.operation":
        # The API keeps its operations in the closure of the view that it hands to Django.
        held = inspect.getclosurevars(view).nonlocals["self"].operations
        return " ".join(first_line(operation.view_func) for operation in held)
    return first_line(inspect.unwrap(view))


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "ledgers.md": ledgers_page,
    "problems.md": problems_page,
    "roles.md": roles_page,
    "commands.md": commands_page,
    "settings.md": settings_page,
    "routes.md": routes_page,
}


def start_django() -> None:
    """Set Django up over a temporary folder."""
    from django.apps import apps

    if not apps.ready:
        import django

        os.environ["JIEDUI_DATA"] = tempfile.mkdtemp(prefix="jiedui-docs-")
        os.environ["DJANGO_SETTINGS_MODULE"] = "jiedui.site.settings"
        django.setup()


def made() -> dict[str, str]:
    """Give every reference page as text, by file name."""
    start_django()
    return {
        name: "\n".join((MADE, "", *(line.rstrip() for line in page()))).rstrip() + "\n"
        for name, page in PAGES.items()
    }


def stale() -> list[str]:
    """Name the pages that differ from the code."""
    return [
        name
        for name, text in made().items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text("utf-8") != text
    ]


def main() -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true", help="write nothing; fail when stale")
    if parser.parse_args().check:
        found = stale()
        print(f"docs/reference: stale: {found}; make docs" if found else "docs/reference: fresh")
        return 1 if found else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in made().items():
        (FOLDER / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
