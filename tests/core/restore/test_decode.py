"""Any bytes become text: one encoding where it can be, else each line in its own."""

from __future__ import annotations

import itertools

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiedui.restore import Decoded, decode
from tests.core.restore.cases import CORPUS

ARTICLE = (CORPUS / "articles/visit-intact.txt").read_text("utf-8").split("\n")
LINES = sorted((line for line in ARTICLE if len(line) > 20), key=len)[-12:]
SIMPLIFIED = [opencc.OpenCC("t2s").convert(line) for line in LINES]
CODECS = ["utf-8", "gb18030", "cp950"]


@pytest.mark.parametrize(
    ("codec", "mark", "encoding"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "UTF-8"),
        ("gb18030", b"", "GB18030"),
        ("gb18030", b"\x84\x31\x95\x33", "GB18030"),
        ("cp950", b"", "Big5"),
        ("utf-16-le", b"\xff\xfe", "UTF-16LE"),
        ("utf-16-be", b"\xfe\xff", "UTF-16BE"),
        ("utf-16-le", b"", "UTF-16LE"),
        ("utf-16-be", b"", "UTF-16BE"),
    ],
)
def test_one_encoding(codec, mark, encoding):
    text = "\n".join(LINES)
    found = decode(mark + text.encode(codec))
    assert found == Decoded(text, encoding)
    assert found.sureness >= 0.6
    assert decode(mark + text.encode(codec)).sureness == found.sureness


@pytest.mark.parametrize(("first", "second"), list(itertools.permutations(CODECS, 2)))
def test_lines_in_two_encodings(first, second):
    # Big5 has no simplified characters; no line is in both scripts.
    texts = [LINES if "cp950" in (first, second) else SIMPLIFIED] * 2
    lines = [one.encode((first, second)[at % 2]) for at, one in enumerate(texts[0])]
    found = decode(b"\n".join(lines))
    assert found.text == "\n".join(texts[0])
    assert len(found.encoding.split("+")) == 2
    assert 0.3 < found.sureness < 1


def test_a_broken_end_is_a_replacement_character_and_less_sure():
    text = "\n".join(SIMPLIFIED)
    found = decode(text.encode()[:-1])
    assert found.text[:-1] == text[:-1]
    assert found.text[-1] == "\ufffd"
    assert found.sureness < 1


def test_half_a_character_of_utf_16():
    assert decode(b"\xff\xfe" + "甲示例".encode("utf-16-le")[:-1]).text == "甲示\ufffd"


def test_plain_ascii_and_nothing():
    assert decode(b"") == Decoded("", "UTF-8")
    assert decode(b"plain words") == Decoded("plain words", "UTF-8")


BYTES = st.one_of(
    st.binary(max_size=300),
    st.lists(
        st.sampled_from([*(line.encode(codec)[:20] for line in LINES for codec in CODECS),
                         b"\n", b"\x00", b"\xff\xfe", b"\x80", b"\xef\xbb\xbf", b"\r\n"]),
        max_size=12,
    ).map(b"".join),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(BYTES, st.sampled_from(["", "gbk", "big5", "utf-16", "nonsense"]))
def test_any_bytes(content, declared):
    found = decode(content, declared)
    assert 0 <= found.sureness <= 1
    assert found.encoding
    if "\ufffd" not in found.text and "+" not in found.encoding:
        codec = {"Big5": "cp950"}.get(found.encoding, found.encoding)
        body = content.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\x84\x31\x95\x33")
        assert found.text.encode(codec, "replace")[:1] == body[:1] or not body or body[:1] > b"\x7f"
