"""The names under which files are saved; in a demonstration each says so first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.http import content_disposition_header

from jiedui.intake import DEMONSTRATION

if TYPE_CHECKING:
    from jiedui.access import Viewer

__all__ = ["called", "disposition"]


def called(viewer: Viewer, name: str) -> str:
    """The name of a file that is given to a viewer.

    A demonstration's is marked in Chinese in every language, as the file itself is.
    """
    if not viewer.demonstration or name.startswith(DEMONSTRATION):
        return name
    return f"{DEMONSTRATION}-{name}"


def disposition(viewer: Viewer, name: str) -> str:
    """The `Content-Disposition` of a file to keep."""
    made = content_disposition_header(as_attachment=True, filename=called(viewer, name))
    assert made is not None
    return made
