"""Writing the audit trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eventsys.audit.models import AuditEntry
from eventsys.base.db import db


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: `kind` is user, applicant, device, command, job or demo; `key` tells which, where one is."""

    kind: str
    key: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}" if self.key else self.kind


def record(act: str, kind: str, code: str, *, by: Actor, now: datetime, detail: str = "") -> None:
    """Add an entry in the running transaction. `act` is feature and verb, `detail` names fields, never values."""
    db.session.add(AuditEntry(at=now, actor=str(by), act=act, subject_kind=kind, subject_code=code, detail=detail))
