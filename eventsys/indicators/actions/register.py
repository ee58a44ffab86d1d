"""Keeping the register of a programme year, and figures that others published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.ids import new_code
from eventsys.base.imports import Imported
from eventsys.base.refusals import Refusal
from eventsys.indicators import queries
from eventsys.indicators.models import ProgrammeYear, PublishedFigure, RegisterEntry
from eventsys.indicators.rules.codes import Code
from eventsys.indicators.rules.register import LONGEST, Entry, new_among, read_register, year_checked

MOST_THOUSANDTHS = 2_000_000_000


def begin_year(year: int, *, now: datetime) -> ProgrammeYear:
    """A programme year, made when it isn't there. Refused: YEAR_OUT_OF_BOUNDS."""
    there = queries.programme_year(year_checked(year))
    if there is not None:
        return there
    made = ProgrammeYear(year=year, created_at=now)
    db.session.add(made)
    db.session.flush()  # What hangs on it refers to it by its number alone.
    return made


def add_entry(year: int, entry: Entry, *, by: Actor, now: datetime) -> RegisterEntry:
    """A further line of the register."""
    begin_year(year, now=now)
    made = RegisterEntry(code=new_code(), year=year, **_columns(entry))
    db.session.add(made)
    record("register.added", "register", f"{year}/{made.code}", by=by, now=now)
    return made


def correct_entry(kept: RegisterEntry, entry: Entry, *, by: Actor, now: datetime) -> None:
    """A line as it should have been."""
    for name, value in _columns(entry).items():
        setattr(kept, name, value)
    record("register.corrected", "register", f"{kept.year}/{kept.code}", by=by, now=now)


def remove_entry(kept: RegisterEntry, *, by: Actor, now: datetime) -> None:
    """Take a line away: it counts no longer, and can be taken up again."""
    kept.removed_at = kept.removed_at or now
    record("register.removed", "register", f"{kept.year}/{kept.code}", by=by, now=now)


def restore_entry(kept: RegisterEntry, *, by: Actor, now: datetime) -> None:
    """Take a line up again."""
    kept.removed_at = None
    record("register.restored", "register", f"{kept.year}/{kept.code}", by=by, now=now)


def import_register(content: bytes, year: int, *, by: Actor, now: datetime) -> Imported:
    """Take in a file of the register. Rows that are there already change nothing; a bad row is listed and the others go in.

    Refused as a whole: what `rules.register.read_register` refuses, YEAR_OUT_OF_BOUNDS.
    """
    file = read_register(content)
    begin_year(year, now=now)
    new = new_among(file.entries, queries.register_of(year))
    db.session.add_all(RegisterEntry(code=new_code(), year=year, **_columns(entry)) for entry in new)
    if new:
        record("register.imported", "register", str(year), by=by, now=now, detail=f"{len(new)} entries")
    return Imported(file.row_count, len(new), len(file.entries) - len(new), file.refused)


def _columns(entry: Entry) -> dict[str, object]:
    return {
        "kind": entry.kind,
        "group": entry.group,
        "happened_on": entry.happened_on,
        "hundredths": entry.hundredths,
        "quality": entry.quality,
        "note": entry.note,
    }


@dataclass(frozen=True, slots=True)
class Published:
    """A figure that somebody else published: which strand, when, how much in thousandths, and where it stands."""

    strand: str
    published_on: date
    thousandths: int
    source: str

    def __post_init__(self) -> None:
        for field, words in (("strand", self.strand), ("source", self.source)):
            if not words:
                raise Refusal(Code.FIELD_MISSING, field=field)
            if len(words) > LONGEST:
                raise Refusal(Code.TOO_LONG, field=field, most=LONGEST)
        if abs(self.thousandths) > MOST_THOUSANDTHS:
            raise Refusal(Code.AMOUNT_OUT_OF_BOUNDS, field="value", most=MOST_THOUSANDTHS // 1000)


def keep_published(figure: Published, *, by: Actor, now: datetime) -> PublishedFigure:
    """Keep a published figure; one of the same strand and date is corrected."""
    kept = queries.published_figure_on(figure.strand, figure.published_on)
    if kept is None:
        kept = PublishedFigure(code=new_code(), strand=figure.strand, published_on=figure.published_on)
        db.session.add(kept)
    kept.thousandths, kept.source, kept.removed_at = figure.thousandths, figure.source, None
    record("indicators.figure_kept", "published_figure", kept.code, by=by, now=now)
    return kept


def remove_published(kept: PublishedFigure, *, by: Actor, now: datetime) -> None:
    """Take a published figure away: it counts no longer, and can be taken up again."""
    kept.removed_at = kept.removed_at or now
    record("indicators.figure_removed", "published_figure", kept.code, by=by, now=now)


def restore_published(kept: PublishedFigure, *, by: Actor, now: datetime) -> None:
    """Take a published figure up again."""
    kept.removed_at = None
    record("indicators.figure_restored", "published_figure", kept.code, by=by, now=now)
