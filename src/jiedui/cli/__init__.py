"""The `jiedui` command: a table of subcommands, each loaded only when it is called.

Not for work: a subcommand's module under `jiedui.cli` reads its arguments, calls a room below and
prints. To add one, write `jiedui/cli/<name>.py` with `app = typer.Typer(...)` (one command, or a
group of them) and one line in `COMMANDS`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

COMMANDS: dict[str, tuple[str, str]] = {
    # name: (module that has `app`, what it does, as `jiedui --help` prints it)
    "read": ("jiedui.cli.read", "读资料：复原文字，列出事实与拟录"),
    "restore": ("jiedui.cli.restore", "复原受损的文字：乱码、误插的注音、残留的标记"),
    "check": ("jiedui.cli.check", "检查工作簿，不写入账本"),
    "load": ("jiedui.cli.load", "导入工作簿"),
    "undo": ("jiedui.cli.undo", "撤销一批导入"),
    "template": ("jiedui.cli.template", "写出台账的空白工作簿"),
    "export": ("jiedui.cli.export", "导出台账：xlsx 或 csv"),
    "figures": ("jiedui.cli.figures", "打印指标的数值、目标和占比"),
    "findings": ("jiedui.cli.findings", "疑点：几条记录合起来才看得出的问题"),
    "search": ("jiedui.cli.search", "检索：按词语、地区、单位、日期和种类查找"),
    "verify": ("jiedui.cli.verify", "核验账本：每条记录与入账链是否完好"),
    "work": ("jiedui.cli.work", "处理排队的工作（读大表、入账、撤销、检索索引）"),
    "serve": ("jiedui.cli.serve", "启动网站"),
    "demo": ("jiedui.cli.demo", "启动演示网站（仅本机，演示账号）"),
    "migrate": ("jiedui.cli.migrate", "建立或升级数据库"),
    "account": ("jiedui.cli.account", "账号与授权"),
    "token": ("jiedui.cli.tokens", "接口令牌"),
    "backup": ("jiedui.cli.backup", "备份：整个账本写成一个文件"),
    "restore-backup": ("jiedui.cli.restore_backup", "把备份恢复到空账本，并核验"),
    "move": ("jiedui.cli.move", "把账本搬到 PostgreSQL，并核验"),
}

OPTIONS: dict[str, Any] = {
    "add_completion": False,
    "pretty_exceptions_enable": False,
    "rich_markup_mode": None,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


class LazyGroup(TyperGroup):
    """A group that lists its commands from `COMMANDS` and imports only the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the name is typer's
        """Name the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - as above
        """Load one command, or None when the table does not have it."""
        if cmd_name not in COMMANDS:
            return None
        module, summary = COMMANDS[cmd_name]
        command = get_command(import_module(module).app)
        command.help = command.help or summary
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - as above
        """Print the table without loading a command: help has to be there at once."""
        with formatter.section("命令"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


app = typer.Typer(cls=LazyGroup, no_args_is_help=True, **OPTIONS)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        from jiedui import __version__

        typer.echo(f"jiedui {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="打印版本号"),
    ] = False,
) -> None:
    """结对：两地协作的开放平台，每个数值都有出处。"""


def main() -> None:
    """Run the command line; the entry point of the `jiedui` script."""
    app(prog_name="jiedui")
