"""Tags on free text: stuck on and taken off by organisers, once the survey has closed and its texts can be read."""

from __future__ import annotations

from datetime import datetime

from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.surveys.models import Survey, TextTag
from eventsys.surveys.rules.free_text import tag_of


def tag(survey: Survey, item_id: int, text_key: str, *, name: str, by: Actor, now: datetime) -> None:
    """Stick a tag on a text; one that it has already stays. Refused: TAG_EMPTY, TAG_TOO_LONG."""
    kept = tag_of(name)
    if db.session.get(TextTag, (survey.id, item_id, text_key, kept)) is None:
        db.session.add(TextTag(survey_id=survey.id, item_id=item_id, text_key=text_key, name=kept))
        record("surveys.tagged", "survey", survey.code, by=by, now=now)


def untag(survey: Survey, item_id: int, text_key: str, *, name: str, by: Actor, now: datetime) -> None:
    """Take a tag off a text again; one that it doesn't have is off."""
    there = db.session.get(TextTag, (survey.id, item_id, text_key, name))
    if there is not None:
        db.session.delete(there)
        record("surveys.untagged", "survey", survey.code, by=by, now=now)
