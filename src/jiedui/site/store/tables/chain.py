"""Links: one row a write, each sealed over the one before."""

from __future__ import annotations

from django.db import models


class Link(models.Model):
    """One write: who, when, why, from which source, what it wrote and what it ended.

    `wrote` and `ends` are JSON: ledger name to [first id, last id, declaration], with the seals of
    documents received under `jd_document`; and ledger name to ids.
    `head` is SHA-256 over the link before and everything here (`site.store.chain`).
    """

    SCOPE = "viewers: number and head, by site.store.chain; `by` and `why` with what they see"

    number = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=32)
    account = models.BigIntegerField()
    by = models.CharField(max_length=80)
    office = models.BigIntegerField()
    why = models.CharField(max_length=500)
    source = models.CharField(max_length=120)
    wrote = models.TextField()
    ends = models.TextField()
    erased = models.TextField()
    head = models.BinaryField(max_length=32)

    class Meta:
        """The table's name."""

        db_table = "jd_link"

    def __str__(self) -> str:
        return f"{self.number}"
