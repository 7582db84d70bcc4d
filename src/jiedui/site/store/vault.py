"""The vault: seals a person's name under a random reference, opens it, and erases it for good.

AES-256-GCM with a key of its own for each office (HKDF over the vault key); the reference and
the owner are bound in as associated data, so that a box moved to another row does not open. Beside
it stands a keyed hash (HMAC-SHA-256) by which rules find the same name in two offices' entries.
"""

from __future__ import annotations

import hmac
import os
import secrets
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import connection, transaction

from jiedui.site.store.tables import Secret

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


_PART = 500


@lru_cache(maxsize=256)
def _cipher(owner: int, key: str) -> AESGCM:
    derived = HKDF(SHA256(), 32, salt=None, info=f"jiedui vault {owner}".encode())
    return AESGCM(derived.derive(key.encode()))


@lru_cache(maxsize=4)
def _mark_key(key: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"jiedui vault same name").derive(key.encode())


def mark(name: str) -> str:
    """What two boxes of the same name share (32 hex digits): the name without width and spaces."""
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    key = _mark_key(settings.JIEDUI_VAULT_KEY)
    return hmac.digest(key, plain.encode(), "sha256")[:16].hex()


def _bound(ref: str, owner: int) -> bytes:
    return f"{ref}|{owner}".encode()


@dataclass(frozen=True, slots=True)
class Box:
    """A sealed name of an office: the reference by which rows know it, its sealed bytes, its mark.

    Nobody needs the mark to open it.
    """

    ref: str
    owner: int
    nonce: bytes
    box: bytes
    mark: str = ""


def seal(owner: int, name: str) -> Box:
    """Seal a name for an office under a new reference (32 hex digits); nothing is stored."""
    ref = secrets.token_hex(16)
    nonce = os.urandom(12)
    cipher = _cipher(owner, settings.JIEDUI_VAULT_KEY)
    box = cipher.encrypt(nonce, name.encode(), _bound(ref, owner))
    return Box(ref, owner, nonce, box, mark(name))


def lay(boxes: Iterable[Box]) -> None:
    """Put sealed names into the vault."""
    rows = (
        Secret(ref=one.ref, owner=one.owner, nonce=one.nonce, box=one.box, mark=one.mark)
        for one in boxes
    )
    Secret.objects.bulk_create(rows, batch_size=_PART)


def put(owner: int, name: str) -> str:
    """Seal a name for an office, keep it, and return its reference."""
    box = seal(owner, name)
    lay([box])
    return box.ref


def opened(refs: Iterable[str], owner: int) -> Mapping[str, str]:
    """The names of an office behind these references; erased or foreign ones are absent."""
    wanted = list(dict.fromkeys(refs))
    found: dict[str, str] = {}
    # In parts: an engine takes so many parameters and no more, an export has more names.
    for start in range(0, len(wanted), _PART):
        part = Secret.objects.filter(ref__in=wanted[start : start + _PART], owner=owner)
        found |= {one.ref: text for one in part if (text := open_box(_box(one))) is not None}
    return found


def _box(secret: Secret) -> Box:
    return Box(secret.ref, secret.owner, bytes(secret.nonce), bytes(secret.box))


def open_box(sealed: Box) -> str | None:
    """The name in a box, or None when its bytes were changed or another key sealed it."""
    try:
        cipher = _cipher(sealed.owner, settings.JIEDUI_VAULT_KEY)
        bound = _bound(sealed.ref, sealed.owner)
        return cipher.decrypt(sealed.nonce, sealed.box, bound).decode()
    except (InvalidTag, ValueError, TypeError):
        # Changed bytes may not even be a nonce.
        return None


def erase(refs: Iterable[str], owner: int) -> list[str]:
    """Delete these names of an office for good; returns the references that were there.

    SQLite would keep the deleted bytes in free pages and in the log beside the file: they are
    overwritten, and the log is emptied once the transaction has ended.
    """
    there = sorted(
        Secret.objects.filter(ref__in=list(refs), owner=owner).values_list("ref", flat=True)
    )
    if there and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
        transaction.on_commit(_empty_log)
    Secret.objects.filter(ref__in=there).delete()
    return there


def _empty_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def broken() -> Iterable[str]:
    """References whose box does not open or whose mark is another's: changed, or another key."""
    for secret in Secret.objects.order_by("ref").iterator():
        name = open_box(_box(secret))
        if name is None or secret.mark != mark(name):
            yield secret.ref


def present() -> frozenset[str]:
    """Every reference that the vault holds."""
    return frozenset(Secret.objects.values_list("ref", flat=True))
