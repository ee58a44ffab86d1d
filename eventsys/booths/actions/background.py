"""The picture beneath the plan: sent, laid by two points, taken away."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.booths import queries
from eventsys.booths.actions.ground import site_for
from eventsys.booths.models import SiteBackground
from eventsys.booths.rules.background import read_points
from eventsys.booths.rules.codes import Code
from eventsys.editions.models import Edition
from eventsys.files import actions as files
from eventsys.files.rules.pages import as_picture


def keep_background(
    edition: Edition, content: bytes, name: str, *, folder: Path, by: Actor, now: datetime
) -> SiteBackground:
    """Keep a picture, or the first page of a PDF as one, in place of an earlier one. Refusal: those of `files`."""
    stored = files.store(as_picture(content), name, folder=folder, now=now, must_be_picture=True)
    _take_off(edition, folder=folder)
    made = SiteBackground(site_id=site_for(edition).id, file=stored)
    db.session.add(made)
    record("booths.background_added", "edition", edition.slug, by=by, now=now)
    return made


def lay_background(edition: Edition, points: object, *, by: Actor, now: datetime) -> SiteBackground:
    """Say of two points of the picture where they lie. Refusal: NO_BACKGROUND, and those of `read_points`."""
    there = queries.background_of(edition)
    if there is None:
        raise Refusal(Code.NO_BACKGROUND)
    there.points = read_points(points)
    record("booths.background_placed", "edition", edition.slug, by=by, now=now)
    return there


def remove_background(edition: Edition, *, folder: Path, by: Actor, now: datetime) -> None:
    """Take the picture away for good. Refusal: NO_BACKGROUND."""
    if not _take_off(edition, folder=folder):
        raise Refusal(Code.NO_BACKGROUND)
    record("booths.background_removed", "edition", edition.slug, by=by, now=now)


def _take_off(edition: Edition, *, folder: Path) -> bool:
    there = queries.background_of(edition)
    if there is None:
        return False
    stored = there.file
    db.session.delete(there)
    db.session.flush()  # The file goes after what refers to it.
    files.remove(stored, folder=folder)
    return True
