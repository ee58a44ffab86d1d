"""The audit trail: ids and verbs, never the values themselves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from eventsys.base.db import Model, internal


class AuditEntry(Model):
    """One act of consequence. Triggers refuse update and delete (migration 0001)."""

    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    # `user:12`, `applicant`, `device:K7QM2PXD`, `command`, `job`, `demo`: a key, never a name.
    actor: Mapped[str] = internal()
    # Feature and verb: `applications.approved`.
    act: Mapped[str] = internal(index=True)
    subject_kind: Mapped[str] = internal()
    subject_code: Mapped[str] = internal()
    # Names of what changed, or a count; no values.
    detail: Mapped[str] = internal(default="")
