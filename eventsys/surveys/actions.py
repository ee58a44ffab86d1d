"""Writing surveys: instruments, and the answers that come in."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.ids import new_code
from eventsys.base.imports import Imported
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition
from eventsys.surveys import queries
from eventsys.surveys.models import Answer, AnswerImport, Instrument, Item, Response, ResponseEntry, Survey
from eventsys.surveys.rules import answers as answer_rules
from eventsys.surveys.rules import instruments as rules
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.values import stored


def publish_instrument(draft: rules.Instrument, *, by: Actor, now: datetime) -> Instrument:
    """Keep an instrument as published: from then on the database refuses any change to it.

    Refused: what `rules.published` refuses; DRAFT_THERE while that version is being written on the pages. A version that
    is published already is returned as it is.
    """
    there = queries.published(draft.key)
    if there is not None and there.version >= draft.version:
        return there
    ready = rules.published(draft)
    make_room(ready.key, ready.version)
    kept = Instrument(
        key=ready.key,
        version=ready.version,
        name=ready.name,
        breakdowns=[breakdown.value for breakdown in ready.breakdowns],
        items=[item_row(item, position) for position, item in enumerate(ready.items, start=1)],
    )
    db.session.add(kept)
    db.session.flush()  # Items are written while it is a draft; then it is closed.
    kept.state, kept.published_at = rules.InstrumentState.PUBLISHED, now
    record("surveys.instrument_published", "instrument", kept.code, by=by, now=now)
    return kept


def make_room(key: str, version: int) -> None:
    """Drop the draft of a version that was thrown away; it can't be taken up again. Refused: DRAFT_THERE for one that wasn't."""
    there = queries.version_of(key, version, is_removed=None)
    if there is not None and there.removed_at is None:
        raise Refusal(Code.DRAFT_THERE, field="key", key=key, version=version)
    if there is not None:
        for gone in (*there.items, there):
            db.session.delete(gone)
        db.session.flush()


def item_row(item: rules.Item, position: int) -> Item:
    """The item as the table keeps it."""
    return Item(
        key=item.key,
        position=position,
        kind=item.kind,
        text=item.text,
        options=[option.to_json() for option in item.options],
        audiences=sorted(audience.value for audience in item.audiences),
        is_required=item.is_required,
        lowest=item.lowest,
        highest=item.highest,
        shown_if=item.shown_if.to_json() if item.shown_if else {},
    )


def open_survey(
    edition: Edition,
    instrument: Instrument,
    *,
    opens_at: datetime,
    closes_at: datetime | None,
    months_after: int = 0,
    by: Actor,
    now: datetime,
) -> Survey:
    """Put an instrument to the audiences of an edition, once more where it is `months_after` it.

    Refused: NOT_PUBLISHED, ORDER_OF_TIMES.
    """
    if instrument.state is not rules.InstrumentState.PUBLISHED:
        raise Refusal(Code.NOT_PUBLISHED, field="instrument", version=instrument.version)
    if closes_at is not None and closes_at <= opens_at:
        raise Refusal(Code.ORDER_OF_TIMES, field="closes_at")
    survey = Survey(
        code=new_code(),
        edition_id=edition.id,
        instrument=instrument,
        months_after=months_after,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    db.session.add(survey)
    record("surveys.opened", "survey", survey.code, by=by, now=now)
    return survey


def import_answers(survey: Survey, content: bytes, *, answered_on: date, by: Actor, now: datetime) -> Imported:
    """Take in answers from a CSV file; a file that is in already changes nothing.

    Refused as a whole: what `rules.answers.read_answers` refuses; a bad row is listed and the others go in.
    """
    file = answer_rules.read_answers(content, queries.as_rules(survey.instrument))
    if queries.is_imported(survey, file.digest):
        return Imported(file.row_count, 0, len(file.rows), file.refused)
    ids = {item.key: item.id for item in survey.instrument.items}
    given = {secrets.token_hex(16): row for row in file.rows}
    db.session.add_all(
        Response(
            id=response_id,
            survey_id=survey.id,
            audience=row.audience.value,
            language=row.language,
            breakdowns=row.breakdowns,
            answered_on=answered_on,
            entry=ResponseEntry.IMPORT,
        )
        for response_id, row in given.items()
    )
    db.session.flush()  # Answers refer to responses, and relate to nothing that would order the two.
    db.session.add_all(
        Answer(response_id=response_id, item_id=ids[key], value=stored(value))
        for response_id, row in given.items()
        for key, value in row.values.items()
    )
    if file.rows:
        db.session.add(AnswerImport(survey_id=survey.id, digest=file.digest, imported_at=now))
        record("surveys.answers_imported", "survey", survey.code, by=by, now=now, detail=f"{len(file.rows)} responses")
    return Imported(file.row_count, len(file.rows), 0, file.refused)
