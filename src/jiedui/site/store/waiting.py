"""Workbooks that wait for a person's word: encrypted files in the work folder, gone afterwards.

A workbook may hold anything about anybody; until it is decided it lies here, and nowhere else.
No path is made of anything a person typed.
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

_NONCE = 12


def _cipher() -> AESGCM:
    derived = HKDF(SHA256(), 32, salt=None, info=b"jiedui waiting workbooks")
    return AESGCM(derived.derive(settings.JIEDUI_VAULT_KEY.encode()))


def _path(key: str) -> Path:
    folder: Path = settings.JIEDUI_FOLDER
    return folder / "work" / key


def put(key: str, content: bytes) -> None:
    """Lay a workbook down under its batch's key, whole or not at all."""
    path = _path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    nonce = secrets.token_bytes(_NONCE)
    passing = path.with_name(f"{key}.{secrets.token_hex(4)}")
    with passing.open("wb") as file:
        file.write(nonce + _cipher().encrypt(nonce, content, key.encode()))
        file.flush()
        os.fsync(file.fileno())
    passing.replace(path)


def get(key: str) -> bytes | None:
    """The workbook of a batch, or None when it is gone or was not laid down here."""
    try:
        kept = _path(key).read_bytes()
        return _cipher().decrypt(kept[:_NONCE], kept[_NONCE:], key.encode())
    except (FileNotFoundError, InvalidTag):
        return None


def drop(key: str) -> None:
    """Take the workbook of a decided batch away."""
    _path(key).unlink(missing_ok=True)
