"""Reading instruments and answers; answers are only ever counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.surveys.models import AnswerImport, Instrument, Item, Response, Survey
from eventsys.surveys.rules import instruments as rules
from eventsys.surveys.rules.options import Option

LONGEST_VERSION = 6


def instrument(key: str) -> Instrument | None:
    """The newest version of an instrument, be it a draft."""
    return db.session.scalar(_versions(key).where(Instrument.removed_at.is_(None)))


def published(key: str) -> Instrument | None:
    """The newest published version of an instrument."""
    return db.session.scalar(_versions(key).where(Instrument.state == rules.InstrumentState.PUBLISHED))


def version_of(key: str, version: int, *, is_removed: bool | None = False) -> Instrument | None:
    """One version of an instrument; with `is_removed` a draft that was thrown away, with None either."""
    query = _versions(key).where(Instrument.version == version)
    if is_removed is not None:
        query = query.where(Instrument.removed_at.is_not(None) if is_removed else Instrument.removed_at.is_(None))
    return db.session.scalar(query)


def by_code(code: str, *, is_removed: bool = False) -> Instrument | None:
    """The version of an instrument that an address names."""
    key, _dot, version = code.rpartition(".")
    is_number = version.isascii() and version.isdigit() and len(version) < LONGEST_VERSION
    return version_of(key, int(version), is_removed=is_removed) if is_number else None


def versions(key: str) -> Sequence[Instrument]:
    """Every version of an instrument, the newest first."""
    return db.session.scalars(_versions(key).where(Instrument.removed_at.is_(None))).all()


def newest_versions() -> Sequence[Instrument]:
    """The newest version of every instrument, the latest made first."""
    rows = db.session.scalars(select(Instrument).where(Instrument.removed_at.is_(None)).order_by(Instrument.version))
    newest = {one.key: one for one in rows}
    return sorted(newest.values(), key=lambda one: one.id, reverse=True)


def hold(kept: Instrument) -> Instrument:
    """Let one organiser at a time write a draft, as it is now."""
    query = select(Instrument).where(Instrument.id == kept.id).with_for_update(of=Instrument)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def surveys_asking(instruments: Sequence[Instrument]) -> Sequence[Survey]:
    """The surveys, of whatever edition, that put one of these."""
    ids = [one.id for one in instruments]
    return db.session.scalars(select(Survey).where(Survey.instrument_id.in_(ids)).order_by(Survey.opens_at)).all()


def _versions(key: str) -> Select[Instrument]:
    return select(Instrument).where(Instrument.key == key).order_by(Instrument.version.desc())


def item(instrument_key: str, item_key: str) -> Item | None:
    """An item of the newest version of an instrument that has it; of a draft only where none that is published has it."""
    return db.session.scalar(
        select(Item)
        .join(Instrument, Instrument.id == Item.instrument_id)
        .where(Instrument.key == instrument_key, Item.key == item_key, Instrument.removed_at.is_(None))
        .order_by(Instrument.published_at.is_(None), Instrument.version.desc())
    )


def not_put_yet(edition: Edition) -> Sequence[Instrument]:
    """The published questionnaires that the edition's surveys don't ask yet, the newest first."""
    put = select(Survey.instrument_id).where(Survey.edition_id == edition.id)
    return db.session.scalars(
        select(Instrument)
        .where(Instrument.state == rules.InstrumentState.PUBLISHED, Instrument.id.not_in(put))
        .order_by(Instrument.published_at.desc(), Instrument.id.desc())
    ).all()


def surveys_of(edition: Edition) -> Sequence[Survey]:
    """The surveys of an edition in the order in which they opened."""
    return db.session.scalars(
        select(Survey).where(Survey.edition_id == edition.id).order_by(Survey.opens_at, Survey.id)
    ).all()


def survey_of(edition: Edition, instrument_key: str, *, months_after: int = 0) -> Survey | None:
    """The survey of an edition that puts this instrument, its newest version first; so many months later where it asks again."""
    return db.session.scalar(
        select(Survey)
        .join(Survey.instrument)
        .where(
            Survey.edition_id == edition.id,
            Instrument.key == instrument_key,
            Survey.months_after == months_after,
        )
        .order_by(Instrument.version.desc())
    )


def find(edition: Edition, code: str) -> Survey | None:
    """A survey of the edition by its code."""
    return db.session.scalar(select(Survey).where(Survey.edition_id == edition.id, Survey.code == code))


def as_rules(kept: Instrument) -> rules.Instrument:
    """The instrument as the rules see it."""
    return rules.Instrument(
        key=kept.key,
        name=dict(kept.name),
        items=tuple(item_as_rules(item) for item in kept.items),
        breakdowns=tuple(rules.Breakdown(word) for word in kept.breakdowns),
        version=kept.version,
        state=kept.state,
    )


def item_as_rules(kept: Item) -> rules.Item:
    """The item as the rules see it."""
    return rules.Item(
        key=kept.key,
        kind=kept.kind,
        text=dict(kept.text),
        options=tuple(Option.from_json(option) for option in kept.options),
        audiences=frozenset(rules.Audience(word) for word in kept.audiences),
        is_required=kept.is_required,
        lowest=kept.lowest,
        highest=kept.highest,
        shown_if=rules.ShownIf.from_json(kept.shown_if),
    )


def responses(survey: Survey, *, audiences: Collection[str] = (), breakdowns: Mapping[str, str] | None = None) -> int:
    """How many responses came in, from these audiences and with these stated breakdowns; from all where empty."""
    query = select(func.count()).select_from(Response).where(*_conditions(survey, audiences, breakdowns or {}))
    return db.session.scalar(query) or 0


def is_imported(survey: Survey, digest: str) -> bool:
    """Whether the file with this SHA-256 is in already."""
    return db.session.get(AnswerImport, (survey.id, digest)) is not None


def _conditions(survey: Survey, audiences: Collection[str], breakdowns: Mapping[str, str]) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[Any]] = [Response.survey_id == survey.id]
    if audiences:
        conditions.append(Response.audience.in_(sorted(audiences)))
    conditions += [Response.breakdowns[name].as_string() == value for name, value in breakdowns.items()]
    return conditions
