"""An edition that runs today at the served site: its gates, links, passes and log, reached past the web."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from config import from_environment
from eventsys.app import create_app
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.clock import local
from eventsys.base.db import db, writing
from eventsys.base.ids import new_code
from eventsys.editions import actions as edition_actions
from eventsys.editions import queries as editions
from eventsys.editions.models import Edition
from eventsys.gate import actions, attention, messages, queries
from eventsys.gate.messages import MessageSaid
from eventsys.gate.models import Scan
from eventsys.gate.rules.admissions import Duplicate
from eventsys.gate.rules.devices import DeviceRole
from eventsys.passes import actions as pass_actions
from eventsys.passes import queries as passes
from eventsys.passes.rules.codec import PassKind
from eventsys.passes.rules.short_code import to_short_code

BY = Actor("command")
GATES = {
    "N": {"da": "Nordporten", "en": "North gate", "ar": "البوابة الشمالية"},
    "S": {"da": "Sydporten", "en": "South gate", "ar": "البوابة الجنوبية"},
}


@dataclass(frozen=True, slots=True)
class Issued:
    """A pass: what its QR code says, and the short code under it."""

    pass_id: str
    text: str
    short_code: str


class GateDay:
    """Two gates on a day that began two hours ago. Everything is committed, so the served site sees it."""

    def __init__(
        self,
        environment: dict[str, str],
        slug: str,
        *,
        name: str = "Taste the World",
        prepare: Callable[[], None] = lambda: None,
    ) -> None:
        """Make it; `prepare` makes the tables where there are none."""
        self.slug = slug
        self.app: Flask = create_app(from_environment(environment))
        now = clock.now()
        with self._writing():
            prepare()
            edition = edition_actions.create(
                slug,
                event=edition_actions.event_called(name),
                name=f"{name} {slug}",
                starts_on=local(now).date(),
                day_count=1,
                by=BY,
                now=now,
            )
            edition.is_published = True
            db.session.flush()
            edition.days[0].opens_at = now - timedelta(hours=2)
            edition.days[0].closes_at = now + timedelta(hours=8)
            for code, names in GATES.items():
                edition_actions.add_gate(edition, code=code, name=names)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        token = writing.set(True)
        try:
            with self.app.app_context():
                yield
                db.session.commit()
        finally:
            writing.reset(token)

    @property
    def edition(self) -> Edition:
        """The edition; within a context of the application only."""
        found = editions.find(self.slug)
        assert found is not None
        return found

    def link(
        self, gate: str = "N", *, role: DeviceRole = DeviceRole.SCAN, phones: int = 50, until: datetime | None = None
    ) -> str:
        """The path of a link that lets phones in."""
        now = clock.now()
        with self._writing():
            place = queries.gate(self.edition, gate)
            assert place is not None
            made = actions.make_link(
                place,
                role=role,
                valid_from=now,
                valid_until=until or now + timedelta(hours=9),
                most_devices=phones,
                by=BY,
                now=now,
            )
            return f"/gate/#{made.token}"

    def tell(self, text: str) -> None:
        """A message to the phones of every gate."""
        with self._writing():
            messages.send(self.edition, MessageSaid(text, "", new_code()), by=BY, now=clock.now())

    def passes(self, count: int = 1, *, kind: PassKind = PassKind.VISITOR) -> list[Issued]:
        """Passes for today."""
        with self._writing():
            issued = pass_actions.issue(self.edition, kind, days=[1], count=count, by=BY, now=clock.now())
            return [Issued(one.pass_id, one.text, to_short_code(one.pass_id)) for one in issued]

    def revoke(self, issued: Issued) -> None:
        """End a pass."""
        with self._writing():
            found = passes.find(self.edition, issued.pass_id)
            assert found is not None
            pass_actions.revoke(found, reason="lost", by=BY, now=clock.now())

    def sign_out(self, code: str) -> None:
        """Sign a phone out, as an organiser does in the control room."""
        with self._writing():
            device = queries.find_device(self.edition, code)
            assert device is not None
            actions.revoke_device(device, by=BY, now=clock.now())

    def log(self) -> Sequence[Any]:
        """The scans of the edition in the order of their corrected times."""
        with self.app.app_context():
            query = select(Scan).where(Scan.edition_id == self.edition.id).order_by(Scan.corrected_at, Scan.scan_id)
            found = db.session.scalars(query).all()
            db.session.expunge_all()
            return found

    def is_sound(self) -> bool:
        """Whether every cached figure is what the log says (`flask gate rebuild --check`)."""
        with self._writing():
            return actions.rebuild(self.edition, is_check=True) == []

    def inside(self) -> int:
        """How many are inside now."""
        with self.app.app_context():
            return queries.inside_now(self.edition, now=clock.now())

    def admitted_at(self, gate: str) -> int:
        """How many passes a gate let in for the first time today."""
        with self.app.app_context():
            place = queries.gate(self.edition, gate)
            assert place is not None
            return queries.counts_of_gate(place, day=1).admitted

    def twice(self) -> Sequence[Duplicate]:
        """Passes that came in twice, as the control room lists them."""
        with self.app.app_context():
            found = attention.of_day(self.edition, 1)
            return [*found.duplicates, *found.no_fault]


def demo_environment(var: Path, url: str) -> dict[str, str]:
    """The settings with which the demo serves its folder."""
    return {"EVENTSYS_MODE": "demo", "EVENTSYS_VAR": str(var), "DATABASE_URL": "", "EVENTSYS_BASE_URL": url}
