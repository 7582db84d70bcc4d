"""Charts: bars as long as their numbers, words escaped, the same numbers in the table."""

from __future__ import annotations

import re

from jiedui.site.web.charts import FLOOR, TOP, Point, columns, rows

POINTS = [
    Point("1", 4, 1, "/a?x=1&y=2", "2024-01", "4", "1"),
    Point("2", 0, 0, "", "2024-02", "0", "0"),
    Point("3", 2, 2, "/c", "2024-03", "2", "2"),
]


def test_the_highest_column_fills_the_height_and_others_are_in_proportion() -> None:
    chart = columns(POINTS)
    heights = re.findall(r'class="claimed"[^>]* height="(\d+)"', chart.drawn)
    assert [int(height) for height in heights] == [FLOOR - TOP, (FLOOR - TOP) // 2]
    assert (chart.first, chart.last) == ("2024-01", "2024-03")
    assert chart.rows.count("<tr>") == 3


def test_long_numbers_of_neighbours_do_not_run_into_each_other() -> None:
    def heights(*texts: str) -> list[int]:
        points = [Point(str(n), 100 - n, 0, claimed_text=text) for n, text in enumerate(texts)]
        found = re.findall(r'class="count" x="[\d.]+%" y="(\d+)"', columns(points).drawn)
        return [int(y) for y in found]

    first, second, third = heights("约14,734", "约15,993", "约14,325")
    assert min(abs(first - second), abs(second - third)) >= 13
    assert max(heights("1", "2", "3")) - min(heights("1", "2", "3")) < 5
    assert min(heights("约14,734", "约15,993")) >= 13


def test_a_lying_bar_is_as_long_as_its_number() -> None:
    widths = re.findall(r'class="verified"[^>]* width="([\d.]+)%"', rows(POINTS).drawn)
    assert [float(width) for width in widths] == [16.0, 0.0, 32.0]


def test_a_long_name_stands_over_its_bar() -> None:
    names = {False: "党政代表团考察", True: "Visit of a party and government delegation"}
    for over, name in names.items():
        chart = rows([Point(name, 4, 1, claimed_text="4")])
        at = re.search(r'class="name" x="([\d.]+)%" y="(\d+)" text-anchor="(\w+)"', chart.drawn)
        bar = re.search(r'class="claimed" x="([\d.]+)%" y="(\d+)"', chart.drawn)
        assert at
        assert bar
        assert (at[3] == "start") is over
        assert (int(at[2]) < int(bar[2])) is over
        assert int(bar[2]) + 22 <= chart.height


def test_nothing_to_draw_is_no_error() -> None:
    assert columns([]).drawn == ""
    assert rows([]).rows == ""


def test_words_are_escaped() -> None:
    hostile = Point('<b>"', 1, 1, '/"><script>', "<i>", "<u>", "<s>")
    for chart in (columns([hostile]), rows([hostile])):
        drawn = chart.drawn + chart.rows
        assert not re.search(r"<(b|i|u|s|script)>", drawn)
        assert 'href="/&quot;' in drawn
