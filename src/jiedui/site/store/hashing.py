"""Keyed hashes of protected names, by which an office finds its own and nobody else's.

HMAC-SHA256 with a key of its own for each office (HKDF over the vault key): the same name is
another hash in another office, and without the key a hash cannot be tried against a list of names.
Not for opening names: that is `vault`.
"""

from __future__ import annotations

import hmac
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from jiedui.search.content import name_key

_BYTES = 16


@lru_cache(maxsize=256)
def _key(owner: int, key: str) -> bytes:
    derived = HKDF(SHA256(), 32, salt=None, info=f"jiedui search names {owner}".encode())
    return derived.derive(key.encode())


def name_hash(owner: int, name: str) -> bytes:
    """Sixteen bytes for a name of an office, however it is written."""
    key = _key(owner, settings.JIEDUI_VAULT_KEY)
    # A text that came as JSON may hold halves of characters, which are no UTF-8.
    said = name_key(name).encode("utf-8", "surrogatepass")
    return hmac.digest(key, said, "sha256")[:_BYTES]
