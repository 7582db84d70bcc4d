"""A page gives what its reader sees: no script, nothing hidden, no navigation."""

from __future__ import annotations

import pytest

from jiedui.evidence import Extracted, extract
from jiedui.problems import Problem
from tests.core.evidence import made
from tests.core.evidence.made import LINES


def text_of(page: str, name: str = "") -> str:
    found = extract(page.encode(), name)
    assert isinstance(found, Extracted), found
    return found.text


def body(inner: str) -> str:
    return f"<html><body><p>开头一段。</p>{inner}</body></html>"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>document.write('坏')</script>",
        "<SCRIPT SRC='http://127.0.0.1/x.js'>坏</SCRIPT>",
        "<p>前<script>坏</script>后</p>",
        "<img src=x onerror='坏()'>",
        "<style>p::before{content:'坏'}</style>",
        "<noscript>坏</noscript>",
        "<template><p>坏</p></template>",
        "<iframe src='http://127.0.0.1/'>坏</iframe>",
        "<svg><text>坏</text></svg>",
        "<p hidden>坏</p>",
        "<div style='color:red; DISPLAY : none'><p>坏</p></div>",
        "<!-- 坏 -->",
        "<!--[if IE]>坏<![endif]-->",
        "<nav>坏</nav>",
        "<textarea>坏</textarea>",
    ],
)
def test_what_a_reader_does_not_see_is_not_read(hidden):
    text = text_of(body(hidden))
    assert "坏" not in text
    assert text.startswith("开头一段。")


def test_scripts_in_attributes_are_not_shown():
    assert text_of(body("<a href='javascript:alert(1)' onclick='alert(1)'>看全文。</a>")) == (
        "开头一段。\n看全文。"
    )


def test_paragraphs_breaks_cells_and_source_lines():
    page = body(
        "<p>　　第一\n    行接<b>第</b>一行。<br>新行 with  two\n words。</p>"
        "<table><tr><td>甲</td>\n<td> 乙 </td></tr><tr><td>丙</td></tr></table>"
        "<ul><li>一项<li>二项</ul><pre>诗\n  句</pre>尾"
    )
    assert text_of(page) == (
        "开头一段。\n第一行接第一行。\n新行 with two words。\n甲\t乙\n丙\n一项\n二项\n诗\n句\n尾"
    )


def test_lists_of_links_are_left_out_and_remarked_but_date_and_source_stay():
    page = body(
        "<div><a href=/>首页</a> | <a href=/n>新闻</a></div>"
        "<div>时间：2023-06-15 来源：<a href=/s>样例日报</a> 点击：12</div>"
        "<h2><a href=/x>小标题</a></h2><ul><li><a href=/1>另一篇报道的题目</a></ul>"
        "<footer>样例网版权所有</footer>"
    )
    found = extract(page.encode())
    assert isinstance(found, Extracted)
    assert found.text == "开头一段。\n时间：2023-06-15 来源：样例日报 点击：12\n小标题"
    (remark,) = found.remarks
    assert remark.code == "page-parts-left-out"
    assert "3 处" in remark.hint


def test_a_linked_source_stays():
    assert text_of(body("<p>来源：<a href=/s>样例新闻客户端</a></p>")).endswith(
        "来源：样例新闻客户端"
    )


def test_a_page_of_links_alone_is_read_whole():
    assert text_of("<html><body><ul><li><a href=/1>题目一</a><li><a href=/2>题目二</a></ul>") == (
        "题目一\n题目二"
    )


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "GB18030"])
def test_the_declared_charset_is_understood(charset):
    page = made.html(
        LINES, f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    )
    found = extract(page.encode("gb18030"))
    assert isinstance(found, Extracted)
    assert found.encoding == "GB18030"
    assert found.text.split("\n") == LINES


def test_a_declared_charset_that_is_wrong_does_no_harm():
    found = extract(made.html(LINES, '<meta charset="gb2312">').encode())
    assert isinstance(found, Extracted)
    assert (found.encoding, found.text.split("\n")) == ("UTF-8", LINES)


def test_no_file_or_address_is_fetched_through_a_doctype():
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + body("<p>前&x;后。</p>")
    assert "root:" not in text_of(page)


def test_a_fragment_needs_its_name_to_be_a_page():
    fragment = "<p>一段。</p><p>又一段。</p>"
    assert text_of(fragment, "a.HTML") == "一段。\n又一段。"
    assert text_of(fragment, "a.txt") == fragment


def test_a_page_nested_without_end_is_a_problem():
    found = extract(body("<div>" * 5000 + "深处" + "</div>" * 5000).encode())
    assert isinstance(found, Problem)
    assert found.code == "page-too-deep"


def test_a_page_with_nothing_to_read_is_a_problem():
    found = extract("<html><body><script>坏</script></body></html>".encode())
    assert isinstance(found, Problem)
    assert found.code == "text-empty"
