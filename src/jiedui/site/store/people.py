"""From an account to a viewer: its grant, its office, and the scope these give today.

Not a directory of persons: an account is known by its user name and acts for an office.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.db import connection
from django.db.utils import OperationalError, ProgrammingError
from django.utils import timezone

from jiedui import access, places
from jiedui.access import PairingTerm, Role, Scope, Viewer
from jiedui.site.store.tables import Grant

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from django.http import HttpRequest

DEMONSTRATION_DOMAIN = "demonstration.invalid"
_LOOPBACK = frozenset({"127.0.0.1", "::1"})
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True, slots=True)
class Account:
    """A demonstration account as the sign-in page names it."""

    username: str
    name: str
    role: Role
    office_name: str
    what: str


def house(reason: str) -> Viewer:
    """The house itself, for setting up and for commands on the server: everywhere, said why."""
    return Viewer(
        account=0,
        name="结对",
        office=0,
        office_name="结对",
        role=Role.REVIEWER,
        place="000000",
        scope=Scope(everywhere=reason),
        demonstration=settings.JIEDUI_DEMONSTRATION,
    )


def viewer(user: AbstractBaseUser | AnonymousUser) -> Viewer | None:
    """The viewer a signed-in user is today, or None without a grant that is in force."""
    if not user.is_authenticated:
        return None
    grant = Grant.objects.filter(account_id=user.pk).first()
    if grant is None or (grant.expires and grant.expires < timezone.localdate()):
        return None
    assert isinstance(user, get_user_model())
    name = user.get_full_name() or user.get_username()
    return viewer_by(grant, name)


def viewer_of(username: str) -> Viewer | None:
    """The viewer that an account is, for commands run by the operator on the server."""
    user = get_user_model().objects.filter(username=username, is_active=True).first()
    return viewer(user) if user else None


def viewer_of_account(account: int) -> Viewer | None:
    """The viewer that an account is today, for work that it asked for earlier."""
    user = get_user_model().objects.filter(pk=account, is_active=True).first()
    return viewer(user) if user else None


def viewer_by(grant: Grant, name: str) -> Viewer:
    """The viewer that a grant makes of an account called `name`."""
    role, place = Role(grant.role), places.PlaceCode(grant.place)
    below = places.bounds(place)
    found = _pairings(place, below)
    terms = tuple(term for term, within in found if within)
    offices = frozenset({grant.office})
    wide = role in {Role.REVIEWER, Role.AUDITOR, Role.LEADER}
    scope = Scope(
        owners=offices if role is not Role.PARTNER else frozenset(),
        places=(below,) if wide else (),
        pairings=terms if role is Role.PARTNER else (),
        sides=frozenset(term.pairing for term, _ in found),
        programmes=frozenset(grant.programmes.split()),
    )
    return Viewer(
        account=grant.account_id,
        name=name,
        office=grant.office,
        office_name=_office_name(grant.office),
        role=role,
        place=place,
        scope=scope,
        demonstration=settings.JIEDUI_DEMONSTRATION,
    )


def _office_name(office: int) -> str:
    """The name alone: it is asked for on every request."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT full_name FROM jd_v_parties WHERE entry = %s AND ended IS NULL", [office]
        )
        found = cursor.fetchone()
    return str(found[0]) if found else ""


def _pairings(place: places.PlaceCode, below: tuple[str, str]) -> list[tuple[PairingTerm, bool]]:
    """The pairings with a side at, above or below a place; True when it is at or below."""
    above = [*places.ancestors(place), place]
    marks = ", ".join(["%s"] * len(above))
    side = f"(s.place >= %s AND s.place < %s) OR s.place IN ({marks})"
    text = (
        "SELECT p.entry, p.since, p.until, "
        "max(CASE WHEN s.place >= %s AND s.place < %s THEN 1 ELSE 0 END) "
        "FROM jd_v_pairings p JOIN jd_v_parties s ON s.entry IN (p.east, p.west) "
        f"AND s.ended IS NULL WHERE p.ended IS NULL AND ({side}) "
        "GROUP BY p.entry, p.since, p.until ORDER BY p.entry"
    )
    with connection.cursor() as cursor:
        cursor.execute(text, [*below, *below, *above])
        return [
            (PairingTerm(int(entry), _day(since), _day(until)), bool(within))
            for entry, since, until, within in cursor.fetchall()
        ]


def _day(stored: object) -> date | None:
    if stored is None or isinstance(stored, date):
        return stored
    return date.fromisoformat(str(stored))


def name_demonstration_account(username: str) -> None:
    """List an account on the sign-in page of a demonstration."""
    get_user_model().objects.filter(username=username).update(
        email=f"{username}@{DEMONSTRATION_DOMAIN}"
    )


WHAT: dict[Role, str] = {
    Role.CLERK: "填写、导入本单位的记录，决定资料提出的拟录",
    Role.REVIEWER: "审核本地区各单位的记录，登记名录与目标",
    Role.PARTNER: "查看结对有效期内对方的记录与数值",
    Role.AUDITOR: "查看本地区全部记录及其历次版本",
    Role.LEADER: "查看看板和数值的来历",
}


def count_others() -> int:
    """How many accounts are no demonstration's; none where there are no tables yet."""
    try:
        return get_user_model().objects.exclude(email__endswith=f"@{DEMONSTRATION_DOMAIN}").count()
    except (OperationalError, ProgrammingError):
        return 0


def demonstration_accounts() -> list[Account]:
    """The accounts named on the sign-in page; none unless this is a demonstration."""
    if not settings.JIEDUI_DEMONSTRATION:
        return []
    found = Grant.objects.filter(account__email__endswith=DEMONSTRATION_DOMAIN)
    accounts = []
    for item in found.select_related("account").order_by("account_id"):
        role = Role(item.role)
        user = item.account
        office = _office_name(item.office)
        accounts.append(Account(user.username, user.first_name, role, office, WHAT[role]))
    return accounts


def sign_in_demonstration(request: HttpRequest, username: str) -> bool:
    """Sign in without a password: in a demonstration, from this machine, as a named account."""
    if not settings.JIEDUI_DEMONSTRATION or not on_loopback(request):
        return False
    user = (
        get_user_model()
        .objects.filter(username=username, email__endswith=DEMONSTRATION_DOMAIN, is_active=True)
        .first()
    )
    if user is None:
        return False
    login(request, user, backend=_BACKEND)
    return True


def on_loopback(request: HttpRequest) -> bool:
    """Whether a request comes from this machine."""
    return request.META.get("REMOTE_ADDR") in _LOOPBACK


def role_title(viewer: Viewer) -> str:
    """The role's Chinese name."""
    return access.ROLE_TITLES[viewer.role]
