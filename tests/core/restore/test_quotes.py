"""Marks that come in pairs speak for the reading in which they do."""

from __future__ import annotations

import pytest

from jiedui.restore.quotes import Paragraph
from jiedui.restore.search import Found, Reading
from jiedui.restore.vanished import blind, once, twice


def found(*became: str) -> Found:
    readings = [Reading(-float(n), ((1, 2, one),), (), False) for n, one in enumerate(became)]
    return Found(2, readings, 0)


@pytest.mark.parametrize(
    ("before", "line", "became", "first"),
    [
        ("他說:“", "好?。“", ("北", "”"), "”"),
        ("他說:", "好?", ("”", "北"), "北"),
        ("《草原", "之?》", ("》", "夜"), "夜"),
        ("", "“?", ("》", "好"), "好"),
        ("“甲”和“", "乙?", ("“", "丙"), "丙"),
        # Whoever opens closes by the end of the paragraph.
        ("他說:“好", "的?", ("海", "”"), "”"),
        ("他說:『好", "的?", ("”", "』"), "』"),
    ],
)
def test_a_reading_whose_marks_fit_is_first(
    before: str, line: str, became: tuple[str, ...], first: str
) -> None:
    page = Paragraph(f"前一段“。\n{before}{line}\n後一段”。", 6)
    ranked = page.balanced(found(*became), 6 + len(before), line, is_torn=False).readings
    assert ranked[0].parts[0][2] == first


def test_what_is_torn_behind_may_close() -> None:
    page = Paragraph("他說:“好的?甲乙丙?,", 0)
    for is_torn, first in ((True, "海"), (False, "”")):
        ranked = page.balanced(found("海", "”"), 5, "的?", is_torn=is_torn).readings
        assert ranked[0].parts[0][2] == first


def test_what_was_read_before_opens_too() -> None:
    page = Paragraph("他說:?甲?", 0)
    page.read(3, 4, "“")
    ranked = page.balanced(found("海", "”"), 4, "甲?", is_torn=False).readings
    assert ranked[0].parts[0][2] == "”"


def test_a_reading_alone_stays_as_it_is() -> None:
    one = found("”")
    assert Paragraph("好?", 0).balanced(one, 0, "好?", is_torn=False) is one


def test_what_vanished_is_told_from_the_bytes_that_are_left() -> None:
    # 援 is D4AE and 甘 B8CA: AEB8 is no character.
    assert "援甘" in once(0xD4, 0xCA)
    assert all(len(both) == 2 for both in once(0xD4, 0xCA))
    assert all(len(three) == 3 for three in twice(0xD4, 0xCA))
    # 摘 is D5AA and 要 D2AA.
    assert "摘要" in blind(0xD5)
