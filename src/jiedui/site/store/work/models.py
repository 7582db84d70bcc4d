"""Where Django looks for the tables."""

from __future__ import annotations

from jiedui.site.store.tables.jobs import Job
from jiedui.site.store.tables.preferences import Preference

__all__ = ["Job", "Preference"]
