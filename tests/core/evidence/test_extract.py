"""A document in each format gives the same text; everything else is a problem that says why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiedui.evidence import LIMITS, Extracted, Limits, Media, extract
from jiedui.evidence.extracted import Raw, settle
from jiedui.problems import Problem, Span
from tests.core.evidence import made
from tests.core.evidence.made import LINES, SAMPLE


def read(content: bytes, name: str = "", limits: Limits = LIMITS) -> Extracted:
    found = extract(content, name, limits)
    assert isinstance(found, Extracted), found
    return found


def refused(content: bytes, limits: Limits = LIMITS) -> Problem:
    found = extract(content, limits=limits)
    assert isinstance(found, Problem), found
    return found


DOCUMENTS = {
    Media.TXT: SAMPLE.encode("gb18030"),
    Media.HTML: made.html(LINES).encode(),
    Media.DOCX: made.docx(LINES),
    Media.PDF: made.pdf(LINES),
}


@pytest.mark.parametrize("media", DOCUMENTS)
def test_every_format_gives_the_paragraphs_of_the_sample(media):
    found = read(DOCUMENTS[media])
    assert found.media is media
    assert found.text.rstrip("\n").split("\n") == LINES
    assert found.remarks == ()


@pytest.mark.parametrize("media", DOCUMENTS)
def test_the_content_decides_and_not_the_name(media):
    for name in ("甲.pdf", "甲.docx", "甲.html", "甲.txt", "", "甲"):
        assert read(DOCUMENTS[media], name).media is media


def test_the_same_bytes_twice_give_the_same_digest_whatever_they_are_called():
    assert read(DOCUMENTS[Media.TXT], "a.txt").digest == read(DOCUMENTS[Media.TXT], "b.txt").digest
    assert read(DOCUMENTS[Media.TXT]).digest != read(SAMPLE.encode()).digest


def test_title_encoding_and_pages_are_told_where_a_format_has_them():
    html, pdf = read(DOCUMENTS[Media.HTML]), read(made.pdf(LINES, pages=3))
    assert (html.title, html.encoding, html.pages) == (LINES[0], "UTF-8", 0)
    assert read(DOCUMENTS[Media.DOCX]).title == LINES[0]
    assert pdf.pages == 3


# Bad input, as the landing names it


def test_an_empty_file():
    assert refused(b"").code == "file-empty"


@pytest.mark.parametrize("content", [b"\n \r\n\t", b"\xef\xbb\xbf", "\u3000\u3000\n".encode()])
def test_a_file_of_blanks(content):
    assert refused(content).code == "text-empty"


def test_a_file_over_the_limit_is_not_looked_into():
    found = refused(b"x" * (LIMITS.content + 1))
    assert found.code == "file-too-large"
    assert "20 MB" in found.hint


def test_a_text_of_50_mb_in_one_line():
    assert refused("甲".encode() * (50 * 1024 * 1024 // 3)).code == "file-too-large"


def test_a_text_of_too_many_characters_in_one_line():
    assert refused("甲".encode() * (LIMITS.text + 1)).code == "text-too-long"
    assert refused(b"x" * LIMITS.content).code == "text-too-long"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, ".doc"),
        (b"{\\rtf1\\ansi}", "RTF"),
        (b"\x89PNG\r\n\x1a\n\x00", "图片"),
        (b"Rar!\x1a\x07\x00", "压缩包"),
        (b"<?xml version='1.0'?><a>b</a>", "XML"),
    ],
)
def test_another_kind_of_file_is_called_by_its_name(content, what):
    found = refused(content)
    assert found.code == "media-unknown"
    assert what in found.hint


def test_text_that_begins_like_a_program_is_still_text():
    assert read("MZ 为某型号，BM 为另一型号。".encode()).media is Media.TXT


# What is settled in every text


def test_line_ends_become_one():
    text = "一\r\n二\r三\v四\f五\x85六\u2028七\u2029八\n九\x1a"
    found = settle(Raw(text, Media.TXT), "", LIMITS)
    assert isinstance(found, Extracted)
    assert found.text == "一\n二\n三\n四\n五\n六\n七\n八\n九"


def test_control_characters_stay_and_are_remarked():
    found = read("甲\x07乙\x7f丙".encode())
    assert found.text == "甲\x07乙\x7f丙"
    (remark,) = found.remarks
    assert (remark.code, remark.at) == ("control-in-text", Span(1, 2))
    assert "U+0007" in remark.hint
    assert "2 个" in remark.hint


def test_nul_is_a_problem_with_its_place():
    found = refused(f"{LINES[2]}甲\x00乙".encode())
    assert found.code == "not-a-character"
    assert found.at == Span(len(LINES[2]) + 1, len(LINES[2]) + 2)


# Never an exception


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(content):
    found = extract(content)
    assert isinstance(found, Extracted | Problem)
    if isinstance(found, Extracted):
        assert "\x00" not in found.text
        assert found.text.encode().decode() == found.text


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(list(DOCUMENTS)), st.integers(0), st.binary(min_size=1, max_size=20), st.data()
)
def test_no_damaged_document_makes_it_raise(media, place, patch, draw):
    whole = DOCUMENTS[media]
    place %= len(whole)
    kept = draw.draw(st.integers(1, len(whole)))
    damaged = (whole[:place] + patch + whole[place + len(patch) :])[-kept:]
    assert isinstance(extract(damaged), Extracted | Problem)
    assert isinstance(extract(whole[:kept]), Extracted | Problem)


def test_limits_are_an_argument():
    small = Limits(content=10**6, text=20, pages=2)
    assert refused(SAMPLE.encode(), small).code == "text-too-long"
    for media in (Media.HTML, Media.DOCX, Media.PDF):
        assert refused(DOCUMENTS[media], small).code == "text-too-long"
    assert refused(made.pdf(LINES, pages=3), small).code == "too-many-pages"
