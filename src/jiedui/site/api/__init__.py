"""The read interface: entries, figures and the schemas of ledgers, for other systems.

Made from the declarations. Not for writing, and for signed-in people only, who get through it
what their pages show and nothing more.
"""

from __future__ import annotations

from jiedui.site.api.routes import api

__all__ = ["api"]
