"""What waits for a person's word: encrypted files in the work folder, gone afterwards.

A workbook may hold anything about anybody; until it is decided it and what was read of it lie
here, and nowhere else. No path is made of anything a person typed.
"""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

if TYPE_CHECKING:
    from pathlib import Path

# The workbook itself, what was said of it, what each row would do, and what may be kept of a
# workbook that may not be kept itself.
BOOK, HEAD, ROWS, STRIPPED = "", "head", "rows", "stripped"
_NONCE = 12


def _cipher() -> AESGCM:
    derived = HKDF(SHA256(), 32, salt=None, info=b"jiedui waiting workbooks")
    return AESGCM(derived.derive(settings.JIEDUI_VAULT_KEY.encode()))


def _path(key: str, part: str) -> Path:
    folder: Path = settings.JIEDUI_FOLDER
    return folder / "work" / (f"{key}.{part}" if part else key)


def _bound(key: str, part: str) -> bytes:
    return f"{key}|{part}".encode() if part else key.encode()


def put(key: str, content: bytes, part: str = BOOK) -> None:
    """Lay a part down under its batch's key, whole or not at all."""
    path = _path(key, part)
    path.parent.mkdir(parents=True, exist_ok=True)
    nonce = secrets.token_bytes(_NONCE)
    passing = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with passing.open("wb") as file:
            file.write(nonce)
            file.write(_cipher().encrypt(nonce, content, _bound(key, part)))
            file.flush()
            os.fsync(file.fileno())
        passing.replace(path)
    except OSError:
        passing.unlink(missing_ok=True)
        raise


def get(key: str, part: str = BOOK) -> bytes | None:
    """A part of a batch, or None when it is gone or was not laid down here."""
    try:
        kept = _path(key, part).read_bytes()
        return _cipher().decrypt(kept[:_NONCE], kept[_NONCE:], _bound(key, part))
    except (FileNotFoundError, InvalidTag):
        return None


def size(key: str) -> int:
    """How many bytes the workbook of a batch has as it lies here, about; 0 when it is gone."""
    path = _path(key, BOOK)
    return path.stat().st_size if path.exists() else 0


def drop(key: str) -> None:
    """Take away everything of a decided batch."""
    for part in (HEAD, ROWS, STRIPPED, BOOK):
        drop_part(key, part)


def drop_part(key: str, part: str) -> None:
    """Take away one part of a batch, if it is there."""
    _path(key, part).unlink(missing_ok=True)
