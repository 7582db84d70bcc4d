"""Modules, functions and classes stay small, words stay plain, exceptions stay counted.

The exceptions are listed by name with a reason; the numbers may only fall.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src/jiedui"
MODULE_LINES = 250
FUNCTION_LINES = 40
PUBLIC_METHODS = 10

# Name -> why it is longer than the rest, and how long it may be.
LONG_MODULES: dict[str, tuple[int, str]] = {}
LONG_FUNCTIONS: dict[str, tuple[int, str]] = {}
LARGE_CLASSES: dict[str, tuple[int, str]] = {}

# How many `# type: ignore[…]` the source holds; lower it when one goes.
TYPE_IGNORES = 1

FORBIDDEN_WORDS = {
    "utils", "util", "helpers", "helper", "common", "manager", "managers", "service", "services",
    "data", "info", "process", "handle", "handler", "handlers", "misc",
}  # fmt: skip


@cache
def modules() -> list[Path]:
    found = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
    assert found
    return found


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def each(kind: type[ast.AST]) -> list[tuple[str, ast.AST]]:
    return [
        (f"{name_of(path)}:{getattr(node, 'name', '')}", node)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, kind)
    ]


def over(sizes: dict[str, int], limit: int, allowed: dict[str, tuple[int, str]]) -> list[str]:
    """Tell what is over its limit, and which exceptions are needed no longer."""
    found = [
        f"{name}: {size}, at most {allowed.get(name, (limit, ''))[0]}"
        for name, size in sizes.items()
        if size > allowed.get(name, (limit, ""))[0]
    ]
    found += [
        f"{name}: needs its exception no longer" for name in allowed if sizes.get(name, 0) <= limit
    ]
    return found


def test_modules_are_small() -> None:
    sizes = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert over(sizes, MODULE_LINES, LONG_MODULES) == []


def test_functions_are_small() -> None:
    sizes: dict[str, int] = {}
    for kind in (ast.FunctionDef, ast.AsyncFunctionDef):
        for name, node in each(kind):
            lines = (node.end_lineno or 0) - node.lineno + 1  # type: ignore[attr-defined]
            sizes[name] = max(sizes.get(name, 0), lines)
    assert over(sizes, FUNCTION_LINES, LONG_FUNCTIONS) == []


def test_classes_have_few_public_methods() -> None:
    sizes = {
        name: sum(
            isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
            and not part.name.startswith("_")
            and not any(getattr(d, "id", "") == "property" for d in part.decorator_list)
            for part in node.body  # type: ignore[attr-defined]
        )
        for name, node in each(ast.ClassDef)
    }
    assert over(sizes, PUBLIC_METHODS, LARGE_CLASSES) == []


def test_type_ignores_only_fall() -> None:
    lines = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in modules()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if "type: ignore" in line
    ]
    assert len(lines) == TYPE_IGNORES, "\n".join(lines)


def test_every_exception_of_the_linter_says_why() -> None:
    reason = re.compile(r"#\s*noqa: [A-Z0-9, ]+ - \S|#\s*type: ignore\[[a-z-]+(, ?[a-z-]+)*\].*")
    bare = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in modules()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"#\s*(noqa|type: ignore)", line) and not reason.search(line)
    ]
    assert bare == []


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_no_module_bears_a_word_that_says_nothing(path: Path) -> None:
    for part in path.relative_to(SOURCE).with_suffix("").parts:
        assert not FORBIDDEN_WORDS & set(part.split("_")), part


def test_no_function_or_class_bears_a_word_that_says_nothing() -> None:
    found = []
    for kind in (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef):
        for name, _ in each(kind):
            own = name.rpartition(":")[2]
            words = set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", own).lower().split("_"))
            # A character or a name may well be common; a module may not.
            if words & (FORBIDDEN_WORDS - {"common"}):
                found.append(name)
    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [name_of(path) for path in modules() if not ast.get_docstring(tree(path))]
    assert silent == []
