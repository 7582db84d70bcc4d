"""The vault: seals a person's name under a random reference, opens it, and erases it for good.

AES-256-GCM with a key of its own for each office (HKDF over the vault key); the reference and
the owner are bound in as associated data, so that a box moved to another row does not open.
"""

from __future__ import annotations

import os
import secrets
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


def _bound(ref: str, owner: int) -> bytes:
    return f"{ref}|{owner}".encode()


def put(owner: int, name: str) -> str:
    """Seal a name for an office and return its reference (32 hex digits)."""
    ref = secrets.token_hex(16)
    nonce = os.urandom(12)
    box = _cipher(owner, settings.JIEDUI_VAULT_KEY).encrypt(
        nonce, name.encode(), _bound(ref, owner)
    )
    Secret.objects.create(ref=ref, owner=owner, nonce=nonce, box=box)
    return ref


def opened(refs: Iterable[str], owner: int) -> Mapping[str, str]:
    """The names of an office behind these references; erased or foreign ones are absent."""
    wanted = list(dict.fromkeys(refs))
    found: dict[str, str] = {}
    # In parts: an engine takes so many parameters and no more, an export has more names.
    for start in range(0, len(wanted), _PART):
        part = Secret.objects.filter(ref__in=wanted[start : start + _PART], owner=owner)
        found |= {secret.ref: text for secret in part if (text := _open(secret)) is not None}
    return found


def _open(secret: Secret) -> str | None:
    try:
        cipher = _cipher(secret.owner, settings.JIEDUI_VAULT_KEY)
        plain = cipher.decrypt(
            bytes(secret.nonce), bytes(secret.box), _bound(secret.ref, secret.owner)
        )
        return plain.decode()
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
    """References whose box does not open: changed bytes, or another vault key."""
    for secret in Secret.objects.order_by("ref").iterator():
        if _open(secret) is None:
            yield secret.ref


def present() -> frozenset[str]:
    """Every reference that the vault holds."""
    return frozenset(Secret.objects.values_list("ref", flat=True))
