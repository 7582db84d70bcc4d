"""Accounts and their authority, made and changed by the operator on the server.

Not for pages: who signs in and as what is `people`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from jiedui import ledgers, places
from jiedui.problems import JieduiError, said
from jiedui.site.store import people, reading, writing
from jiedui.site.store.entries import Faults, Written
from jiedui.site.store.tables import Grant, Link

if TYPE_CHECKING:
    from datetime import date

    from jiedui.access import Role, Viewer

_NAME_LIMIT: int = Link._meta.get_field("by").max_length or 0


class GrantError(JieduiError):
    """An authority that cannot be given; says which part of it, in words for the operator."""


def grant(
    username: str,
    password: str | None,
    *,
    name: str,
    role: Role,
    office: int,
    place: str,
    expires: date | None = None,
) -> Viewer:
    """Make or change an account and its authority; without a password none can sign in with one.

    Raises `GrantError` when the name, the office or the place cannot be.
    """
    if reading.current(ledgers.ledgers()["parties"], office) is None:
        msg = f"单位名录中没有 {office}"
        raise GrantError(msg)
    check_account(username, name, place)
    users = get_user_model().objects
    with transaction.atomic():
        user = users.filter(username=username).first() or users.model(username=username)
        user.first_name = name
        user.set_password(password)
        user.save()
        made, _ = Grant.objects.update_or_create(
            account=user,
            defaults={"role": role, "office": office, "place": place, "expires": expires},
        )
    return people.viewer_by(made, name)


def check_account(username: str, name: str, place: str) -> None:
    """Raise `GrantError` when an account cannot be called so, or there is no such place."""
    field = get_user_model()._meta.get_field("username")
    try:
        field.clean(username, None)
    except ValidationError:
        msg = f"登录名“{username[:40]}”不能用：只用文字、数字和 @ . + - _，最多 150 个"
        raise GrantError(msg) from None
    # It is written into the chain with every entry, for good.
    if not name.strip() or len(name) > _NAME_LIMIT or not name.isprintable():
        msg = f"称呼应为 1 到 {_NAME_LIMIT} 个看得见的字"
        raise GrantError(msg)
    there = places.get(places.PlaceCode(place))
    if there is None:
        msg = f"没有代码为 {place} 的行政区划"
        raise GrantError(msg)
    if there.level is places.Level.TOWN:
        msg = f"账号只到区县：{place} 是乡镇或街道，请用其所在区县的六位代码"
        raise GrantError(msg)


def check_password(username: str, password: str) -> None:
    """Raise `GrantError` when a password is too weak for this account."""
    user = get_user_model()(username=username)
    try:
        validate_password(password, user)
    except ValidationError:
        # In words of our own: Django's are not all translated.
        msg = "密码太弱：至少 10 个字符，不用常见的密码，也不与登录名相近"
        raise GrantError(msg) from None


def office_named(name: str, place: str) -> int:
    """The party of that full name, entered into the register when it is not there yet.

    Raises `GrantError` when the register refuses it, with the reason.
    """
    parties = ledgers.ledgers()["parties"]
    house = people.house("服务器上的操作员设置账号")
    found = reading.entries(parties, house, filters={"full_name": name}, size=200)
    for entry in found.entries:
        if entry.values["full_name"] == name:
            return entry.id
    cells = {"full_name": name, "sort": "government", "place": place}
    checked = ledgers.check(parties, ledgers.frame([cells]))
    done = writing.add(parties, house, checked, why=said("设置账号时登记单位"))
    if isinstance(done, Written):
        return done.entry.id
    problems = done.problems if isinstance(done, Faults) else ()
    msg = f"{name}：{'；'.join(one.hint for one in problems)}"
    raise GrantError(msg)
