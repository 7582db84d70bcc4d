"""The vault: persons' names, apart from the hashed columns, encrypted, erasable."""

from __future__ import annotations

from django.db import models


class Secret(models.Model):
    """One name under a random reference; `box` is AES-GCM over it, bound to owner and ref.

    `mark` is a keyed hash that two boxes of the same name share, whichever office sealed them; it
    goes when the name does.
    """

    SCOPE = "owner: opened only for viewers who may reveal, by site.store.vault"

    ref = models.CharField(max_length=32, primary_key=True)
    owner = models.BigIntegerField()
    nonce = models.BinaryField(max_length=12)
    box = models.BinaryField()
    mark = models.CharField(max_length=32, default="")

    class Meta:
        """The table's name."""

        db_table = "jd_vault"

    def __str__(self) -> str:
        return self.ref
