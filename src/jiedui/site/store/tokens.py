"""Tokens of an account: made, shown once, listed, revoked, and the viewer that one stands for.

Not for deciding what a viewer may do: a token gives no more than its account's grant of today.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from jiedui.access import No
from jiedui.problems import said
from jiedui.site.store import people
from jiedui.site.store.entries import entry_id, key, new_id
from jiedui.site.store.tables import Token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from django.db.models import QuerySet

    from jiedui.access import Viewer

__all__ = ["LONGEST_DAYS", "Bearer", "Made", "StoredToken", "bearer", "listed", "make", "revoke"]

LONGEST_DAYS = 365
NAME_LIMIT = 60
MOST = 20
# Found by programs that look for secrets where none should lie.
MARK = "jiedui_"
_BYTES = 32
_NOT_HERE = No(said("没有这个令牌"))


@dataclass(frozen=True, slots=True)
class StoredToken:
    """A token as its account sees it afterwards: everything but the token."""

    key: str
    account: str
    name: str
    writes: bool
    made: datetime
    expires: date
    used: date | None
    revoked: bool

    @property
    def ended(self) -> bool:
        """Whether it opens nothing any more."""
        return self.revoked or self.expires < timezone.localdate()


@dataclass(frozen=True, slots=True)
class Made:
    """A fresh token: `text` is shown now and never again."""

    text: str
    token: StoredToken


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who shows a token: the viewer that its account is today, and whether it may write."""

    viewer: Viewer
    writes: bool


@sensitive_variables("text")
def make(viewer: Viewer, name: str, days: int, *, writes: bool) -> Made | No:
    """Make a token of the viewer's account that ends after `days` days, at most a year."""
    called = name.strip()
    if not called or len(called) > NAME_LIMIT or not called.isprintable():
        return No(said("令牌的名称应为 1 到 {limit} 个看得见的字", limit=NAME_LIMIT))
    if not 1 <= days <= LONGEST_DAYS:
        return No(said("令牌的有效期应为 1 到 {limit} 天", limit=LONGEST_DAYS))
    if not viewer.account:
        return No(said("令牌总是属于一个账号"))
    text = MARK + secrets.token_urlsafe(_BYTES)
    today = timezone.localdate()
    with transaction.atomic():
        mine = Token.objects.filter(account_id=viewer.account, revoked=None, expires__gte=today)
        if mine.count() >= MOST:
            return No(said("一个账号最多有 {most} 个有效的令牌，请先停用不再用的", most=MOST))
        made = Token.objects.create(
            key=key(new_id()),
            account_id=viewer.account,
            name=called,
            sha256=_hash(text),
            writes=writes,
            made=timezone.now(),
            expires=today + timedelta(days=days),
        )
    return Made(text, _stored(made))


def listed(viewer: Viewer, username: str | None = None) -> list[StoredToken]:
    """The tokens of the viewer's account, newest first; of `username`'s for the operator."""
    found = _mine(viewer).select_related("account").order_by("-made")
    return [
        _stored(one) for one in (found.filter(account__username=username) if username else found)
    ]


def revoke(viewer: Viewer, token: str) -> StoredToken | No:
    """End a token at once."""
    if entry_id(token) is None:
        return _NOT_HERE
    found = _mine(viewer).filter(key=token).select_related("account").first()
    if found is None:
        return _NOT_HERE
    if found.revoked is None:
        found.revoked = timezone.now()
        found.save(update_fields=["revoked"])
    return _stored(found)


@sensitive_variables("text")
def bearer(text: str) -> Bearer | None:
    """Who shows a token, or None: unknown, ended and revoked tokens look the same.

    Trying them one after another is hopeless with 256 random bits, so nobody is locked out.
    """
    if not text.startswith(MARK):
        return None
    found = Token.objects.filter(sha256=_hash(text)).select_related("account").first()
    if found is None or _stored(found).ended or not found.account.is_active:
        return None
    viewer = people.viewer(found.account)
    if viewer is None:
        return None
    _mark_used(found)
    return Bearer(viewer, found.writes)


def _hash(text: str) -> str:
    # A slow hash guards what a person could choose. Here are 256 random bits: no list of guesses
    # is shorter than all of them, and each request would pay for the slowness. The look-up by the
    # hash leaks nothing by its time either: nobody can choose a hash.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _mine(viewer: Viewer) -> QuerySet[Token]:
    """Those of the account; every one for the house, which has said why."""
    if viewer.scope.everywhere:
        return Token.objects.all()
    return Token.objects.filter(account_id=viewer.account)


def _mark_used(found: Token) -> None:
    """Keep the day of the last use: one write a day and token, and never one that waits."""
    today = timezone.localdate()
    if found.used == today:
        return
    try:
        with _without_waiting(), transaction.atomic():
            Token.objects.filter(key=found.key).update(used=today)
    except OperationalError:
        # An import writes just now; the next request tells the day.
        return


@contextmanager
def _without_waiting() -> Iterator[None]:
    """SQLite has one writer at a time: come back at once when it is another."""
    if connection.vendor != "sqlite":
        yield
        return
    waits = int(settings.DATABASES["default"]["OPTIONS"]["timeout"]) * 1000
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {waits}")


def _stored(token: Token) -> StoredToken:
    return StoredToken(
        token.key,
        token.account.get_username(),
        token.name,
        token.writes,
        token.made,
        token.expires,
        token.used,
        token.revoked is not None,
    )
