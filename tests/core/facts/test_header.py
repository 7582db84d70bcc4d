"""The head of an article: title, source, day, clicks, reporters."""

from __future__ import annotations

from datetime import date

import pytest

from jiedui import facts

BODY = "5月21日，示例代表团来访。\n"


def test_a_head_in_lines():
    text = f"示例省与样例市举行座谈会\n- 時間:2024-05-23\n- 點擊:12\n- 來源:示例日報\n{BODY}"
    head = facts.header(text)
    assert head.title == "示例省与样例市举行座谈会"
    assert (head.source, head.published, head.clicks) == ("示例日报", date(2024, 5, 23), 12)
    assert text[head.body_start :] == BODY
    spans = {name: [text[a:b] for a, b in at] for name, at in head.spans.items()}
    assert spans == {
        "title": ["示例省与样例市举行座谈会"],
        "published": ["2024-05-23"],
        "clicks": ["12"],
        "source": ["示例日報"],
    }


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2024-05-23 08:30  来源：示例日报  浏览次数：12次  字体：大 中 小",
        "2024-05-23 08:30 | 来源：示例日报 | 点击：12",
        "2024年5月23日 来源:示例日报 阅读:12",
        "来源：示例日报　时间：2024/5/23　点击数：12",
        "来源:示例日报 2024-05-23 点击量:12",
        "时间：２０２４－０５－２３ 来源：示例日报 点击：１２",
    ],
)
def test_a_head_in_one_line(line):
    head = facts.header(f"示例县来客考察样例项目\n{line}\n{BODY}")
    assert (head.title, head.source) == ("示例县来客考察样例项目", "示例日报")
    assert (head.published, head.clicks) == (date(2024, 5, 23), 12)


def test_a_first_paragraph_is_no_title():
    head = facts.header(f"- 来源:示例日报\n{BODY}")
    assert (head.title, head.source) == (None, "示例日报")


def test_a_day_that_does_not_exist_is_left_out():
    assert facts.header(f"时间:2024-02-30\n{BODY}").published is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("正文一。（记者张样）正文二。（记者李示例）", ("张样", "李示例")),
        ("正文。（本报记者 张样 李示例 通讯员 王例）", ("张样", "李示例")),
        ("正文。（示例报记者张样、欧阳样本 文/图）", ("张样", "欧阳样本")),
        ("正文。（记者 张 样 李示例）", ("张样", "李示例")),
        ("来源：示例日报 记者：张样 李示例\n正文。", ("张样", "李示例")),
        ("正文。（记者张样）再来。（记者张样）", ("张样",)),
        ("记者在现场看到，群众很高兴。记者张样跟着走了一路。", ()),
        ("正文。（通讯员张样）", ()),
    ],
)
def test_reporters(text, names):
    assert facts.header(text).reporters == names


def test_reporters_are_no_persons_of_the_text():
    assert not [f for f in facts.read("（记者张样）正文。") if f.kind == "person"]


@pytest.mark.parametrize("text", ["", "\n\n", "。", "来源", "来源：", "时间：", "\ufeff"])
def test_nothing_to_read(text):
    head = facts.header(text)
    assert (head.source, head.published, head.reporters) == (None, None, ())


def test_the_day_in_the_address_of_a_page_counts_when_no_line_says_it():
    text = "正文。[查看原文](https://example.com/2024/05/23/a1.html)"
    assert facts.header(text).published == date(2024, 5, 23)
    assert not [f for f in facts.read(text) if f.kind == "time"]
