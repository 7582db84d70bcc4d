"""The peers' ledger: a Django model with the fields, choices and rules of the funds ledger.

What a cell means is read here for both peers. A cell that cannot be read raises ValueError in
words; that one is required, too long, none of the choices, or breaks a rule says `full_clean`.
It keeps no versions and no chain, and opens the workbook in the serving process.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils.functional import cached_property

from benchmarks import intake_app
from benchmarks.intake_sheet import HEADINGS, PAIRING, PLACES
from jiedui import ledgers
from jiedui.ledgers.words import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LABEL = intake_app.Peer.label
KIND = ledgers.ledgers()["funds"]
NAMES = (
    "programme", "pairing", "place", "document_number", "nature", "level", "stage", "amount", "day",
    "payer", "payee", "payee_is_person", "project", "voucher", "purpose", "kind",
)  # fmt: skip
FIELDS = dict(zip(HEADINGS, NAMES, strict=True))
IDENTITY = KIND.identity
FEN = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}
_UNIT = re.compile(r"(.*?)(亿元|万元|元)?$")
FORMS = ("%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y%m%d")


def choices(name: str) -> dict[str, str]:
    """The code of each label of a field's choices."""
    field = KIND.fields[name]
    assert isinstance(field, Choice)
    return {one.label: str(one.value) for one in field.options}


class Pairing(models.Model):
    """What the funds belong to."""

    objects: ClassVar[models.Manager[Pairing]] = models.Manager()
    called = models.CharField(max_length=200, unique=True)

    class Meta:
        """A table beside the funds."""

        app_label = LABEL

    def __str__(self) -> str:
        return self.called


def _choice(name: str, *, blank: bool = False) -> Any:
    pairs = [(code, label) for label, code in choices(name).items()]
    return models.CharField(max_length=40, choices=pairs, blank=blank)


class Fund(models.Model):
    """A movement of money, with the indexes that its list and its comparison need."""

    objects: ClassVar[models.Manager[Fund]] = models.Manager()
    programme = _choice("programme")
    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT)
    place = models.CharField(max_length=6, db_index=True)
    document_number = models.CharField(max_length=80)
    nature = _choice("nature")
    level = _choice("level", blank=True)
    stage = _choice("stage")
    amount = models.BigIntegerField()
    day = models.DateField(db_index=True)
    payer = models.CharField(max_length=200, blank=True)
    payee = models.CharField(max_length=200, blank=True)
    payee_is_person = models.BooleanField(null=True, blank=True)
    project = models.CharField(max_length=200, blank=True)
    voucher = models.CharField(max_length=80, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    kind = _choice("kind", blank=True)

    class Meta:
        """Found by what makes two rows the same event; no row is asked for one by one."""

        app_label = LABEL
        indexes: ClassVar = [models.Index(fields=["document_number", "stage", "day"], name="same")]

    def __str__(self) -> str:
        return self.document_number

    def clean(self) -> None:
        """The ledger's rules over one row."""
        if self.amount is not None and self.amount <= 0:
            raise ValidationError({"amount": "金额应大于零；收回的资金请用环节“收回”填正数"})
        if self.payer and self.payer == self.payee:
            raise ValidationError({"payee": "付款方与收款方相同"})

    def clean_fields(self, exclude: Any = None) -> None:
        """Spare the query for each row that asks whether the pairing found is there."""
        super().clean_fields(exclude={*(exclude or ()), *_found(self)})


def _found(fund: Fund) -> tuple[str, ...]:
    return ("pairing",) if vars(fund).get("pairing_id") else ()


def _text(cell: object) -> str:
    return str(cell).strip() if cell is not None else ""


def _one_of(name: str) -> Callable[[object], str]:
    known = choices(name)

    def read(cell: object) -> str:
        text = _text(cell)
        if text and text not in known:
            raise ValueError(f"“{text}”不是选项；可填：{'、'.join(known)}")
        return known.get(text, "")

    return read


def _place(cell: object) -> str:
    text = _text(cell)
    if text and text not in PLACES:
        raise ValueError(f"没有找到行政区划“{text}”")
    return PLACES.get(text, "")


def _fen(cell: object) -> int | None:
    """Whole fen of an amount in the heading's unit, or in its own."""
    if cell is None:
        return None
    said, unit = _UNIT.match(str(cell).strip().replace(",", "")).groups()  # type: ignore[union-attr]
    try:
        return int((Decimal(said) * FEN[unit or "万元"]).to_integral_value())
    except InvalidOperation:
        raise ValueError(f"“{cell}”不是金额；应如 12.5 或 125000元") from None


def _day(cell: object) -> date | None:
    if cell is None or isinstance(cell, datetime):
        return cell.date() if cell else None
    for form in FORMS:
        try:
            return datetime.strptime(str(cell).strip(), form).date()  # noqa: DTZ007 - a day has none
        except ValueError:
            continue
    raise ValueError(f"“{cell}”不是日期；应如 2024-05-21")


def _flag(cell: object) -> bool | None:
    text = _text(cell)
    if text not in {"是", "否", ""}:
        raise ValueError(f"“{text}”应为 是 或 否")
    return {"是": True, "否": False}.get(text)


class Pairings:
    """The pairings by name, read once."""

    @cached_property
    def known(self) -> Mapping[str, Pairing]:
        """All there are."""
        return {one.called: one for one in Pairing.objects.all()}

    def read(self, cell: object) -> Pairing | None:
        """The pairing of that name."""
        text = _text(cell)
        if text and text not in self.known:
            raise ValueError(f"结对名录中没有“{text}”")
        return self.known.get(text)


READ: dict[str, Callable[[Any], Any]] = dict.fromkeys(NAMES, _text) | {
    "programme": _one_of("programme"), "pairing": Pairings().read, "place": _place,
    "nature": _one_of("nature"), "level": _one_of("level"), "stage": _one_of("stage"),
    "amount": _fen, "day": _day, "payee_is_person": _flag, "kind": _one_of("kind"),
}  # fmt: skip


def set_up() -> None:
    """Make the tables and the pairing."""
    with connection.schema_editor() as editor:
        editor.create_model(Pairing)
        editor.create_model(Fund)
    Pairing.objects.create(called=PAIRING)
