"""Workbooks on their way into the book, and what became of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Batch(models.Model):
    """One workbook of one office: waiting for a person's word, loaded, undone or dropped.

    `plan` is the digest of what the person was shown; `counts` and `given` are JSON. The bytes
    wait encrypted in the work folder and are gone once the batch is decided.
    """

    SCOPE = "owner: only the office that brought it, by site.store.previewing"

    key = models.CharField(max_length=13, primary_key=True)
    owner = models.BigIntegerField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    ledger = models.CharField(max_length=40)
    # The one sheet of the workbook that is meant; empty for the first that fits the ledger.
    sheet = models.CharField(max_length=255, blank=True, default="")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    received = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    given = models.TextField(default="{}")
    # By which earlier batches of the same headings are found, and what was answered to questions
    # about its rows: JSON, "same" or "new" by the number of the row.
    layout = models.CharField(max_length=64, blank=True, default="")
    answers = models.TextField(default="{}")
    plan = models.CharField(max_length=64, blank=True)
    counts = models.TextField(default="{}")
    # The SHA-256 of what is kept of a workbook that holds persons and is not kept itself.
    stripped = models.CharField(max_length=64, blank=True, default="")
    link = models.BigIntegerField(null=True)
    undone = models.BigIntegerField(null=True)

    class Meta:
        """Read newest first, an office at a time."""

        db_table = "jd_batch"
        indexes = (models.Index(fields=("owner", "-received"), name="jd_batch_list"),)

    def __str__(self) -> str:
        return self.key


class Mapping(models.Model):
    """Which heading is which field, as an office said it for a layout of headings."""

    SCOPE = "owner: only the office that said it, by site.store.previewing"

    owner = models.BigIntegerField()
    layout = models.CharField(max_length=64)
    fields = models.TextField()

    class Meta:
        """One an office and layout."""

        db_table = "jd_mapping"
        constraints = (models.UniqueConstraint(fields=("owner", "layout"), name="jd_mapping_once"),)

    def __str__(self) -> str:
        return self.layout
