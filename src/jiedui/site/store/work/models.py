"""Where Django looks for the tables."""

from __future__ import annotations

from jiedui.site.store.tables.jobs import Job

__all__ = ["Job"]
