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
        "verify": "finds the link of a head",
        "granting": "asks how long a name of a link may be",
    },
    "Secret": {"vault": "seals, opens and erases"},
    "Document": {
        "documents": "guards: an office's own",
        "proofs": "the cited words, for whoever may see the entry",
        "evidenced": "verification",
        "files": "the seal; opens no row",
        "stored": "rows to values; opens no row",
    },
    "Proposal": {
        "documents": "guards: made with its document",
        "deciding": "decided by the document's office",
        "evidenced": "verification",
        "files": "the seal; opens no row",
        "stored": "rows to values; opens no row",
    },
    "Batch": {"batches": "guards: an office's own"},
    "Mapping": {"batches": "guards: an office's own"},
    "Grant": {"people": "guards: read for who signs in", "granting": "written by the operator"},
}
# Modules that may name a version table in SQL: all of them go through `select`, but for these.
VERSIONS_IN_SQL = {
    "statement": "the name itself",
    "select": "the scoped select",
    "reading": "reads through it",
    "counting": "reads through it",
    "versioning": "writes, behind `writing`",
    "judging": "looks for doubles of the viewer's own office",
    "checking": "verification",
    "verify": "verification: the name in its report",
    "people": "the pairings and the office's name of who signs in",
    "exporting": "reads through `reading`",
    "lookup": "reads through it",
    "batches": "what a batch of the viewer's office wrote, inside the lock",
    "comparing": "the office's own entries, through `reading`",
    "standing": "what a batch of the viewer's office wrote, through `reading`",
    "archive.loading": "fills an empty book",
}


def models() -> list[type]:
    return sorted(apps.get_models(include_auto_created=False), key=lambda one: one._meta.label)


def own() -> list[type]:
    return [one for one in models() if one._meta.app_label == "store"]


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

    from jiedui.site.store import deciding, documents, door, proofs

    without = {"entry_id", "key", "head", "label", "refs"}
    for room in (door, documents):
        for name in room.__all__:
            one = getattr(room, name)
            if inspect.isfunction(one) and name not in without:
                viewer = inspect.signature(one).parameters.get("viewer")
                assert viewer is not None, name
                assert viewer.default is inspect.Parameter.empty, name
    assert deciding.accept is documents.accept
    assert proofs.proofs is documents.proofs
