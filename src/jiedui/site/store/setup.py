"""Makes or upgrades the tables: the book and the work beside it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from jiedui.site.environment import WORK_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATABASES = ("default", "work")


def migrate() -> None:
    """Bring both databases to this version's tables; nothing is lost, nothing is filled in."""
    settings.JIEDUI_FOLDER.mkdir(parents=True, exist_ok=True)
    if connections["work"].vendor == "postgresql":
        with connections["default"].cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {WORK_SCHEMA}")
    for alias in _DATABASES:
        if _plan(alias):
            call_command("migrate", database=alias, verbosity=0, interactive=False)


@contextmanager
def together() -> Iterator[None]:
    """Many writes to the book in one transaction: all of them, or none."""
    with transaction.atomic():
        yield


def close() -> None:
    """Close this process's connections, before others of their own are opened by its children."""
    connections.close_all()


def begin_anew() -> None:
    """Leave this thread's connections and open others at the next question.

    For after Ctrl-C: it may have come in the first or the last step of a transaction, which Django
    then takes for open, and whatever is written next goes with the process. What was not committed
    is rolled back.
    """
    for alias in _DATABASES:
        broken = connections[alias].connection
        del connections[alias]
        if broken is not None:
            broken.close()


def unmade() -> bool:
    """Whether a table of this version is still to be made."""
    return any(_plan(alias) for alias in _DATABASES)


def _plan(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
