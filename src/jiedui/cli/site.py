"""What every command that opens the book does first; not a command itself."""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pathlib import Path

    from jiedui.access import Viewer


def open_site() -> None:
    """Set Django up; a setting of the environment that cannot be used is said in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiedui.site.settings")
    import django

    from jiedui.site.environment import SettingError

    try:
        django.setup()
    except (SettingError, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        raise typer.Exit(2) from None


def open_book() -> None:
    """Set Django up over a book that exists and has this version's tables."""
    open_site()
    from django.db import DatabaseError

    from jiedui.site.store import setup

    try:
        missing = setup.unmade()
    except DatabaseError as fault:
        sys.stderr.write(f"打不开数据库：{' '.join(str(fault).split())}\n")
        raise typer.Exit(2) from None
    if missing:
        sys.stderr.write("数据库还没有建立，或需要升级：请先运行 jiedui migrate\n")
        raise typer.Exit(2)


def day_named(text: str | None, option: str) -> date | None:
    """The day that an option names; a text that is none is said as its fault."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        message = f"{text} 不是日期，应如 2024-06-30"
        raise typer.BadParameter(message, param_hint=option) from None


def marked(path: Path) -> Path:
    """The path under which a file is written: in a demonstration its name says so first."""
    from django.conf import settings

    from jiedui.intake import DEMONSTRATION

    if not settings.JIEDUI_DEMONSTRATION or path.name.startswith(DEMONSTRATION):
        return path
    return path.with_name(f"{DEMONSTRATION}-{path.name}")


def viewer_named(account: str | None, reason: str) -> Viewer:
    """The viewer of an account; without one the house itself, everywhere, for a spoken reason."""
    from jiedui.site.store import people

    if account is None:
        return people.house(reason)
    found = people.viewer_of(account)
    if found is None:
        sys.stderr.write(f"没有账号 {account}，或它没有有效的授权\n")
        raise typer.Exit(2)
    return found
