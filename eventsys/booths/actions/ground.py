"""Drawing the street: pitches and boards from files."""

from __future__ import annotations

from datetime import datetime

from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.imports import Imported
from eventsys.booths import queries
from eventsys.booths.models import Board, Pitch, Site
from eventsys.booths.rules.import_pitches import FLAGS, BoardRow, PitchRow, read_boards, read_pitches
from eventsys.editions.models import Edition

PITCH_FIELDS = ("polygon", "width_cm", "depth_cm", "zone", "side", "along_cm", *FLAGS.values())


def site_for(edition: Edition, name: str = "") -> Site:
    """The ground of an edition, made when there is none."""
    site = queries.site_of(edition)
    if site is None:
        site = Site(edition_id=edition.id, name=name)
        db.session.add(site)
        db.session.flush()  # Boards and pitches need the key.
    return site


def import_pitches(edition: Edition, content: bytes, *, by: Actor, now: datetime) -> Imported:
    """Take in pitches from GeoJSON; one whose number is there already is brought up to date.

    A board that a pitch names and nobody knows is made with nothing to give, until the boards are imported.
    Refused as a whole: what `read_pitches` refuses.
    """
    file = read_pitches(content)
    site = site_for(edition, file.name)
    there = {pitch.number: pitch for pitch in queries.pitches_on(edition)}
    boards = {board.code: board for board in queries.boards_on(edition)}
    changed = sum(_keep_pitch(site, row, there=there, boards=boards) for row in file.rows)
    if changed:
        record("booths.pitches_imported", "edition", edition.slug, by=by, now=now, detail=f"{changed} pitches")
    return Imported(len(file.rows) + len(file.refused), changed, len(file.rows) - changed, file.refused)


def _keep_pitch(site: Site, row: PitchRow, *, there: dict[str, Pitch], boards: dict[str, Board]) -> bool:
    board = None
    if row.board:
        board = boards.get(row.board)
        if board is None:
            board = boards[row.board] = Board(site_id=site.id, code=row.board, capacity_watts=0)
            db.session.add(board)
            db.session.flush()  # The pitch needs its key.
    told = {name: getattr(row, name) for name in PITCH_FIELDS} | {"board_id": board.id if board else None}
    pitch = there.get(row.number)
    if pitch is None:
        db.session.add(Pitch(site_id=site.id, number=row.number, **told))
        return True
    differs = {name: value for name, value in told.items() if getattr(pitch, name) != value}
    for name, value in differs.items():
        setattr(pitch, name, value)
    return bool(differs)


def import_boards(edition: Edition, content: bytes, *, by: Actor, now: datetime) -> Imported:
    """Take in electric boards from CSV; one that is there already is brought up to date. Refused: what `read_boards` refuses."""
    file = read_boards(content)
    site = site_for(edition)
    there = {board.code: board for board in queries.boards_on(edition)}
    changed = sum(_keep_board(site, row, there) for row in file.rows)
    if changed:
        record("booths.boards_imported", "edition", edition.slug, by=by, now=now, detail=f"{changed} boards")
    return Imported(len(file.rows) + len(file.refused), changed, len(file.rows) - changed, file.refused)


def _keep_board(site: Site, row: BoardRow, there: dict[str, Board]) -> bool:
    board = there.get(row.code)
    if board is None:
        db.session.add(Board(site_id=site.id, code=row.code, capacity_watts=row.capacity_watts))
        return True
    if board.capacity_watts == row.capacity_watts:
        return False
    board.capacity_watts = row.capacity_watts
    return True
