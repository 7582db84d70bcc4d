"""Checks what import-linter and ruff cannot say about the floors of the house.

Only `jiedui.site.store` touches tables: no other module imports `django.db`, looks a model up by
name, or asks a model's manager. The core calls no `open()`. The order of the rooms itself is
import-linter's; clock, environment and randomness are ruff's (TID251).
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parent.parent / "src"
STORE = "jiedui.site.store"
SHELL = ("jiedui.site", "jiedui.cli")
TABLES = ("django.db", "django.apps", "jiedui.site.store.tables")
# An app's own declaration is not a look-up of models, and an exception opens no table.
ALLOWED = {
    "django.apps.AppConfig",
    "django.db.DatabaseError",
    "django.db.OperationalError",
    "django.db.ProgrammingError",
}
MANAGERS = {"objects", "_default_manager", "_base_manager"}


def inside(module: str, package: str) -> bool:
    """Say whether a module is a package or stands in it."""
    return module == package or module.startswith(package + ".")


def imported(node: ast.AST) -> list[str]:
    """Give the full names that an import statement brings in."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def table_faults(node: ast.AST) -> Iterator[str]:
    """Tell how a module outside the store reaches for a table."""
    for name in imported(node):
        if name not in ALLOWED and any(inside(name, table) for table in TABLES):
            yield f"imports {name}; only {STORE} may"
    if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
        yield f"asks a model's manager (.{node.attr}); only {STORE} may"


def core_faults(node: ast.AST) -> Iterator[str]:
    """Tell how a core module opens a file."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
        yield "calls open(); the core reads package data through importlib.resources only"


def faults(source: Path) -> list[str]:
    """Name every fault below a source folder as "path:line: what"; empty when all is well."""
    found: list[str] = []
    for path in sorted(source.glob("jiedui/**/*.py")):
        relative = path.relative_to(source)
        module = ".".join(relative.with_suffix("").parts).removesuffix(".__init__")
        if inside(module, STORE):
            continue
        shell = any(inside(module, package) for package in SHELL)
        rule = table_faults if shell else core_faults
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            line = getattr(node, "lineno", 0)
            found += [f"{relative}:{line}: {fault}" for fault in rule(node)]
    return found


def main() -> int:
    """Print the faults."""
    found = faults(SOURCE)
    print("\n".join(found) if found else "layers: as declared")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
