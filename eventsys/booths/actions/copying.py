"""The street of an earlier edition, taken over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.booths import queries
from eventsys.booths.actions.ground import FEATURE_FIELDS, PITCH_FIELDS, site_for
from eventsys.booths.models import Site, SiteBackground, StreetRule
from eventsys.booths.rules.codes import Code
from eventsys.editions.models import Edition
from eventsys.files import actions as files

BOARD_FIELDS = ("code", "capacity_watts", "phases", "position")


@dataclass(frozen=True, slots=True)
class Copied:
    """What came of it: how many pitches, and whether the picture beneath them is lost and so was left out."""

    pitches: int
    is_picture_lost: bool


def copy_ground(edition: Edition, source: Edition, *, folder: Path, by: Actor, now: datetime) -> Copied:
    """Take over the ground with the picture beneath it, and the rules of another edition.

    A picture that lies beneath the new edition already stays.

    Refusal: GROUND_NOT_EMPTY (something is drawn already), NOTHING_TO_COPY.
    """
    if not queries.is_empty(edition):
        raise Refusal(Code.GROUND_NOT_EMPTY)
    origin, pitches = queries.site_of(source), queries.pitches_on(source)
    if origin is None or not pitches:
        raise Refusal(Code.NOTHING_TO_COPY)
    site = site_for(edition, origin.name)
    boards = {board.code: _copied(board, site, BOARD_FIELDS) for board in queries.boards_on(source)}
    db.session.flush()  # Pitches need the boards' keys.
    for pitch in pitches:
        _copied(pitch, site, PITCH_FIELDS).board_id = boards[pitch.board.code].id if pitch.board else None
    for feature in queries.features_on(source):
        _copied(feature, site, FEATURE_FIELDS)
    is_picture_lost = not _copy_background(edition, source, site=site, folder=folder, now=now)
    _copy_rules(edition, source)
    site.version += 1
    record("booths.copied", "edition", edition.slug, by=by, now=now, detail=source.slug)
    return Copied(len(pitches), is_picture_lost)


def _copied(what: Any, site: Site, names: Iterable[str]) -> Any:
    made = type(what)(site_id=site.id, **{name: getattr(what, name) for name in names})
    db.session.add(made)
    return made


def _copy_background(edition: Edition, source: Edition, *, site: Site, folder: Path, now: datetime) -> bool:
    """A file of its own: either edition may take its picture away. False where the picture is lost on disk."""
    there = queries.background_of(source)
    if there is None or queries.background_of(edition) is not None:
        return True
    file = files.copy(there.file, folder=folder, now=now)
    if file is not None:
        db.session.add(SiteBackground(site_id=site.id, file=file, points=there.points))
    return file is not None


def _copy_rules(edition: Edition, source: Edition) -> None:
    """The rules that this edition has no setting of its own for."""
    own = {rule.rule for rule in queries.own_rules(edition)}
    for rule in queries.own_rules(source):
        if rule.rule not in own:
            told = {column.key: getattr(rule, column.key) for column in StreetRule.__table__.columns}
            db.session.add(StreetRule(**{**told, "id": None, "edition_id": edition.id}))
