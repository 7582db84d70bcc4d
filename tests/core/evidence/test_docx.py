"""Word documents: what a reader sees, from a zip that was looked at first."""

from __future__ import annotations

import pytest

from jiedui.evidence import Extracted, extract
from jiedui.problems import Problem
from tests.core.evidence import made

BODY = "word/document.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'


def with_body(inner: str, space: str = W, before: str = "") -> bytes:
    xml = f"{before}<w:document {space}><w:body>{inner}</w:body></w:document>"
    return made.zipped({"[Content_Types].xml": b"<x/>", BODY: xml.encode()})


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def text_of(content: bytes) -> str:
    found = extract(content)
    assert isinstance(found, Extracted), found
    return found.text


def refused(content: bytes) -> Problem:
    found = extract(content)
    assert isinstance(found, Problem), found
    return found


def test_tables_stand_where_they_stand_with_a_line_for_each_row():
    from docx import Document

    document = Document()
    document.add_paragraph("前文。")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["姓名", "职务", "甲示例", "副县长"], strict=True):
        cell.text = text
    document.add_paragraph("后文。")
    assert text_of(made.saved(document)) == "前文。\n姓名\t职务\n甲示例\t副县长\n后文。"


def test_an_article_laid_out_in_a_table_keeps_its_paragraphs():
    from docx import Document

    document = Document()
    cell = document.add_table(1, 2)._cells[1]
    cell.text = "第一段。"
    cell.add_paragraph("第二段。")
    assert text_of(made.saved(document)).strip("\n") == "第一段。\n第二段。"


def test_insertions_are_read_and_deletions_are_not():
    inner = (
        f"<w:p>{run('甲')}<w:ins>{run('乙')}</w:ins>"
        "<w:del><w:r><w:delText>丙</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('丁')}</w:moveFrom><w:hyperlink>{run('戊')}</w:hyperlink>"
        f"<w:sdt><w:sdtContent>{run('己')}</w:sdtContent></w:sdt></w:p>"
    )
    assert text_of(with_body(inner)) == "甲乙戊己"


def test_breaks_tabs_hidden_and_boxed_text():
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run('框里。')}</w:p></w:txbxContent></w:pict></w:r>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
    inner = (
        f"<w:p>{run('上')}<w:r><w:br/><w:t>下</w:t><w:tab/><w:t>右</w:t></w:r>{hidden}{box}</w:p>"
    )
    assert text_of(with_body(inner)) == "框里。\n上\n下\t右"


def test_strict_documents_are_read_too():
    assert text_of(with_body(f"<w:p>{run('甲。')}</w:p>", STRICT)) == "甲。"


# Bad input


def test_a_zip_of_something_else():
    found = refused(made.zipped({"a.txt": b"x", "xl/workbook.xml": b"<x/>"}))
    assert found.code == "not-a-docx"
    assert found.found == "a.txt、xl/workbook.xml"


def test_an_empty_zip():
    assert refused(b"PK\x05\x06" + b"\x00" * 18).code == "not-a-docx"


def test_an_inflated_zip_is_not_inflated():
    bomb = made.zipped({BODY: b"<a>" + b" " * 30_000_000 + b"</a>"})
    assert len(bomb) < 40_000
    found = refused(bomb)
    assert found.code == "zip-inflated"
    assert "压缩比" in found.hint


def test_a_zip_over_the_limit_or_of_very_many_files():
    noise = bytes(range(256)) * 4096
    large = made.zipped({BODY: b"<a/>"} | {f"{n}.bin": noise for n in range(110)})
    assert refused(large).code == "zip-inflated"
    many = made.zipped({BODY: b"<a/>"} | {f"{n}": b"" for n in range(2001)})
    assert refused(many).code == "zip-inflated"


def test_a_zip_that_lies_about_its_size_is_not_believed_further():
    whole = made.zipped({BODY: b"<a>" + b" " * 900_000 + b"</a>"})
    size = (900_007).to_bytes(4, "little")
    assert whole.count(size) == 2
    assert refused(whole.replace(size, (9).to_bytes(4, "little"))).code == "file-damaged"


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x [<!ENTITY y "坏">]>',
        '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
def test_a_document_with_entities_or_a_dtd(declared):
    reference = "&y;" if "ENTITY" in declared else ""
    content = with_body(f"<w:p>{run('甲' + reference)}</w:p>", before=declared)
    assert refused(content).code == "xml-with-dtd"


def test_a_million_laughs():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<!DOCTYPE x [<!ENTITY l0 "笑">{laughs}]>'
    content = with_body(f"<w:p>{run('&l9;')}</w:p>", before=declared)
    assert refused(content).code in {"xml-with-dtd", "file-damaged"}


def test_a_document_whose_xml_is_broken_or_whose_zip_is_cut():
    assert refused(made.zipped({BODY: b"<w:document>"})).code == "file-damaged"
    assert refused(made.docx(["甲"])[:-200]).code == "file-damaged"


def test_a_document_of_pictures_alone():
    assert refused(with_body("<w:p><w:r><w:drawing/></w:r></w:p>")).code == "text-empty"
