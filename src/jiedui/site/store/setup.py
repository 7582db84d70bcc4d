"""Makes or upgrades the tables: the book and the work beside it."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from jiedui.site.environment import WORK_SCHEMA


def migrate(*, quiet: bool = True) -> None:
    """Bring both databases to this version's tables; nothing is lost, nothing is filled in."""
    settings.JIEDUI_FOLDER.mkdir(parents=True, exist_ok=True)
    if connections["work"].vendor == "postgresql":
        with connections["default"].cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {WORK_SCHEMA}")
    for alias in ("default", "work"):
        call_command("migrate", database=alias, verbosity=0 if quiet else 1, interactive=False)
