"""The coming festival's questionnaire, half-written: last year's questions, and two new ones of which a language lacks one."""

from __future__ import annotations

from datetime import datetime

from eventsys.audit.actions import Actor
from eventsys.editions.models import Edition
from eventsys.surveys import building, queries
from eventsys.surveys.building import Named
from eventsys.surveys.library import chosen
from eventsys.surveys.rules.instruments import Audience, Breakdown, Item, ItemKind, ShownIf

NAMES = {"da": "Hvordan gik dagene?", "en": "How did the days go?", "ar": "كيف سارت الأيام؟"}
WHY_NOT = {"da": "Hvorfor ikke?", "en": "Why not?"}


def begin(edition: Edition, *, last: Edition, by: Actor, now: datetime) -> None:
    """Begin the edition's questionnaire with what was asked after the last one."""
    draft = building.begin(
        edition.slug,
        Named(NAMES, (Breakdown.MINORITY_ASSOCIATION,)),
        source=queries.instrument(last.slug),
        by=by,
        now=now,
    )
    asked_of = frozenset({Audience.ASSOCIATION, Audience.RESTAURANT})
    why_not = Item("why_not", ItemKind.TEXT, WHY_NOT, audiences=asked_of, shown_if=ShownIf("again", ("no",)))
    building.add_items(draft, (*chosen(["across"]), why_not), by=by, now=now)
