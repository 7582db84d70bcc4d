"""The index of search: derived from the book, in no archive, made again from it at any time.

Its words stand beside it, where each database keeps what it finds words by: `jd_search_words`, an
FTS5 table, on SQLite, and a column `words` of `jd_search` on PostgreSQL (`site.store.postings`).
"""

from __future__ import annotations

from django.db import models


class Indexed(models.Model):
    """One version of an entry, or one part of a document, as it is found.

    `kind` is the ledger's name, or `documents`; `version` is the version's id, or the number of the
    part. Numbers of rows are never given twice: SQLite's words of a row that is gone stay behind.
    """

    SCOPE = "that of the entry or document that it stands for, by site.store.indexing"
    DERIVED = True

    kind = models.CharField(max_length=40)
    entry = models.BigIntegerField()
    version = models.BigIntegerField()
    owner = models.BigIntegerField()
    pairing = models.BigIntegerField(null=True)
    day = models.DateField()

    class Meta:
        """One row a version or part; read backwards in the order of days."""

        db_table = "jd_search"
        constraints = (
            models.UniqueConstraint(fields=("kind", "version", "entry"), name="jd_search_once"),
        )
        indexes = (models.Index(fields=("day", "kind", "entry"), name="jd_search_day"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class IndexedName(models.Model):
    """A keyed hash of a protected name, gone with the name; `ref` is empty for a document's."""

    SCOPE = "owner: found only by viewers who may reveal, by site.store.questions"
    DERIVED = True

    indexed = models.ForeignKey(Indexed, on_delete=models.CASCADE)
    owner = models.BigIntegerField()
    ref = models.CharField(max_length=32, blank=True)
    hash = models.BinaryField(max_length=16)

    class Meta:
        """Found by the hash, and by the reference when the name is erased."""

        db_table = "jd_search_name"
        indexes = (
            models.Index(fields=("hash",), name="jd_search_name_hash"),
            models.Index(fields=("ref",), name="jd_search_name_ref"),
        )

    def __str__(self) -> str:
        return self.ref


class IndexDue(models.Model):
    """A link whose entries the index has not taken in yet; 0 stands for the whole book."""

    SCOPE = "nobody's words: whether the index is behind, by site.store.indexing"
    DERIVED = True

    link = models.BigIntegerField(primary_key=True)

    class Meta:
        """The table's name."""

        db_table = "jd_search_due"

    def __str__(self) -> str:
        return f"{self.link}"
