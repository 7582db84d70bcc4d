"""`jiedui account`: who may sign in, in which role, for which office."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from jiedui.access import Role  # noqa: TC001 - typer reads the annotation when it runs
from jiedui.cli import OPTIONS
from jiedui.cli.site import day_named, open_book

app = typer.Typer(**OPTIONS)


@app.command()
def account(  # every part of an authority is an option
    username: Annotated[str, typer.Argument(help="登录名")],
    role: Annotated[Role, typer.Option(help="角色")],
    office: Annotated[str, typer.Option(help="单位全称；名录中没有时登记")],
    place: Annotated[str, typer.Option(help="所负责地区的六位代码")],
    name: Annotated[str, typer.Option(help="页面上显示的称呼")] = "",
    expires: Annotated[str | None, typer.Option(help="授权的最后一天，如 2025-12-31")] = None,
) -> None:
    """新建或更改账号及其授权。密码从标准输入的第一行读取。"""
    day = day_named(expires, "--expires")
    open_book()
    from jiedui.site.store import granting, people, tokens

    password = _password()
    called = name or username
    try:
        # Everything that can be wrong before anything is entered.
        granting.check_account(username, called, place)
        granting.check_password(username, password)
        found = granting.office_named(office, place)
        viewer = granting.grant(
            username, password, name=called, role=role, office=found, place=place, expires=day
        )
    except granting.GrantError as fault:
        sys.stderr.write(f"{fault}\n")
        raise typer.Exit(2) from None
    typer.echo(f"{username}：{viewer.office_name}的{people.role_title(viewer)}")
    # A new password ends sessions and no token: whoever sets one should know.
    if live := [one for one in tokens.listed(viewer) if not one.ended]:
        sys.stderr.write(f"另有 {len(live)} 个有效的接口令牌，见 jiedui token list {username}\n")


def _password() -> str:
    """The first line of standard input; a person at a terminal types it unseen."""
    if sys.stdin.isatty():
        from getpass import getpass

        return getpass("密码：")
    return sys.stdin.readline().rstrip("\r\n")
