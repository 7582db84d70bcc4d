"""What a person chose for his pages, kept for the next time he signs in.

Not for what he may see or do: that is his grant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.site.store.tables.preferences import Preference

if TYPE_CHECKING:
    from jiedui.access import Viewer

__all__ = ["keep", "language"]


def language(viewer: Viewer) -> str:
    """The code of the language that the viewer chose; empty when he never did."""
    found = Preference.objects.filter(account=viewer.account).first()
    return found.language if found else ""


def keep(viewer: Viewer, language: str) -> None:
    """Keep the language that the viewer chose."""
    Preference.objects.update_or_create(account=viewer.account, defaults={"language": language})
