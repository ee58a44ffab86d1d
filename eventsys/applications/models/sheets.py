"""Spreadsheets of applications that organisers bring in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from eventsys.applications.models.application import KEEP_DAYS
from eventsys.applications.rules.sheets import SheetState
from eventsys.base.db import Model, internal, personal
from eventsys.base.ids import new_code


class SheetImport(Model):
    """A spreadsheet on its way in: its columns, how far it is, and the rows that could not be taken."""

    __table_args__ = (
        CheckConstraint("done BETWEEN 0 AND total", name="done"),
        CheckConstraint(
            "(finished_at IS NULL) = (state IN ('waiting', 'trying', 'queued', 'running'))", name="finished"
        ),
        CheckConstraint("undone BETWEEN 0 AND accepted", name="undone"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True, default=new_code)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str] = internal()
    # The sheet as CSV. Emptied when it is in: then only the refused rows are still of use.
    content: Mapped[bytes] = personal("brought in by an organiser", keep_days=KEEP_DAYS)
    # Heading → column of ours, empty for one that is passed over.
    columns: Mapped[dict[str, str]] = internal(default=dict)
    state: Mapped[SheetState] = mapped_column(default=SheetState.WAITING, index=True)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    accepted: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    # When the worker has tried all rows; `done` to `refused` tell then what would happen, until they are taken in.
    tried_at: Mapped[datetime | None]
    # [{"row", "reference", "field", "why", "values", "others", "cells"}]; `why` is a refusal's code, `others` what else is wrong
    # (field, why, values), `cells` the row as it came.
    refused: Mapped[list[Any]] = personal("to be put right by an organiser", keep_days=KEEP_DAYS, default=list)
    made_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    # Codes of the applications that came in by it.
    taken: Mapped[list[str]] = internal(default=list)
    # Who undoes it (`user:3`), how many went, and those that stay: [{"code", "why"}], `why` of `rules.sheets.Stays`.
    undone_by: Mapped[str] = internal(default="")
    undone: Mapped[int] = mapped_column(default=0)
    stayed: Mapped[list[Any]] = internal(default=list)
