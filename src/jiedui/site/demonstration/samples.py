"""The files of the demonstration to hand in: six articles and three workbooks, invented."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

from django.utils.translation import gettext_noop

from jiedui.intake import DEMONSTRATION

__all__ = ["MARK", "SAMPLES", "Sample", "content", "named"]

# Before the name of every file that a demonstration gives out.
MARK = f"{DEMONSTRATION}-"


@dataclass(frozen=True, slots=True)
class Sample:
    """A file to hand in: its name in the package, what it is called, and what it is for.

    `ledger` is the ledger that a workbook is of; an article has none.
    """

    file: str
    title: str
    what: str
    ledger: str = ""

    @property
    def ending(self) -> str:
        """What its name ends in, which says what sort of file it is."""
        return self.file.rpartition(".")[2]

    @property
    def called(self) -> str:
        """The name under which it is saved."""
        return f"{MARK}{self.title}.{self.ending}"


SAMPLES = (
    Sample(
        "visit.txt",
        gettext_noop("党政代表团来甘考察"),
        gettext_noop("一次考察和一次座谈会，两条拟录"),
    ),
    Sample(
        "damaged.txt",
        gettext_noop("西青区代表团到景泰（字符损坏）"),
        gettext_noop("字符损坏的报道：看复原与标注；演示里已上传，等您来读"),
    ),
    Sample(
        "meeting.docx",
        gettext_noop("津南区灵台县联席会议"),
        gettext_noop("Word 文件，一次联席会议；演示里已入账"),
    ),
    Sample(
        "schools.html",
        gettext_noop("南开区代表团到环县"),
        gettext_noop("存下来的网页，GB18030 编码；演示里已入账"),
    ),
    Sample(
        "investment.txt",
        gettext_noop("庄浪县代表团赴河西区"),
        gettext_noop("西部到东部的考察；签约额不等于到位额"),
    ),
    Sample(
        "labour.txt",
        gettext_noop("静海区镇原县座谈会"),
        gettext_noop("一次座谈会，其中有劳务数字"),
    ),
    Sample(
        "funds.xlsx",
        gettext_noop("灵台县12月资金明细"),
        gettext_noop("有标题行、表头带单位、末行合计；两格有错，还缺协作类型和结对关系两栏"),
        "funds",
    ),
    Sample(
        "exchanges.csv",
        gettext_noop("灵台县12月互访"),
        gettext_noop("GB18030 编码的 csv，没有错，可直接导入"),
        "exchanges",
    ),
    Sample(
        "talent.xlsx",
        gettext_noop("冬季选派人员名单"),
        gettext_noop("四行有错，缺协作类型和结对关系两栏；“联系电话”一栏不会留存"),
        "talent",
    ),
)


def named(file: str) -> Sample | None:
    """The sample of that name in the package."""
    return next((one for one in SAMPLES if one.file == file), None)


def content(sample: Sample) -> bytes:
    """The bytes of a sample."""
    return (resources.files("jiedui.site.demonstration") / "samples" / sample.file).read_bytes()
