"""Model x scope line: every table says who reaches it, and only the modules it names do.

A table without a line, or a line without a module that guards it, fails. What the store's own
internals import besides is written down here, with the reason.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps

ROOT = Path(__file__).parent.parent.parent
SITE = ROOT / "src/jiedui/site"
STORE = SITE / "store"
TABLES = "jiedui.site.store.tables"
MODULE = re.compile(r"site\.store\.([a-z_]+)")

# Django's and axes' own tables -> who may reach them.
FOREIGN = {
    "auth.User": "the account itself, by site.store.people and site.store.granting",
    "auth.Group": "nobody: roles are grants",
    "auth.Permission": "nobody: roles are grants",
    "contenttypes.ContentType": "nobody: Django's own list of models",
    "sessions.Session": "the browser that holds its key, by Django's middleware",
    "axes.AccessAttempt": "nobody: counted by axes to lock out; no page shows it",
    "axes.AccessAttemptExpiration": "nobody: when a lock-out of axes ends",
    "axes.AccessFailureLog": "nobody: not written, AXES_ENABLE_ACCESS_FAILURE_LOG is off",
    "axes.AccessLog": "nobody: read by axes alone",
}
# Table -> the modules of the store that open it, the one that guards it first, and why others.
OPENED = {
    "Link": {
        "chain": "writes links and tells the head",
        "claims": "verification reads what links say",
        "evidenced": "verification: the source that a batch's link names",
        "verify": "finds the link of a head",
        "ended": "the link that ended an entry whose versions the viewer sees, or of his own office",
        "explained": "what was said of findings, whose keys only their viewers find",
        "granting": "asks how long a name of a link may be",
    },
    "Secret": {"vault": "seals, opens and erases"},
    "Document": {
        "documents": "guards: an office's own",
        "choosing": "guards: an office's own",
        "former": "asks for its words of now; opens no row",
        "read_in": "what was read into rows; opens no row",
        "proofs": "the cited words, for whoever may see the entry",
        "evidenced": "verification",
        "files": "the seal; opens no row",
        "previewing": "asks whether the same bytes are still needed; gives no row",
        "stored": "rows to values; opens no row",
        "indexing": "takes their words into the index; gives none of them",
        "searching": "an office's own, for who may bring them",
    },
    "Former": {
        "former": "the words that citations of former readings lead to; gives no row to pages",
        "choosing": "made by the document's office, which `Document` guards",
        "evidenced": "verification",
        "files": "the seal; opens no row",
    },
    "Proposal": {
        "deciding": "decided by the document's office",
        "read_in": "made with its document",
        "choosing": "read again with its document, by the document's office",
        "evidenced": "verification",
        "files": "the seal; opens no row",
        "stored": "rows to values; opens no row",
    },
    "Batch": {
        "previewing": "guards: an office's own",
        "staging": "reads and loads what `previewing` found; opens no row",
        "loading": "reads and loads what `previewing` found; opens no row",
        "undoing": "reads what `previewing` found; opens no row",
        "previewed": "rows to values; opens no row",
        "answering": "its type alone: what `previewing` found",
        "formerly": "the links under which the office loaded sheets of the same headings",
        "sheets": "the row that an entry cites, for whoever may see the entry; the file its office",
        "evidenced": "verification",
    },
    "Mapping": {
        "previewing": "guards: an office's own",
        "staging": "the office's own, for the workbook that `previewing` found",
    },
    "Indexed": {
        "indexing": "guards: fills it; `questions` asks each row by the scope of what it stands for",
    },
    "IndexedName": {
        "questions": "guards: an office's own names, for who may reveal",
        "indexing": "takes erased names out",
    },
    "IndexDue": {"indexing": "guards: nothing but numbers of links"},
    "Job": {"jobs": "guards: an office's own", "work.models": "where Django looks for it"},
    "Preference": {
        "preferences": "guards: an account's own",
        "work.models": "where Django looks for it",
    },
    "Token": {"tokens": "guards: an account's own, and all for the operator"},
    "Grant": {"people": "guards: read for who signs in", "granting": "written by the operator"},
}
# Modules that may name a version table in SQL: all of them go through `select`, but for these.
VERSIONS_IN_SQL = {
    "between": "through `select.where` with the viewer's scope, both ledgers; marks of names",
    "statement": "the name itself",
    "select": "the scoped select",
    "reading": "reads through it",
    "counting": "reads through it",
    "findings": "reads through it",
    "mended": "reads through it, ended versions too",
    "lasting": "through `select.ever` with the viewer's scope; of what was entered again, a link",
    "columnar": "reads many, for `comparing`, `undoing` and `fitting`",
    "identifying": "reads through it, the viewer's own office",
    "sides": "the places of a pairing that an entry or row names; gives none of its entries",
    "formerly": "reads through it, the viewer's own office; of links entries' numbers alone",
    "resembling": "reads through `identifying`, the viewer's own office",
    "fitting": "the entries that rows say they are; gives none of them",
    "planning": "reads through it: what a row would change",
    "undoing": "the versions that one link wrote, behind `previewing`",
    "standing": "reads through it",
    "archive.loading": "asks which tables are there; opens none of a viewer's",
    "versioning": "writes, behind `writing`",
    "bare": "asks whether a table is empty, and makes its indexes; gives none of its rows",
    "judging": "looks for doubles of the viewer's own office",
    "checking": "verification",
    "verify": "verification: the name in its report",
    "people": "the pairings and the office's name of who signs in",
    "targets": "reads through it",
    "questions": "asks it of every row of the index",
    "searching": "reads the entries that `questions` let through",
    "indexing": "takes the words of current versions into the index; gives none of them",
    "lookup": "reads through it",
    "reviewing": "reads through it, to move many entries along at once",
}


def models() -> list[type]:
    return sorted(apps.get_models(include_auto_created=False), key=lambda one: one._meta.label)


def own() -> list[type]:
    return [one for one in models() if one._meta.app_label in {"store", "work"}]


def sources() -> dict[str, str]:
    """Every module of the site by its dotted name under `jiedui.site`."""
    return {
        path.relative_to(SITE).with_suffix("").as_posix().replace("/", "."): path.read_text("utf-8")
        for path in sorted(SITE.rglob("*.py"))
        if "migrations" not in path.parts
    }


def lacking(found: list[type]) -> list[str]:
    """The labels of models without a line."""
    return [
        one._meta.label
        for one in found
        if not str(getattr(one, "SCOPE", FOREIGN.get(one._meta.label, ""))).strip()
    ]


def test_every_model_has_a_line():
    assert lacking(models()) == []
    assert len(own()) >= 9


def test_no_line_is_of_a_model_that_is_gone():
    labels = {one._meta.label for one in models()}
    assert set(FOREIGN) <= labels
    handwritten = {one.__name__ for one in own() if not one.__name__.endswith("Version")}
    assert set(OPENED) == handwritten


def test_a_model_without_a_line_is_found():
    label = SimpleNamespace(label="store.Nameless")
    bare, blank = SimpleNamespace(_meta=label), SimpleNamespace(_meta=label, SCOPE=" ")
    assert lacking([bare, blank]) == ["store.Nameless"] * 2


@pytest.mark.parametrize("model", [one.__name__ for one in own()])
def test_the_module_that_a_line_names_is_there(model):
    scope = next(one.SCOPE for one in own() if one.__name__ == model)
    named = MODULE.findall(scope)
    assert all((STORE / f"{name}.py").is_file() for name in named), scope
    assert named or "door" in scope, scope
    if model in OPENED and named:
        assert named[0] == next(iter(OPENED[model])), scope


def imported(source: str, module: str) -> set[str]:
    """The names that a module imports from another, wherever the import stands."""
    return {
        alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(module)
        for alias in node.names
    }


def test_only_the_modules_that_are_named_open_a_table():
    found: dict[str, set[str]] = {name: set() for name in OPENED}
    for module, source in sources().items():
        if module.startswith("store.tables") or module == "store.models":
            continue
        for name in imported(source, TABLES) & OPENED.keys():
            assert module.startswith("store."), f"{module} opens {name}"
            found[name].add(module.removeprefix("store."))
    assert found == {name: set(modules) for name, modules in OPENED.items()}


def test_only_the_store_writes_sql_over_versions():
    naming = re.compile(
        r"jd_v_|table_name|select\.relation|[^_]relation\(|select\.where|reading\.fetch"
    )
    found = {
        module.removeprefix("store.")
        for module, source in sources().items()
        if naming.search(source) and not module.startswith("store.tables")
    }
    assert found <= VERSIONS_IN_SQL.keys(), found - VERSIONS_IN_SQL.keys()


def test_models_are_asked_for_by_nothing_but_the_store():
    asking = re.compile(
        r"apps\.get_model|get_models\(|\.objects\b|connections?\.cursor|import connection\b"
    )
    outside = [
        module
        for module, source in sources().items()
        if asking.search(source) and not module.startswith("store.")
    ]
    assert outside == []


def test_every_verb_of_the_door_takes_a_viewer():
    """Nothing that reads or writes people's or offices' words can be asked without one."""
    import inspect

    from jiedui.site.store import batches, deciding, documents, door, proofs, searching, tokens

    # `bearer` is how a viewer is found.
    without = {"entry_id", "key", "head", "is_gone", "label", "refs", "bearer"}
    for room in (door, documents, batches, tokens, searching):
        for name in room.__all__:
            one = getattr(room, name)
            if inspect.isfunction(one) and name not in without:
                viewer = inspect.signature(one).parameters.get("viewer")
                assert viewer is not None, name
                assert viewer.default is inspect.Parameter.empty, name
    assert deciding.accept is documents.accept
    assert proofs.proofs is documents.proofs
