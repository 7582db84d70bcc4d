"""`jiedui token`: tokens by which other programs use the API, made and ended on the server."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.site import open_book, viewer_named

app = typer.Typer(no_args_is_help=True, **OPTIONS)
Account = Annotated[str, typer.Argument(help="登录名")]
_REASON = "服务器上的操作员管理接口令牌"


@app.command()
def make(
    username: Account,
    name: Annotated[str, typer.Option(help="给哪个系统用，如 财政直达系统")],
    days: Annotated[int, typer.Option(help="有效天数，最多 365")],
    *,
    write: Annotated[bool, typer.Option(help="也可以写入；不写明则只能读")] = False,
) -> None:
    """为一个账号新建令牌。令牌只在此打印一次，请立即存入要用它的系统。"""
    open_book()
    from jiedui.access import No
    from jiedui.site.store import tokens

    done = tokens.make(viewer_named(username, _REASON), name, days, writes=write)
    if isinstance(done, No):
        sys.stderr.write(f"{done.reason}\n")
        raise typer.Exit(2)
    sys.stderr.write(f"令牌 {done.token.key}，有效至 {done.token.expires}：\n")
    typer.echo(done.text)


@app.command("list")
def listed(username: Account) -> None:
    """列出一个账号的令牌：编号、名称、能否写入、到期、最近使用。"""
    open_book()
    from jiedui.site.store import tokens

    for one in tokens.listed(viewer_named(None, _REASON), username):
        may = "可写" if one.writes else "只读"
        state = "已停用" if one.revoked else "已到期" if one.ended else f"至 {one.expires}"
        typer.echo(f"{one.key}  {one.name}  {may}  {state}  最近使用：{one.used or '没有'}")


@app.command()
def revoke(key: Annotated[str, typer.Argument(help="令牌的编号，见 jiedui token list")]) -> None:
    """立即停用一个令牌。"""
    open_book()
    from jiedui.access import No
    from jiedui.site.store import tokens

    done = tokens.revoke(viewer_named(None, _REASON), key)
    if isinstance(done, No):
        sys.stderr.write(f"{done.reason}\n")
        raise typer.Exit(2)
    typer.echo(f"已停用：{done.account} 的“{done.name}”")
