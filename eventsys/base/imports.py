"""What became of the rows of an imported file, the same for every importer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eventsys.base.refusals import RowRefusal


@dataclass(frozen=True, slots=True)
class Imported:
    """Rows in the file, those taken, those that were there already, and those refused with why."""

    rows: int
    accepted: int
    unchanged: int
    refused: tuple[RowRefusal, ...]

    def as_json(self, texts: Mapping[Any, Any]) -> dict[str, object]:
        """The object that `flask import … --format json` prints; `message` is in the language of the moment."""
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "unchanged": self.unchanged,
            "refused": [
                {
                    "row": refusal.row,
                    "reference": refusal.reference,
                    "field": refusal.field,
                    "message": " ".join(str(texts[one.code]) % one.values for one in refusal.each()),
                }
                for refusal in self.refused
            ],
        }
