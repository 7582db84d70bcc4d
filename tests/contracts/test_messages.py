"""Every text that people meet is in the catalogue, and the catalogue is fresh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts import messages

if TYPE_CHECKING:
    from pathlib import Path


def test_the_catalogue_is_fresh() -> None:
    assert messages.CATALOGUE.read_text("utf-8") == messages.catalogue(), "make messages"


def test_no_text_of_the_pages_escapes_the_catalogue() -> None:
    assert messages.templates()
    assert messages.escaped() == []


@pytest.mark.parametrize("text", ["互访与会议台账", "必填项为空", "经办", "党政代表团考察", "姓名"])
def test_what_the_core_declares_is_in_the_catalogue(text: str) -> None:
    assert f'msgid "{text}"' in messages.CATALOGUE.read_text("utf-8")


@pytest.mark.parametrize(
    ("template", "faults"),
    [
        ("<p>看板</p>", 1),
        ("<p title='看板'>{{ x }}</p>", 1),
        ('{{ x|default:"无" }}', 1),
        ('{% include "a.html" with label="看板" %}', 1),
        ("{% blocktrans %}看板{% endblocktrans %}<p>看板，</p>", 1),
        ('{% trans "看板" %}', 0),
        ("{% blocktrans count n=n %}{{ n }} 条{% plural %}{{ n }} 条{% endblocktrans %}", 0),
        ('{% include "a.html" with label=_("看板") %}{{ x|default:_("无") }}', 0),
        ("{# 说明 #}{% comment %}说明{% endcomment %}<!-- 说明 -->", 0),
        ("<b>{{ x }}</b>：{{ y }}", 1),
        ('<b>{{ x }}</b>{% trans "：" %}{{ y }}', 0),
        ("<p>board</p>", 0),
    ],
)
def test_chinese_in_a_template_outside_trans_is_found(
    tmp_path: Path, template: str, faults: int
) -> None:
    messages.start_django()
    path = tmp_path / "planted.html"
    path.write_text(template, "utf-8")
    assert len(list(messages.template_faults(path))) == faults


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ('problem("required", label="原因")', 1),
        ('problem("required", label=said("原因"))', 0),
        ('No(f"第 {row} 行")', 2),
        ('No(said("第 {row} 行", row=row))', 0),
        ('raise StoppedError("已取消")', 1),
        ('print("已取消")', 0),
    ],
)
def test_what_the_core_tells_without_saying_it_is_found(
    tmp_path: Path, source: str, faults: int
) -> None:
    path = tmp_path / "planted.py"
    path.write_text(source, "utf-8")
    assert len(list(messages.unsaid_faults(path))) == faults


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("x = '看板'", 1),
        ("x = f'{n} 条'", 1),
        ("x = '是'", 0),
        ("x = _(f'{n} 条')", 1),
        ("'''看板'''\nx = gettext('看板')", 0),
        ("x = _('第 %(n)s 条') % {'n': 1}", 0),
        ("x = ngettext('%d 条', '%d 条', n)", 0),
    ],
)
def test_chinese_in_a_page_module_outside_gettext_is_found(
    tmp_path: Path, source: str, faults: int
) -> None:
    path = tmp_path / "planted.py"
    path.write_text(source, "utf-8")
    assert len(list(messages.literal_faults(path))) == faults
