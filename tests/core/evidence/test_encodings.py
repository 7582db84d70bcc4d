"""Bytes become text in one encoding, or a problem that names the byte."""

from __future__ import annotations

import re

import opencc
import pytest

from jiedui.evidence.encodings import decode
from jiedui.problems import Problem
from jiedui.restore import Decoded
from tests.core.evidence.made import LINES, SAMPLE

TRADITIONAL = opencc.OpenCC("s2t").convert(SAMPLE)
SHORT = "样例市到乙县考察"

WHOLE = [
    ("utf-8", b"", SAMPLE, "UTF-8"),
    ("utf-8", b"\xef\xbb\xbf", SAMPLE, "UTF-8"),
    ("utf-8", b"", TRADITIONAL, "UTF-8"),
    ("utf-16-le", b"\xff\xfe", SAMPLE, "UTF-16LE"),
    ("utf-16-be", b"\xfe\xff", SAMPLE, "UTF-16BE"),
    ("utf-16-le", b"", SAMPLE, "UTF-16LE"),
    ("utf-16-be", b"", SAMPLE, "UTF-16BE"),
    ("gb18030", b"", SAMPLE, "GB18030"),
    ("gb18030", b"\x84\x31\x95\x33", SAMPLE, "GB18030"),
    ("gb18030", b"", TRADITIONAL, "GB18030"),
    ("gb18030", b"", SHORT, "GB18030"),
    ("cp950", b"", TRADITIONAL, "Big5"),
    ("big5hkscs", b"", "代表團在啟德粉嶺一帶考察，㗎喺咗等字也在其中。", "Big5"),
    ("ascii", b"", "plain words only\n", "UTF-8"),
]


@pytest.mark.parametrize(("codec", "mark", "text", "encoding"), WHOLE)
def test_each_encoding_is_read_back_to_the_letter(codec, mark, text, encoding):
    assert decode(mark + text.encode(codec)) == Decoded(text, encoding)


def offset_of(found: Decoded | Problem) -> int:
    assert isinstance(found, Problem)
    stated = re.search(r"第 (\d+) 字节", found.hint)
    assert stated
    return int(stated[1])


def two(first: str, second: str, break_: str = "\n") -> tuple[bytes, int]:
    text = {"cp950": TRADITIONAL, "gb18030": SAMPLE, "utf-8": SAMPLE}
    head = text[first].split("\n")[4] + break_
    tail = text[second].split("\n")[3]
    return head.encode(first) + tail.encode(second), len(head.encode(first))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (one, other)
        for one in ("utf-8", "gb18030", "cp950")
        for other in ("utf-8", "gb18030", "cp950")
        if one != other
    ],
)
@pytest.mark.parametrize("break_", ["\n", ""])
def test_two_encodings_in_a_file_are_a_problem_near_the_byte_of_the_change(first, second, break_):
    content, change = two(first, second, break_)
    found = decode(content)
    assert isinstance(found, Problem)
    assert found.code == "encoding-mixed"
    # Within a line, the first byte that cannot be told from the encoding before it comes later.
    assert abs(offset_of(found) - change) <= (8 if break_ else 32)


def test_a_broken_end_is_named_to_the_byte():
    content = SAMPLE.encode()[:-2]
    found = decode(content)
    assert isinstance(found, Problem)
    assert found.code == "encoding-mixed"
    assert offset_of(found) == len(SAMPLE[:-2].encode())


def test_a_mark_that_lies_is_a_problem_with_the_offset_in_the_file():
    found = decode(b"\xef\xbb\xbf" + "甲".encode() + "样例".encode("gb18030"))
    assert isinstance(found, Problem)
    assert (found.code, offset_of(found)) == ("encoding-mixed", 6)


def test_half_a_character_of_utf_16_is_a_problem():
    found = decode(b"\xff\xfe" + SAMPLE.encode("utf-16-le")[:-1])
    assert isinstance(found, Problem)
    assert found.code == "encoding-mixed"


@pytest.mark.parametrize(
    "content",
    [
        "Ça coûte très cher, déjà.".encode("latin-1"),
        "Привет, это не китайский".encode("koi8-r"),
        bytes(range(128, 256)) * 4,
    ],
)
def test_what_is_none_of_them_is_a_problem(content):
    found = decode(content)
    assert isinstance(found, Problem)
    assert found.code in {"encoding-unknown", "encoding-mixed"}


def test_no_replacement_sign_is_ever_made():
    for cut in range(1, 60):
        found = decode(SAMPLE.encode("gb18030")[:-cut])
        assert isinstance(found, Problem) or "\ufffd" not in found.text


def test_rare_names_and_other_scripts_do_not_pass_for_a_second_encoding():
    text = LINES[3] + "\n昝翀、王骉、仉淼、李韬、张昶、牟堃\n" + "བོད་ལྗོངས་དང་མཚོ་སྔོན།\n" + "─" * 60
    assert decode(text.encode("gb18030")) == Decoded(text, "GB18030")


def test_what_a_page_declares_decides_only_between_likes():
    gb18030 = SHORT.encode("gb18030")
    assert decode(gb18030, "gb2312") == decode(gb18030, "big5") == Decoded(SHORT, "GB18030")
    assert decode(SHORT.encode(), "gbk") == Decoded(SHORT, "UTF-8")
