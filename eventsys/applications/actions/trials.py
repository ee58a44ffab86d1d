"""What taking in the rows of a spreadsheet would do, as far as rules tell; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eventsys.applications import queries
from eventsys.applications.actions import imports
from eventsys.applications.models import Application
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.import_rows import ApplicationRow
from eventsys.base.imports import Imported
from eventsys.base.refusals import Refusal, RowRefusal
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.rules.names import name_key


class Trial:
    """Tries rows in their order, some at a time; it remembers the organisations that earlier rows would make known."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        # Company number → reference; name and kind → the references under it, each with its company number.
        self._by_cvr: dict[str, str] = {}
        self._by_name: dict[tuple[str, Kind], list[tuple[str, str | None]]] = {}

    def try_rows(self, rows: Sequence[ApplicationRow]) -> Imported:
        """What `imports.import_rows` would do with the next rows."""
        there = queries.by_reference(self._edition, {row.reference for row in rows})
        accepted, refused = 0, []
        for row in rows:
            try:
                accepted += self._would_take(row, there)
            except Refusal as no:
                refused.append(RowRefusal.of(row.row, row.reference, no))
        return Imported(len(rows), accepted, len(rows) - accepted - len(refused), tuple(refused))

    def _would_take(self, row: ApplicationRow, there: Mapping[str, Application]) -> bool:
        organisation, found_by = imports.known(row)
        existing = there.get(row.reference)
        if existing is not None:
            imports.compare(existing, row, organisation)
            return False
        before = self._newcomer_like(row)
        if organisation is not None:
            other = queries.open_of(organisation, self._edition)
            before = other.reference if other is not None else before
        if before:
            raise Refusal(Code.HAS_OPEN_APPLICATION, field=found_by or "name", other=before)
        self._remember(row)
        return True

    def _newcomer_like(self, row: ApplicationRow) -> str:
        """The reference of an earlier row that would be taken for the same organisation, as `imports.known` takes it."""
        if row.cvr is not None and row.cvr in self._by_cvr:
            return self._by_cvr[row.cvr]
        called_so = self._by_name.get((name_key(row.name), row.kind), ())
        return next((reference for reference, cvr in called_so if row.cvr is None or cvr is None), "")

    def _remember(self, row: ApplicationRow) -> None:
        if row.cvr is not None:
            self._by_cvr.setdefault(row.cvr, row.reference)
        key = name_key(row.name)
        if key:
            self._by_name.setdefault((key, row.kind), []).append((row.reference, row.cvr))
