"""Sessions, lock-outs and jobs live in the work database, everything else in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Model

WORK_APPS = frozenset({"sessions", "axes", "work"})


class WorkRouter:
    """Sends the apps of passing things to `work`."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str:
        """Where a model is read."""
        return "work" if model._meta.app_label in WORK_APPS else "default"

    db_for_write = db_for_read

    def allow_relation(self, one: Model, other: Model, **_hints: Any) -> bool:
        """Relations stay inside one database."""
        return self.db_for_read(type(one)) == self.db_for_read(type(other))

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """Each app's tables are made in its own database only."""
        return (db == "work") == (app_label in WORK_APPS)
