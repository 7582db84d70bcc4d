"""Bytes to text: which format it is, and the reader for it. The content decides, not the name.

Not for reading files or the network: the bytes are handed in. Production calls this inside the
child process of `jiedui.site.sandbox`, since the parsers below meet whatever people upload.
"""

from __future__ import annotations

import re
from hashlib import sha256
from math import ceil

from jiedui.evidence.encodings import decode
from jiedui.evidence.extracted import Extracted, Media, Raw, settle
from jiedui.evidence.limits import LIMITS, Limits
from jiedui.problems import Problem, problem, said

__all__ = ["extract", "refuse"]

_MEGABYTE = 1024 * 1024
_HEAD = 4096
_WIDEST = 4  # bytes of a code point, in every encoding read here

# What begins with these is something else, and it helps to say what.
_OTHERS = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        said("旧版 Office 文件（.doc、.xls）或加密的 Office 文件"),
    ),
    (b"{\\rtf", said("RTF 文件")),
    (b"\x89PNG", said("图片")),
    (b"\xff\xd8\xff", said("图片")),
    (b"GIF8", said("图片")),
    (b"BM", said("图片")),
    (b"II*\x00", said("图片")),
    (b"MM\x00*", said("图片")),
    (b"Rar!", said("压缩包")),
    (b"7z\xbc\xaf", said("压缩包")),
    (b"\x1f\x8b", said("压缩包")),
    (b"\x7fELF", said("程序")),
    (b"MZ", said("程序")),
)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|article)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<(?:p|div|span|br|h[1-6]|table|a|script|title)[\s/>]", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml\s")


def extract(content: bytes, name: str = "", limits: Limits = LIMITS) -> Extracted | Problem:
    """Read the text of a txt, html, docx or pdf; `name` only helps with html that lacks a head.

    Never raises on any bytes; what cannot be read is a problem that says why.
    """
    refused = refuse(content, limits)
    if refused:
        return refused
    raw = _read(content, name, limits)
    if isinstance(raw, Problem):
        return raw
    return settle(raw, sha256(content).hexdigest(), limits)


def refuse(content: bytes, limits: Limits = LIMITS) -> Problem | None:
    """Say no to a file of the wrong size before anything is done with it."""
    if not content:
        return problem("file-empty")
    if len(content) > limits.content:
        size = f"{ceil(len(content) / _MEGABYTE * 10) / 10}"
        return problem("file-too-large", limit=limits.content // _MEGABYTE, size=size)
    return None


def _read(content: bytes, name: str, limits: Limits) -> Raw | Problem:
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from jiedui.evidence.docx import read_docx

        return read_docx(content, limits)
    if b"%PDF-" in content[:1024]:
        from jiedui.evidence.pdf import read_pdf

        return read_pdf(content, limits)
    for mark, what in _OTHERS:
        if content.startswith(mark) and (len(mark) > 2 or b"\x00" in content[:_HEAD]):
            return problem("media-unknown", what=what)
    return _read_text(content, name, limits)


def _read_text(content: bytes, name: str, limits: Limits) -> Raw | Problem:
    start = content[:_HEAD].replace(b"\x00", b"")
    if len(content) > limits.text * _WIDEST and not _PAGE.search(start.decode("latin-1")):
        return problem("text-too-long", limit=limits.text)
    declared = _CHARSET.search(content[:_HEAD])
    decoded = decode(content, declared[1].decode("ascii") if declared else "")
    if isinstance(decoded, Problem):
        return decoded
    head = decoded.text[:_HEAD]
    if _PAGE.search(head) or (_TAG.search(head) and name.lower().endswith((".html", ".htm"))):
        from jiedui.evidence.html import read_html

        if "\x00" in decoded.text:
            return problem("not-a-character", offset=decoded.text.index("\x00"), name="U+0000")
        return read_html(decoded.text, decoded.encoding, limits)
    if _XML.match(head):
        return problem("media-unknown", what=said("XML 文件"))
    return Raw(decoded.text, Media.TXT, decoded.encoding)
