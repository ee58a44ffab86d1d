"""Files that people sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventsys.base.db import Model, internal, personal
from eventsys.base.ids import new_code

KEEP_DAYS = 365


class StoredFile(Model):
    """One file as we keep it: a picture re-encoded, a PDF as it came. Its content lies under its code, outside the web root."""

    __table_args__ = (
        CheckConstraint("size > 0", name="size"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True, default=new_code)
    # What it was called where it came from; shown, never a path.
    name: Mapped[str] = personal("to tell one document from the other", keep_days=KEEP_DAYS)
    media_type: Mapped[str] = internal()
    # Bytes, and their digest in hexadecimal.
    size: Mapped[int]
    sha256: Mapped[str] = internal()
    # Pixels of a picture; empty for others.
    width: Mapped[int | None]
    height: Mapped[int | None]
    stored_at: Mapped[datetime]
