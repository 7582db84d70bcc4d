"""Where Django looks for tables; they stand in `tables/`."""

from __future__ import annotations

from jiedui.site.store import tables

__all__ = ["tables"]
