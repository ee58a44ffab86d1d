"""Drawing the street: the ground from files and from the editor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.refusals import Refusal, RowRefusal
from eventsys.booths import queries
from eventsys.booths.models import Assignment, Board, Pitch, Plan, PlanState, Site, SiteFeature
from eventsys.booths.rules.changes import Brought, Change, change_of
from eventsys.booths.rules.codes import Code
from eventsys.booths.rules.import_pitches import (
    FLAGS,
    BoardRow,
    FeatureRow,
    PitchFile,
    PitchRow,
    read_boards,
    read_features,
    told_of,
)
from eventsys.booths.rules.pitch_table import read_ground
from eventsys.editions.models import Edition

PITCH_FIELDS = ("number", "polygon", "width_cm", "depth_cm", "zone", "side", "along_cm", *FLAGS.values())
Row = PitchRow | BoardRow | FeatureRow
FEATURE_FIELDS = ("code", "kind", "label", "geometry", "width_cm")


@dataclass(slots=True)
class _There:
    """What is drawn already, by the name under which a row finds it, and what became of it so far."""

    site: Site
    pitches: dict[str, Pitch] = field(default_factory=dict)
    boards: dict[str, Board] = field(default_factory=dict)
    features: dict[str, SiteFeature] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    boards_made: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many rows changed something."""
        return len(self.new) + len(self.changed)


def site_for(edition: Edition, name: str = "") -> Site:
    """The ground of an edition, made when there is none."""
    site = queries.site_of(edition)
    if site is None:
        site = Site(edition_id=edition.id, name=name)
        db.session.add(site)
        db.session.flush()  # Boards and pitches need the key.
    return site


def import_pitches(edition: Edition, content: bytes, *, by: Actor, now: datetime) -> Brought:
    """Take in the ground from GeoJSON, or pitches from a sheet; what is there already under its number is brought up to date.

    A board that a pitch names and nobody knows is made with nothing to give, until the boards are imported.
    Refused as a whole: what `read_ground` refuses.
    """
    file = read_ground(content, {pitch.number: told_of(pitch) for pitch in queries.pitches_on(edition)})
    there = _there(edition, file.name)
    rows: list[Row] = [*file.boards, *file.rows, *file.features]
    for row in rows:
        _keep(there, row, code=_code_of(row))
    if there.count:
        there.site.version += 1
        record("booths.pitches_imported", "edition", edition.slug, by=by, now=now, detail=f"{there.count} changed")
    return _brought(there, len(rows), file.refused)


def _brought(there: _There, rows: int, refused: tuple[RowRefusal, ...]) -> Brought:
    return Brought(
        rows + len(refused), there.count, rows - there.count, refused,
        tuple(there.new), tuple(there.changed), tuple(there.boards_made),
    )  # fmt: skip


def import_boards(edition: Edition, content: bytes, *, by: Actor, now: datetime) -> Brought:
    """Take in electric boards from CSV; one that is there already is brought up to date. Refused: what `read_boards` refuses."""
    file = read_boards(content)
    there = _there(edition, "")
    for row in file.rows:
        _keep(there, row, code=row.code)
    if there.count:
        there.site.version += 1
        record("booths.boards_imported", "edition", edition.slug, by=by, now=now, detail=f"{there.count} boards")
    return _brought(there, len(file.rows), file.refused)


def draw(
    edition: Edition, features: Sequence[object], *, version: int, by: Actor, now: datetime
) -> tuple[RowRefusal, ...]:
    """Let the ground be as it was drawn: `features` are all of it, each with `was`, the number it was loaded under.

    What isn't among them any more goes. Returns why single features can't be taken; then nothing has changed.
    Refusal: DRAWN_MEANWHILE (somebody else has saved since `version`), PITCH_IN_USE.
    """
    file = read_features("", features)
    there = _there(edition, "")
    if version != there.site.version:
        raise Refusal(Code.DRAWN_MEANWHILE)
    refused = (*file.refused, *_unknown_boards(file))
    if refused:
        return refused
    _take_away(there, file)
    _set_numbers_aside(there)
    rows: tuple[Row, ...] = (*file.boards, *file.rows, *file.features)
    for row in rows:
        _keep(there, row, code=row.was)
    there.site.version += 1
    record("booths.drawn", "edition", edition.slug, by=by, now=now, detail=f"version {there.site.version}")
    return ()


def _there(edition: Edition, name: str) -> _There:
    return _There(
        site_for(edition, name),
        {pitch.number: pitch for pitch in queries.pitches_on(edition)},
        {board.code: board for board in queries.boards_on(edition)},
        {feature.code: feature for feature in queries.features_on(edition)},
    )


def _code_of(row: Row) -> str:
    return row.number if isinstance(row, PitchRow) else row.code


def _keep(there: _There, row: Row, *, code: str) -> None:
    """Bring what is there under a code up to date, or make it."""
    if isinstance(row, PitchRow):
        told = {name: getattr(row, name) for name in PITCH_FIELDS}
        told["board_id"] = _board_named(there, row.board).id if row.board else None
        _kept(there, there.pitches.pop(code, None), told, model=Pitch)
    elif isinstance(row, FeatureRow):
        told = {name: getattr(row, name) for name in FEATURE_FIELDS}
        _kept(there, there.features.pop(code, None), told, model=SiteFeature)
    else:
        told = {"code": row.code, "capacity_watts": row.capacity_watts}
        told |= {name: value for name in ("phases", "position") if (value := getattr(row, name)) is not None}
        made = _kept(there, there.boards.get(code), told, model=Board)
        there.boards[row.code] = made
        db.session.flush()  # Pitches need its key.


def _kept(there: _There, found: Any, told: Mapping[str, Any], *, model: type[Any]) -> Any:
    name = str(told.get("number") or told.get("code"))
    if found is None:
        found = model(site_id=there.site.id, **told)
        db.session.add(found)
        there.new.append(name)
        return found
    change = change_of(name, {key: getattr(found, key) for key in told}, told)
    for key in change.fields:
        setattr(found, key, told[key])
    there.changed += [change] if change.fields else []
    return found


def _board_named(there: _There, code: str) -> Board:
    board = there.boards.get(code)
    if board is None:
        board = there.boards[code] = Board(site_id=there.site.id, code=code, capacity_watts=0)
        db.session.add(board)
        there.boards_made.append(code)
        db.session.flush()  # The pitch needs its key.
    return board


def _unknown_boards(file: PitchFile) -> list[RowRefusal]:
    """Pitches that name a board which isn't drawn: in the editor a slip, in a file a board that comes later."""
    known = {board.code for board in file.boards}
    return [
        RowRefusal(row.row, row.number, Code.BOARD_UNKNOWN, "board", {"board": row.board})
        for row in file.rows
        if row.board and row.board not in known
    ]


def _take_away(there: _There, file: PitchFile) -> None:
    """Delete what isn't drawn any more. Refusal(PITCH_IN_USE): somebody stands there in a plan that isn't history."""
    gone = [pitch for number, pitch in there.pitches.items() if number not in {row.was for row in file.rows}]
    for pitch in gone:
        _free(pitch)
        db.session.delete(pitch)
        del there.pitches[pitch.number]
    db.session.flush()  # Pitches before the boards that they hang on.
    for code in set(there.features) - {row.was for row in file.features}:
        db.session.delete(there.features.pop(code))
    kept = {row.was for row in file.boards}
    for code in set(there.boards) - kept:
        # Pitches that hung on it say another one now, or none.
        for pitch in there.pitches.values():
            if pitch.board_id == there.boards[code].id:
                pitch.board_id = None
        db.session.flush()
        db.session.delete(there.boards.pop(code))
    db.session.flush()


def _free(pitch: Pitch) -> None:
    held = db.session.scalars(
        select(Assignment)
        .join(Plan, Plan.id == Assignment.plan_id)
        .where(Assignment.pitch_id == pitch.id, Plan.state != PlanState.SUPERSEDED)
    ).first()
    if held is not None:
        who = held.application.organisation.name
        raise Refusal(Code.PITCH_IN_USE, number=pitch.number, who=who)
    db.session.execute(delete(Assignment).where(Assignment.pitch_id == pitch.id))


def _set_numbers_aside(there: _There) -> None:
    """Give everything a passing name, so that two may change numbers without ever being called the same."""
    for place, pitch in enumerate(there.pitches.values()):
        pitch.number = f"\x7f{place}"
    for place, board in enumerate(there.boards.values()):
        board.code = f"\x7f{place}"
    for place, feature in enumerate(there.features.values()):
        feature.code = f"\x7f{place}"
    db.session.flush()
