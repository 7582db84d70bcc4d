"""Documents as they came and as they were read, and what they propose to enter."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Document(models.Model):
    """One document of one office; its bytes lie in the media folder under their hash.

    `reading` is the JSON that reading gave: facts and edits with spans into `text`, proposals.
    """

    SCOPE = "owner: only the office that brought it, by site.store.documents"

    key = models.CharField(max_length=13, primary_key=True)
    owner = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    media = models.CharField(max_length=40)
    encoding = models.CharField(max_length=20)
    received = models.DateTimeField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=120)
    published = models.DateField(null=True)
    damaged = models.TextField()
    text = models.TextField()
    reading = models.TextField()
    seal = models.CharField(max_length=64)

    class Meta:
        """One document an office and content; the list is read newest first."""

        db_table = "jd_document"
        constraints = (
            models.UniqueConstraint(fields=("owner", "sha256"), name="jd_document_once"),
        )
        indexes = (models.Index(fields=("owner", "-received"), name="jd_document_list"),)

    def __str__(self) -> str:
        return self.key


class Former(models.Model):
    """What a document said before a choice: its text and reading, and what the choice changed.

    `key` is that of the document and a number from 1; the choice put `length` code points into
    the place of those from `starts_at` to `ends_at`. `seal` is a hash over the rest of the row.
    """

    SCOPE = "owner: that of its document, by site.store.former"

    key = models.CharField(max_length=24, primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="formers")
    number = models.IntegerField()
    text = models.TextField()
    reading = models.TextField()
    starts_at = models.IntegerField()
    ends_at = models.IntegerField()
    length = models.IntegerField()
    seal = models.CharField(max_length=64)

    class Meta:
        """The table's name and order."""

        db_table = "jd_former"
        ordering = ("document", "number")

    def __str__(self) -> str:
        return self.key


class Proposal(models.Model):
    """A proposal of a document's reading, by its position there; decided once, by a person.

    `seal` is a hash over the rest of the row, made when it is made and when it is decided.
    """

    SCOPE = "owner: that of its document, by site.store.deciding"

    key = models.CharField(max_length=13, primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="proposals")
    position = models.IntegerField()
    state = models.CharField(max_length=10, default="open")
    decided_by = models.CharField(max_length=80, blank=True)
    decided = models.DateTimeField(null=True)
    entry = models.BigIntegerField(null=True)
    why = models.CharField(max_length=500, blank=True)
    seal = models.CharField(max_length=64, default="")

    class Meta:
        """The table's name and order."""

        db_table = "jd_proposal"
        ordering = ("document", "position")

    def __str__(self) -> str:
        return self.key
