"""Workbooks with planted marks of invented persons, walked through a book of its own; no test.

`python -m tests.contracts.marked apart` prints where each mark was found after each step, as
JSON. With `here` workbooks are opened in this process instead of the sandbox.
"""

from __future__ import annotations

import html
import io
import json
import logging
import os
import re
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import xlsxwriter

# Numbers that pass every check and belong to nobody: no division has the code 999999.
MARKS = {
    "id column": "999999190001010015", "phone column": "19900000017",
    "card column": "9999000000000004", "address column": "样例村标记路甲号院",
    "id in text": "999999190001010023", "phone in text": "19900000025",
    "card in text": "9999 0000 0000 0012", "id in a field": "999999190001010031",
    "phone in a field": "19900000033", "id for an amount": "999999190001010058",
    "phone as a heading": "19900000041", "phone in a file name": "19900000058",
    "phone for all rows": "19900000066", "phone in a reason": "19900000074",
    "phone in a form": "19900000082", "name": "钱标记甲", "other name": "孙标记乙",
    "faulty name": "李标记丙", "payee": "周标记丁", "mended name": "吴标记戊",
    "listed name": "郑标记己", "listed id": "999999190001010066",
}  # fmt: skip
TALENT_HEADS = (
    "姓名", "选派类别", "方向", "派出单位及职务", "接收单位及挂任职务", "到岗日期", "所属地区",
    "分管工作", "身份证号", "联系电话", "银行卡号", "家庭住址", "情况说明",
    f"联系{MARKS['phone as a heading']}", "考核情况",
)  # fmt: skip
FUNDS_HEADS = (
    "资金文号", "资金性质", "环节", "金额（元）", "日期", "付款方", "收款方", "收款方为个人",
    "所属地区", "用途", "身份证号", "联系电话", "银行卡号", "家庭住址", "情况说明",
)  # fmt: skip
LABOUR_HEADS = (
    "姓名", "身份证号", "户籍乡镇", "务工单位", "户类型", "区域类别", "务工时间", "组织方式", "所属地区",
    "联系电话",
)  # fmt: skip
COLUMNS = ("id column", "phone column", "card column", "address column")
TEXTS = ("id in text", "phone in text", "card in text")
PERSONAL = [MARKS[name] for name in COLUMNS]


def talent() -> list[list[object]]:
    """Two good rows and two faulty ones, with marks in columns that no ledger takes."""
    rows: list[list[object]] = []
    posted = ["教师", "东部到西部", "丙市样例中学教师", "夏河县样例中学副校长"]
    for number, name in enumerate(("name", "other name", "faulty name")):
        day = "2024-02-30" if name == "faulty name" else "2024-03-01"
        text = f"说明 {MARKS[TEXTS[number]]}"
        # A name and an address once more, where no column says so.
        again = f"{MARKS[name]}同志，住{MARKS['address column']}"
        rows.append([MARKS[name], *posted, day, "夏河县", "教学", *PERSONAL, text, "", again])
    duty = f"电话{MARKS['phone in a field']}"
    rows.append(
        [MARKS["faulty name"], *posted, "2024-04-01", "夏河县", duty, *PERSONAL, "", "", "良好"]
    )
    return rows


def funds() -> list[list[object]]:
    """A payment to a person, a number where a purpose or an amount belongs, and the columns."""
    paid = ["示财〔2024〕1号", "东部省级财政援助", "支付", "300", "2024-04-01", "甲省财政厅"]
    rest = ["夏河县", "样例用途", *PERSONAL, f"说明{MARKS['id in text']}"]
    return [
        [*paid, MARKS["payee"], "是", *rest],
        [*paid, "样例公司", "否", "夏河县", f"付{MARKS['id in a field']}", *PERSONAL, ""],
        [*paid[:3], MARKS["id for an amount"], *paid[4:], "样例公司", "否", *rest],
    ]


def labour() -> list[list[object]]:
    """Three persons of one employer, one of them twice and one with a fault."""
    rest = ["夏河县", "样例厂", "脱贫户", "东部", "2024-05-12", "有组织", "夏河县"]
    mine = [MARKS["listed name"], MARKS["listed id"]]
    other = [MARKS["faulty name"], MARKS["id column"], "夏河县", "样例厂", "什么户", *rest[3:]]
    return [[*one, MARKS["phone column"]] for one in ([*mine, *rest], [*mine, *rest], other)]


def xlsx(heads: tuple[str, ...], rows: list[list[object]]) -> bytes:
    """A workbook whose parts lie in it as they are, and larger than what a request holds."""
    packed, plain = io.BytesIO(), io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate((heads, *rows)):
        sheet.write_row(number, 0, row)
    book.close()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(plain, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
        new.writestr("xl/media/large.bin", os.urandom(1 << 21))
    return plain.getvalue()


def csv(heads: tuple[str, ...], rows: list[list[object]]) -> bytes:
    """The same as text in an office's encoding."""
    return "\r\n".join(",".join(map(str, row)) for row in (heads, *rows)).encode("gb18030")


def marks_in(content: bytes) -> set[str]:
    """Which marks the bytes hold, as they are, in a workbook's parts, or between tags."""
    parts = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts += [archive.read(name) for name in archive.namelist()]
    whole = b"\0".join(parts)
    # Workbooks and pages may write a letter as its number.
    words = html.unescape(whole.decode("utf-8", "replace")).encode("utf-8", "replace")
    return {
        name
        for name, mark in MARKS.items()
        if any(
            one in whole or one in words
            for one in (
                mark.encode(), mark.encode("utf-16-le"), mark.encode("gb18030"),
                mark.encode().hex().encode(), json.dumps(mark)[1:-1].encode(),
            )
        )
    }  # fmt: skip


class Walk:
    """The walk through the pages, and what was found where after each of its steps."""

    def __init__(self, folder: Path, log: io.StringIO, opened: list[str]) -> None:
        from django.db import connection
        from django.test import Client

        from tests.site.store import children

        self.folder, self.log, self.opened = folder, log, opened
        self.server, self.batch = connection.vendor == "postgresql", ""
        self.found: dict[str, dict[str, list[str]]] = defaultdict(dict)
        self.town = children.build()
        self.clerk, self.reviewer, self.nobody = (
            Client(raise_request_exception=False) for _ in range(3)
        )
        self.sign_in("clerk", self.clerk)
        self.sign_in("reviewer", self.reviewer)

    def sign_in(self, name: str, client: Any) -> None:
        """Sign in as somebody of the town."""
        from django.contrib.auth import get_user_model

        user = get_user_model().objects.get(username=name)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def after(self, step: str, *answers: Any, status: int = 200) -> None:
        """Look for every mark where it could be left, and in what was answered."""
        work()
        looked = {
            "disk": b"\0".join(self.files()),
            "tables": "\n".join(tables()).encode(),
            "sessions": sessions().encode(),
            "log": self.log.getvalue().encode(),
        }
        places = {name: marks_in(content) for name, content in looked.items()}
        places["answer"] = set().union(*(marks_in(self.content(one, status)) for one in answers))
        assert self.opened == [], self.opened
        self.found[step] = {name: sorted(marks) for name, marks in places.items() if marks}

    def content(self, answer: Any, status: int) -> bytes:
        """The bytes of an answer of that status."""
        assert answer.status_code == status, (answer.status_code, answer.content.decode()[-3000:])
        if answer.streaming:
            answer.kept = getattr(answer, "kept", None) or b"".join(answer.streaming_content)
            return bytes(answer.kept)
        return bytes(answer.content)

    def files(self) -> list[bytes]:
        """Every file of the book: database, log beside it, work, documents, keys."""
        found = [path for path in sorted(self.folder.rglob("*")) if path.is_file()]
        assert any(path.name.startswith(("jiedui.db", "secret.key")) for path in found)
        return [path.read_bytes() for path in found]

    def bring(self, ledger: str, content: bytes, name: str, **words: str) -> Any:
        """Upload a workbook; gives the answer."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        said = {"ledger": ledger, "file": SimpleUploadedFile(name, content)}
        return self.clerk.post("/batches", said | self.given() | words)

    def given(self) -> dict[str, str]:
        """What is said for all rows of every workbook."""
        pairing = str(self.town.pairings["gansu"])
        return {"given-programme": "east-west", "given-pairing": pairing}

    def received(self, ledger: str, content: bytes, name: str) -> str:
        """Upload a workbook that is taken; gives the address of its page."""
        answer = self.bring(ledger, content, name)
        assert answer.status_code == 302, answer.content.decode()[:6000]
        work()
        return str(answer.headers["Location"])

    def load(self, at: str, rows: str) -> Any:
        """Look at the preview, and load what it showed."""
        page = self.clerk.get(at).content.decode()
        digest = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
        return self.clerk.post(f"{at}/load", {"digest": digest and digest[1], "rows": rows})


def work() -> None:
    """Do what a worker beside the pages would: files of more than a megabyte wait for it."""
    from jiedui.site.store import jobs, working

    for job in jobs.due():
        working.run(job)


def tables() -> list[str]:
    """Every value of every table of both databases, as text."""
    from django.db import connections

    found = []
    for name in ("default", "work"):
        with connections[name].cursor() as cursor:
            for table in connections[name].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                for value in (value for row in cursor.fetchall() for value in row):
                    binary = isinstance(value, bytes | memoryview)
                    found.append(bytes(value).decode("utf-8", "replace") if binary else str(value))
    return found


def sessions() -> str:
    """What sessions hold, unpacked."""
    from django.contrib.sessions.models import Session

    return "\n".join(
        json.dumps(one.get_decoded(), ensure_ascii=False) for one in Session.objects.all()
    )


def watch(folder: Path) -> list[str]:
    """The files that are opened for writing outside the book from now on."""
    opened: list[str] = []

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _mode, flags = arguments
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
            outside = isinstance(path, str) and not path.startswith((str(folder), "/dev/"))
            if writes and outside and not path.endswith(".pyc") and "__pycache__" not in path:
                opened.append(path)

    sys.addaudithook(hook)
    return opened


def main(where: str) -> None:
    """Walk the steps of `steps` and print what was found."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from tests.contracts import marked_steps

    call_command("collectstatic", verbosity=0, interactive=False)

    log = io.StringIO()
    listening = logging.StreamHandler(log)
    for name in ("", "jiedui", "django.request", "django.server", "axes", "ninja"):
        logging.getLogger(name).addHandler(listening)
        logging.getLogger(name).setLevel(logging.DEBUG)
    if where == "here":
        marked_steps.open_here()
    folder = Path(settings.JIEDUI_FOLDER)
    settings.ALLOWED_HOSTS.append("testserver")
    walk = Walk(folder, log, watch(folder))
    marked_steps.steps(walk)
    sys.stdout.write(json.dumps(walk.found, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
