"""django-import-export: a resource over the peers' model, a dry run with its diff, the import.

What its documentation offers for speed is used: `use_bulk` with a batch size, a queryset that
joins what is shown, pairings kept in memory, no HTML of the diff in the import that nobody sees;
the model has the index that finds an instance, and no uniqueness to be asked for. The preview
needs the diff, so `skip_diff` stays off. The workbook is read by tablib for each of the two, as its
admin pages do between upload and confirmation. With `--loader` it also has an instance loader
written for this bench, which reads what stands once instead of asking for each row: its own
`CachedInstanceLoader` takes but one field.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import tablib
from import_export import fields, instance_loaders, resources, widgets

from benchmarks.intake_meter import Meter, tell
from benchmarks.intake_peer import FIELDS, IDENTITY, NAMES, READ, Fund, Pairing, set_up

HEADINGS = {name: heading for heading, name in FIELDS.items()}


class CellWidget(widgets.Widget):
    """A cell read as every peer reads it, and shown as its preview shows it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def clean(self, value: object, row: Any = None, **_more: object) -> Any:  # noqa: ARG002
        """The value, or a ValueError that says what is wrong with the cell."""
        return READ[self.name](value)

    def render(self, value: object, obj: Any = None, **_more: object) -> str:  # noqa: ARG002
        """The words of the diff."""
        return "" if value is None else str(value)


class Loader(instance_loaders.ModelInstanceLoader):
    """Its own loader; a faulty cell is told when the row is read, and no error of the file."""

    def get_instance(self, row: Any) -> Any:
        """The entry that a row is, asked for by what makes two rows the same."""
        try:
            return super().get_instance(row)
        except ValueError:
            return None


class Standing(Loader):
    """What stands, read once and found by identity."""

    def __init__(self, resource: Any, dataset: Any = None) -> None:
        super().__init__(resource, dataset)
        found = self.get_queryset()
        self.known = {tuple(getattr(one, name) for name in IDENTITY): one for one in found}

    def get_instance(self, row: Any) -> Any:
        """The entry that a row is."""
        try:
            return self.known.get(tuple(READ[name](row[HEADINGS[name]]) for name in IDENTITY))
        except ValueError:
            return None


class Funds(resources.ModelResource):
    """The dry run: each row's diff as HTML, each fault at its field."""

    class Meta:
        """The documented options."""

        model = Fund
        fields = NAMES
        import_id_fields = IDENTITY
        use_bulk = True
        batch_size = 1000
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        instance_loader_class = Loader

    def get_queryset(self) -> Any:
        """Entries with what they point to."""
        return Fund.objects.select_related("pairing")


for _name in NAMES:
    Funds.fields[_name] = fields.Field(
        attribute=_name, column_name=HEADINGS[_name], widget=CellWidget(_name)
    )


class FundsImport(Funds):
    """The import: what was shown is not drawn again."""

    class Meta(Funds.Meta):
        """The same without HTML."""

        skip_html_diff = True


def _dataset(path: Path) -> Any:
    return tablib.Dataset().load(path.read_bytes(), format="xlsx")


def load(path: Path, resource: Any = FundsImport, *, dry_run: bool = False) -> tuple[Any, int]:
    """Import the good rows, all or none; gives the counts and how many messages there were."""
    result = resource().import_data(_dataset(path), dry_run=dry_run, use_transactions=True)
    assert not result.has_errors(), result.row_errors()[:1] or result.base_errors
    told = [
        (row.number, name, " ".join(said))
        for row in result.invalid_rows
        for name, said in row.error.message_dict.items()
    ]
    totals = result.totals
    counts = {
        "added": totals["new"], "changed": totals["update"], "unchanged": totals["skip"],
        "problem": totals["invalid"],
    }  # fmt: skip
    return counts, len(told)


def main(standing: str, brought: str, *options: str) -> None:
    """Load what stands, and measure the way of what is brought."""
    set_up()
    if "--loader" in options:
        for resource in (Funds, FundsImport):
            resource._meta.instance_loader_class = Standing
    load(Path(standing))
    with Meter() as meter:
        shown, messages = load(Path(brought), Funds, dry_run=True)
        done, _ = load(Path(brought))
    assert (shown, Pairing.objects.count()) == (done, 1)
    assert Fund.objects.count() >= done["added"]
    tell(meter, done, messages)


if __name__ == "__main__":
    main(*sys.argv[1:])
