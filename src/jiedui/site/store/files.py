"""The originals of documents and what is kept of workbooks, under their SHA-256, written once.

Bytes may be shared between offices; who may see a document is for `documents` to say. No path
is made of anything a person typed.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from jiedui.site.store import personal

if TYPE_CHECKING:
    from jiedui.site.store.tables import Document, Former, Proposal


def _path(sha256: str) -> Path:
    return Path(settings.JIEDUI_FOLDER) / "documents" / sha256[:2] / sha256


def called(name: str) -> str:
    """The last part of a brought file's name, as a label of it; no path is ever made of it.

    Of a name that holds a person's number only the beginning and the ending are kept.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    return personal.label("".join(c for c in last if c.isprintable()))[:200]


def keep(content: bytes) -> str:
    """Store bytes under their hash, whole or not at all, and return the hash."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = _path(sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f"{sha256}.{secrets.token_hex(4)}")
    with passing.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    passing.replace(path)
    # The name too is on disk before any row says that it is.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return sha256


def read(sha256: str) -> bytes | None:
    """The bytes under a hash, or None."""
    try:
        return _path(sha256).read_bytes()
    except FileNotFoundError:
        return None


def seal(row: Document | Former | Proposal) -> str:
    """The hash over everything else in a row that must not change unseen.

    Raises UnicodeEncodeError for text that no engine would have taken.
    """
    total = hashlib.sha256()
    for field in row._meta.concrete_fields:
        if field.attname == "seal":
            continue
        value = getattr(row, field.attname)
        part = value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
        total.update(part.encode())
        total.update(b"\0")
    return total.hexdigest()


def quote_seal(quote: str) -> str:
    """What a citation keeps of its words: 32 hex digits of their SHA-256."""
    return hashlib.sha256(quote.encode()).hexdigest()[:32]


def forget(sha256: str) -> None:
    """Take an original away again, when the write that brought it came to nothing."""
    _path(sha256).unlink(missing_ok=True)
