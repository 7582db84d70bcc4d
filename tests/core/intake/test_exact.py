"""How large a sheet is, and its rare marks, told from its bytes."""

from __future__ import annotations

import pytest

from jiedui.intake import LIMITS, exact


def sheet(*cells: str, filler: int = 0) -> bytes:
    made = "".join(f'<c r="{cell}"><v>1</v></c>' for cell in cells)
    return f"<sheetData>{' ' * filler}{made}</sheetData>".encode()


@pytest.mark.parametrize(
    ("cells", "fits"),
    [
        (("A1", "P1048576"), True),
        (("Z1", "A1048576"), True),
        (("AA1", "A1048576"), False),
        (("AA1", "A500000"), True),
        (("BA1", "A500000"), False),
        (("ABC1", "A1"), True),
        (("ABC1", "A100000"), False),
    ],
)
def test_as_many_rows_as_a_sheet_has_are_read_of_26_columns(
    cells: tuple[str, ...], fits: bool
) -> None:
    xml = sheet(*cells)
    narrow = not exact.rare(xml)
    assert (exact.used(xml, LIMITS.cells, narrow=narrow) <= LIMITS.cells) is fits


def test_a_rare_mark_is_found_also_where_two_pieces_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "_PIECE", 100)
    for filler in range(150):
        xml = sheet("A1", filler=filler).replace(b"<v>", b'<v t="e">')
        assert exact.rare(xml)
        assert not exact.rare(sheet("A1", "Z9", filler=filler))


def test_bytes_that_are_no_text_are_looked_through_all_the_same() -> None:
    assert exact.rare(b'\xff\xfe<c r="A1" t="e">')
    assert not exact.rare(b'\xff\xfe<c r="A1">')
