"""Telling participants where they stand, when their vehicle may come and by which way; and what has changed of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from eventsys.applications.actions import letters
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.i18n import page_language
from eventsys.base.rendering import speaking
from eventsys.booths import queries
from eventsys.booths.models import Pitch, PlaceTold, PlanState
from eventsys.booths.queries import arrivals
from eventsys.booths.rules.map_picture import map_png
from eventsys.booths.rules.news import Time, times_apart
from eventsys.booths.rules.plan_geometry import Projected
from eventsys.booths.said import days_told, place_said, places_said, time_said
from eventsys.editions.models import Edition
from eventsys.mail import actions as mail


def tell(edition: Edition, *, by: Actor, now: datetime) -> int:
    """Mail to everybody of whom place, time or way is other than they were told last; returns how many."""
    news = queries.news_by(edition, queries.plan(edition, PlanState.PUBLISHED))
    pitches = queries.pitches_on(edition)
    ground = queries.projected(pitches)
    for one in news:
        _write(one, pitches, ground, now=now)
        _note(one, now=now)
    if news:
        record("booths.told", "edition", edition.slug, by=by, now=now, detail=f"{len(news)} mails")
    return len(news)


def _write(news: queries.News, pitches: Sequence[Pitch], ground: Projected, *, now: datetime) -> None:
    application, language = news.application, page_language(news.application.language)
    with speaking(language):
        where = place_said(news.now.numbers, pitches)
        numbers, before = (places_said(dict(told.places)) for told in (news.now, news.before))
        times = [(_said(then), _said(today)) for then, today in times_apart(news.before, news.now)]
        days = days_told(queries.own_days(application), dict(news.before.places), dict(news.now.places))
    message = mail.queue(
        f"booths/{news.letter}",
        to=application.email,
        language=language,
        now=now,
        about=f"application:{application.code}",
        organisation=application.organisation,
        edition=application.edition,
        numbers=numbers,
        before=before,
        where=where,
        needs_vehicle=application.needs_vehicle_access,
        days=days,
        times=times,
        is_other_time=news.now.times != news.before.times,
        route=news.now.route,
        old_route=news.before.route if news.before.route != news.now.route else "",
        is_other_route=news.now.route != news.before.route,
        link=letters.new_link(application, to=application.email, now=now),
    )
    picture = map_png(ground, news.now.numbers)
    if picture:
        mail.illustrate(message, picture, alt=where)


def _said(time: Time | None) -> str:
    return time_said(time.starts_at, time.ends_at) if time else ""


def _note(news: queries.News, *, now: datetime) -> None:
    told = arrivals.told_of(news.application)
    if told is None:
        told = PlaceTold(application_id=news.application.id)
        db.session.add(told)
    told.told, told.told_at = news.now.kept(), now
