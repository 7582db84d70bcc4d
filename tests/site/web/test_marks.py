"""Spans laid over text: nothing is lost, nothing doubled, whatever overlaps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jiedui.site.web.marks import Line, Mark, lines


def said(found: list[Line]) -> str:
    return "\n".join("".join(segment.text for segment in line) for line in found)


def test_nested_marks_carry_both_classes_and_one_name_each() -> None:
    [line] = lines("甲到乙县去", [Mark(0, 5, "e", "event", "事"), Mark(2, 4, "p", "place", "地")])
    assert [(s.text, s.classes, s.names) for s in line] == [
        ("甲到", "event", ("e",)),
        ("乙县", "event place", ("p",)),
        ("去", "event", ()),
    ]


def test_a_mark_over_a_line_break_goes_on_in_the_next_line() -> None:
    first, second = lines("甲乙\n丙丁", [Mark(1, 4, "x", "fact")])
    assert [s.classes for s in first] == ["", "fact"]
    assert [s.classes for s in second] == ["fact", ""]
    assert second[0].names == ()


def test_an_empty_mark_shows_where_something_was_deleted() -> None:
    [line] = lines("甲乙", [Mark(1, 1, "gone", "edit")])
    assert [(s.text, s.classes) for s in line] == [("甲", ""), ("", "edit"), ("乙", "")]


def test_only_a_part_of_the_text_is_cut() -> None:
    [line] = lines("甲乙丙丁", [Mark(0, 1, "a", "x"), Mark(2, 3, "b", "y")], 1, 4)
    assert [(s.text, s.classes) for s in line] == [("乙", ""), ("丙", "y"), ("丁", "")]


@given(
    st.text(alphabet="甲乙丙\n<&", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8),
)
def test_every_character_comes_back_once_and_every_mark_covers_its_span(
    text: str, spans: list[tuple[int, int]]
) -> None:
    marks = [
        Mark(min(a, b, len(text)), min(max(a, b), len(text)), f"m{i}", f"c{i}")
        for i, (a, b) in enumerate(spans)
    ]
    found = lines(text, marks)
    assert said(found) == text
    for mark in marks:
        covered = "".join(
            s.text for line in found for s in line if mark.classes in s.classes.split()
        )
        assert covered == text[mark.start : mark.end].replace("\n", "")
    names = [name for line in found for s in line for name in s.names]
    assert len(names) == len(set(names))
