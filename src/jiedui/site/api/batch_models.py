"""The forms of a batch as the API gives it, and of the words that decide about one."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - pydantic reads the annotation when it runs
from typing import Annotated, Literal

from pydantic import Field

from jiedui.site.api.answers import SHOWN, Strict, Told
from jiedui.site.api.planned import AskingRow  # noqa: TC001 - pydantic reads the annotation


class OneBatch(Strict):
    """A workbook of one's office and what became of it."""

    key: str
    ledger: str
    sheet: str = Field(description="所读的工作表；空为合于台账的第一张")
    name: str = Field(description="文件名")
    received: datetime
    by: str
    state: str = Field(description="waiting、loaded、undone、dropped 等")
    counts: dict[str, int]
    link: int | None
    undone: int | None


class RefusedSheet(Strict):
    """A sheet of a ledger that was not taken, and why."""

    sheet: str
    problems: list[Told]
    reason: str | None


class Parts(Strict):
    """A workbook of which each sheet said what it is of."""

    batches: list[OneBatch]
    refused: list[RefusedSheet]
    unknown: list[str] = Field(description="不像任何一本台账的工作表")


class Work(Strict):
    """Work on a batch: how far it is, or what came of it."""

    state: str = Field(description="queued、running、done、failed、cancelled")
    phase: str = Field(description="read、check、compare、write、undo；空为排队")
    done: int = Field(description="已处理的行")
    rows: int = Field(description="共几行，0 为还不知道")
    left: float | None = Field(description="这一步约还要几秒")


class Shown(OneBatch):
    """A batch with its preview while it waits; `digest` is null as long as there is none."""

    job: Work | None = Field(description="最近一次处理")
    digest: str | None = Field(description="预览的摘要，导入时要交回")
    reason: str | None = Field(description="没有预览的原因")
    total: int = Field(description="问题总数")
    asks: int = Field(description="等待回答的行总数")
    page: int
    pages: int
    problems: Annotated[list[Told], Field(description=f"共最多 {SHOWN} 处，分页给出")]
    asking: Annotated[list[AskingRow], Field(description="等待回答的行，分页给出")]
    remarks: Annotated[list[Told], Field(description="说明，不妨碍导入")]


class BatchMoved(Strict):
    """It moved since the preview, or was decided already; `digest` is that of the preview now."""

    reason: str
    digest: str | None


class Answering(Strict):
    """What rows that ask are: those named, or all; with an empty answer all ask again.

    `count` is said of a sheet that lists persons by name: they are counted, and no name is kept.
    """

    answer: Literal["same", "new", "count", ""]
    rows: list[Annotated[int, Field(ge=1, le=1_048_576)]] | None = Field(
        None, description="表中的行号，不写为全部", max_length=10_000
    )
    of: Literal["asked", "double", ""] = Field("", description="只答其中一种")


class Loading(Strict):
    """The word that loads."""

    digest: str = Field(description="所见预览的摘要")
    good_only: bool = Field(default=False, description="只导入没有问题的行")


class Undoing(Strict):
    """The word that undoes."""

    why: str = Field(description="撤销的原因")


class Undone(Strict):
    """What an undoing did: its link (0 when nothing stood), and the entries that stand."""

    link: int
    ended: int
    kept: list[str]
