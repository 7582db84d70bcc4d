"""One version table a ledger, made from its declaration.

The table carries only what never changes: types, the owner, one current version of an entry.
Everything else about values is `ledgers.check`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from jiedui import ledgers
from jiedui.ledgers.words import Many

if TYPE_CHECKING:
    from jiedui.ledgers import Ledger
    from jiedui.ledgers.words import Field


class Version(models.Model):
    """What every version has; `ended` is the link that ended it, null while it is current.

    `id`s are handed out by the link that writes, without gaps inside it; `identity` is a hash
    of what makes two rows the same event, for finding doubles.
    """

    SCOPE: ClassVar[str] = "owner, place and pairing: by site.store.door"

    id = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField()
    link = models.BigIntegerField()
    ended = models.BigIntegerField(null=True)
    declaration = models.CharField(max_length=16)
    identity = models.BinaryField(max_length=16)
    digest = models.BinaryField(max_length=16)

    class Meta:
        """Columns only; each ledger has its own table."""

        abstract = True

    def __str__(self) -> str:
        return f"{self.entry}/{self.id}"


def table_name(ledger: str) -> str:
    """The version table's name: never the ledger's own, which a scoped select bears."""
    return f"jd_v_{ledger}"


def columns(field: Field) -> dict[str, models.Field[Any, Any]]:
    """The columns of a field: child rows travel as canonical JSON with their count."""
    if isinstance(field, Many):
        return {
            field.name: models.TextField(default="[]"),
            f"{field.name}_count": models.IntegerField(default=0),
        }
    made = {field.name: _column(field)}
    if field.person:
        made[f"{field.name}_vault"] = models.CharField(max_length=32, null=True)
    return made


def _column(field: Field) -> models.Field[Any, Any]:
    if field.kind in {"whole", "money", "ref"}:
        return models.BigIntegerField(null=True)
    if field.kind == "date":
        return models.DateField(null=True)
    if field.kind == "flag":
        return models.BooleanField(null=True)
    return models.TextField(null=True)


def version_model(ledger: type[Ledger]) -> type[Version]:
    """The Django model of a ledger's version table."""
    name = ledger.name
    body: dict[str, object] = {
        "__module__": __name__,
        "__doc__": f"Versions of {ledger.title}.",
        "Meta": type(
            "Meta",
            (),
            {
                "db_table": table_name(name),
                "constraints": (
                    models.UniqueConstraint(
                        fields=("entry",),
                        condition=models.Q(ended__isnull=True),
                        name=f"jd_{name}_current",
                    ),
                ),
                "indexes": _indexes(ledger),
            },
        ),
    }
    for field in ledger.fields.values():
        body |= columns(field)
    return type(f"{ledger.__name__}Version", (Version,), body)


def _indexes(ledger: type[Ledger]) -> tuple[models.Index, ...]:
    name = ledger.name[:18]
    made = [
        models.Index(fields=("entry", "link"), name=f"jd_{name}_entry"),
        models.Index(fields=("link",), name=f"jd_{name}_link"),
        models.Index(fields=("ended",), name=f"jd_{name}_ended"),
        models.Index(fields=("owner", "identity"), name=f"jd_{name}_same"),
    ]
    if "place" in ledger.fields and ledger.on:
        made.append(models.Index(fields=("place", ledger.on), name=f"jd_{name}_place"))
    if "pairing" in ledger.fields:
        made.append(models.Index(fields=("pairing",), name=f"jd_{name}_pair"))
    return tuple(made)


VERSIONS: dict[str, type[Version]] = {
    name: version_model(ledger) for name, ledger in ledgers.ledgers().items()
}
