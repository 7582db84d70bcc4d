"""The problem codes of backups: writing one, and coming back from one (site.store.archive)."""

from __future__ import annotations

from jiedui.problems.code import Code

__all__ = ["ARCHIVE"]

ARCHIVE: dict[str, Code] = {
    "archive-exists": Code("文件已经存在", "备份不覆盖已有的文件，请另取文件名或先移走它。"),
    "archive-unwritten": Code(
        "备份没有写成", "{why}。没有留下文件，请核对文件夹和剩余空间后再试。"
    ),
    "not-an-archive": Code("不是结对的备份", "应是 jiedui backup 写出的文件，请核对是否选错。"),
    "archive-cut": Code("备份不完整", "文件末尾缺失，多半没有复制完，请重新复制或换一份备份。"),
    "archive-changed": Code("备份被改动或已损坏", "这一部分与写出时不同，请换一份备份。"),
    "archive-stranger": Code("备份里有不该有的文件", "这不是 jiedui backup 写出的样子，不予读取。"),
    "archive-inflated": Code("备份解开后过大", "解开的大小与文件不相称，不予解开，请核对来源。"),
    "archive-row": Code("备份里有读不出的行", "这一行不合本版本的表，请换一份备份。"),
    "archive-newer": Code(
        "备份的格式更新", "本版本只读格式 {format}，请先升级到写出它的版本再恢复。"
    ),
    "archive-newer-book": Code(
        "备份来自别的版本", "它的表与本版本不同，请改用写出它的版本（见括号内）恢复。"
    ),
    "archive-older-book": Code(
        "备份来自旧版本",
        "请用写出它的版本（见括号内）恢复到空账本，升级并运行 jiedui migrate，再重新备份。",
    ),
    "archive-demonstration": Code(
        "这是演示数据的备份", "演示数据不进正式账本。要恢复演示，请设 JIEDUI_DEMONSTRATION=1。"
    ),
    "archive-in-demonstration": Code(
        "这是正式账本的备份", "它不进演示。请去掉 JIEDUI_DEMONSTRATION 后恢复。"
    ),
    "book-unreadable": Code("数据库读不下去", "请运行 jiedui verify 查看账本是否完好。"),
    "row-unwritable": Code("有一行写不进备份", "它的内容与表不符，请运行 jiedui verify 查看。"),
    "book-not-empty": Code(
        "账本不是空的", "只能恢复到空账本，请另设 JIEDUI_DATA 或 JIEDUI_DATABASE_URL。"
    ),
    "book-refuses": Code("数据库不收备份的内容", "什么也没有留下，请核对数据库和备份。"),
    "book-differs": Code("读回的内容与备份不同", "什么也没有留下，请换一份备份再试。"),
    "book-broken": Code("恢复的账本核验不符", "共 {count} 处。什么也没有留下，请换一份备份。"),
    "head-differs": Code("核对码与备份不同", "什么也没有留下，请换一份备份。"),
}
