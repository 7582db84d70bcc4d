"""Who asks: a token in the `Authorization` header, or the session of a signed-in person.

Not for what he may do: that is the door's. A token that may only read is stopped here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError
from ninja.security.apikey import APIKeyBase
from ninja.security.http import HttpAuthBase
from ninja.utils import check_csrf

from jiedui.site.store import people, tokens

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jiedui.access import Viewer

HEADER = "Authorization"
SCHEME = "bearer"


@dataclass(frozen=True, slots=True)
class Asker:
    """The viewer of a request, and whether what he shows lets him write."""

    viewer: Viewer
    writes: bool


class Token(HttpAuthBase):
    """`Authorization: Bearer …`; a token that opens nothing is refused, session or not."""

    openapi_scheme = SCHEME

    def __call__(self, request: HttpRequest) -> Asker | None:
        """The asker behind the header; None without one, so that the session is asked."""
        said = request.headers.get(HEADER)
        if said is None:
            return None
        scheme, _space, text = said.partition(" ")
        found = tokens.bearer(text.strip()) if scheme.lower() == SCHEME else None
        # A demonstration is open to this machine only, whatever is shown.
        if found is None or (settings.JIEDUI_DEMONSTRATION and not people.on_loopback(request)):
            raise AuthenticationError
        return Asker(found.viewer, found.writes)


class Session(APIKeyBase):
    """The session cookie of a signed-in person; what is not safe needs the CSRF token too."""

    openapi_in = "cookie"
    param_name = settings.SESSION_COOKIE_NAME

    def _get_key(self, request: HttpRequest) -> str | None:
        return request.COOKIES.get(self.param_name)

    def authenticate(self, request: HttpRequest, key: str | None) -> Asker | None:
        """The asker of the session; Django has read it already."""
        viewer = people.viewer(request.user) if key else None
        if viewer is None:
            return None
        if check_csrf(request) is not None:
            raise HttpError(403, _("缺少或不符的 CSRF 令牌（X-CSRFToken）"))
        return Asker(viewer, writes=True)


def reader(request: HttpRequest) -> Viewer:
    """The viewer who asks; ninja keeps him on the request as `auth`."""
    return _asker(request).viewer


def writer(request: HttpRequest) -> Viewer:
    """The viewer who asks, where something is written: a token must be made for that."""
    asker = _asker(request)
    if not asker.writes:
        raise HttpError(403, _("这个令牌只能读，不能写入"))
    return asker.viewer


def _asker(request: HttpRequest) -> Asker:
    found: Asker = vars(request)["auth"]
    return found
