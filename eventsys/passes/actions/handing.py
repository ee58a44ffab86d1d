"""Giving passes to people: behind a link of their own, and by mail where they gave an address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from eventsys.audit.actions import Actor, record
from eventsys.base import clock, counters
from eventsys.base.db import db
from eventsys.base.i18n import long_date
from eventsys.base.refusals import Refusal
from eventsys.base.rendering import address_of, speaking
from eventsys.editions.models import Day, Edition
from eventsys.mail import actions as mail
from eventsys.passes import actions, queries
from eventsys.passes.models import Bundle, Pass, VisitorSignUp
from eventsys.passes.rules.codec import PassKind, days_of
from eventsys.passes.rules.codes import Code
from eventsys.passes.rules.handing import Wanted, check_days, places_left, tightest_day
from eventsys.passes.rules.picture import picture_of
from eventsys.passes.rules.short_code import to_short_code


def open_visitors(edition: Edition, *, is_open: bool, most_per_day: int | None, by: Actor, now: datetime) -> None:
    """Let visitors take free passes, or no longer; so many valid ones a day, None for no limit. Passes that were taken stay."""
    kept = queries.visitor_sign_up(edition)
    if kept is None:
        kept = VisitorSignUp(edition_id=edition.id)
        db.session.add(kept)
    kept.is_open, kept.most_per_day, kept.changed_at = is_open, most_per_day, now
    record("passes.visitors_changed", "edition", edition.slug, by=by, now=now)


def days_on_offer(edition: Edition, *, now: datetime) -> list[Day]:
    """The days that visitors may still come on."""
    return [day for day in edition.open_days if day.closes_at > now]


def left_on(edition: Edition, sign_up: VisitorSignUp | None, days: Iterable[Day]) -> dict[int, int | None]:
    """How many more visitors each of these days bears, by its number; None without a limit, which needs no counting."""
    most = sign_up.most_per_day if sign_up else None
    taken = {} if most is None else queries.visitors_by_day(edition)
    return {day.number: places_left(most, taken.get(day.number, 0)) for day in days}


def take(edition: Edition, wanted: Wanted, *, code: str, by: Actor, now: datetime) -> Bundle:
    """Visitors' passes behind the link `code`; asking with the same code again gives the same passes.

    Refusal: SIGN_UP_CLOSED, DAYS_MISSING, DAY_NOT_OFFERED, DAY_FULL, DAY_NEARLY_FULL.
    """
    # One after the other, so that nobody takes the last place twice.
    counters.take(f"visitors:{edition.id}", wanted.people)
    there = queries.bundle(code)
    if there is not None:
        return there
    sign_up = queries.visitor_sign_up(edition)
    if sign_up is None or not sign_up.is_open:
        raise Refusal(Code.SIGN_UP_CLOSED)
    offered = {day.number: day for day in days_on_offer(edition, now=now)}
    check_days(wanted.days, offered)
    left = left_on(edition, sign_up, offered.values())
    tight = tightest_day(wanted.days, wanted.people, left)
    if tight is not None:
        day, room = long_date(clock.local(offered[tight].opens_at).date()), left[tight]
        raise Refusal(Code.DAY_NEARLY_FULL if room else Code.DAY_FULL, field="days", day=day, left=room or 0)
    return hand_out(edition, PassKind.VISITOR, wanted, bundle=Bundle(code=code), by=by, now=now)


def hand_out(edition: Edition, kind: PassKind, wanted: Wanted, *, bundle: Bundle, by: Actor, now: datetime) -> Bundle:
    """Issue passes into a new bundle, and mail them where there is an address. Refusal: DAY_UNKNOWN, COUNT."""
    bundle.edition, bundle.edition_id = edition, edition.id
    bundle.email, bundle.language, bundle.created_at = wanted.email, wanted.language, now
    db.session.add(bundle)
    db.session.flush()
    issued = actions.issue(edition, kind, days=wanted.days, count=wanted.people, by=by, now=now)
    for pass_, name in zip(issued, [*wanted.names, *[""] * wanted.people], strict=False):
        pass_.bundle_id, pass_.bearer_name = bundle.id, name
    db.session.flush()
    if bundle.email:
        send(bundle, now=now)
    return bundle


def send(bundle: Bundle, *, now: datetime) -> None:
    """Mail the passes that still count, with their link and their codes. Refusal: EMAIL_MISSING, ALREADY_REVOKED."""
    passes = queries.passes_in(bundle)
    if not bundle.email:
        raise Refusal(Code.EMAIL_MISSING)
    if not passes:
        raise Refusal(Code.ALREADY_REVOKED)
    codes = [to_short_code(pass_.pass_id) for pass_ in passes]
    message = mail.queue(
        "passes/passes",
        to=bundle.email,
        language=bundle.language,
        now=now,
        about=f"bundle:{bundle.code}",
        edition=bundle.edition,
        link=address_of("passes.bundle", code=bundle.code),
        codes=" · ".join(codes),
        count=len(passes),
        days=_days_said(passes[0], bundle.language),
    )
    mail.illustrate(
        message,
        picture_of([(pass_.text, code) for pass_, code in zip(passes, codes, strict=True)]),
        alt=message_line(message.text, codes),
    )


def message_line(text: str, codes: list[str]) -> str:
    """The paragraph of a mail that names the codes: what the picture shows."""
    return next(part.strip() for part in text.split("\n\n") if codes[0] in part)


def _days_said(pass_: Pass, language: str) -> list[str]:
    numbers = days_of(pass_.days)
    with speaking(language):
        return [long_date(clock.local(day.opens_at).date()) for day in pass_.edition.days if day.number in numbers]
