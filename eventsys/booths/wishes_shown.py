"""What is wished for booths, as organisers read it; nobody else does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.base.i18n import listed
from eventsys.booths import queries
from eventsys.booths.rules.needs import Need
from eventsys.booths.said import troubles_said
from eventsys.editions.models import Edition


@dataclass(frozen=True, slots=True)
class WishesShown:
    """Everybody of whom something is wished: code, who, what. `troubles` are what can't be as it was asked for."""

    rows: list[tuple[str, str, list[str]]]
    troubles: list[str]


def wishes_shown(edition: Edition) -> WishesShown:
    """All wishes of an edition; who is in without any isn't named."""
    wanted, standing = applications.approved_of(edition), queries.standing_in(queries.plan_at_work(edition))
    locked = {one.reference: one.fixed for one in standing if not one.override_reason}
    names = {one.reference: one.organisation.name for one in applications.all_of(edition)}
    problem = queries.problem_of(edition, queries.pitches_on(edition), wanted, locked=locked)
    needs = {need.reference: need for need in problem.booths}
    rows = [
        (one.code, one.organisation.name, _wishes(one, needs[one.reference], names))
        for one in sorted(wanted, key=lambda one: one.organisation.name.casefold())
    ]
    return WishesShown([row for row in rows if row[2]], troubles_said(problem.troubles, names))


def _wishes(application: Application, need: Need, names: dict[str, str]) -> list[str]:
    said = [
        (_("zone: %(zone)s", zone=need.zone), need.zone),
        (_("two pitches side by side"), need.wants_two),
        (_("next to %(names)s", names=_named(application.next_to, names)), application.next_to),
        (_("must keep apart from %(names)s", names=_named(application.keep_apart, names)), application.keep_apart),
        (_("not near to %(names)s", names=_named(sorted(need.sensitive_to), names)), need.sensitive_to),
        (_("stood out of the way last time"), need.had_bad_place),
    ]
    return [words for words, is_wished in said if is_wished]


def _named(references: Sequence[str], names: dict[str, str]) -> str:
    return listed(names.get(reference, reference) for reference in references)


@dataclass(frozen=True, slots=True)
class BoothWishesShown:
    """One booth's: whom it is kept away from (code, who, why), and where it stood the last time."""

    away: list[tuple[str, str, str]]
    last: str


def booth_wishes_shown(application: Application) -> BoothWishesShown:
    """What is wished for a booth, with the reasons."""
    edition = application.edition
    away = []
    for wish in queries.apart_wishes_of(application):
        other = wish.other if wish.application_id == application.id else wish.application
        away.append((other.code, other.organisation.name, wish.reason))
    last = queries.last_places(edition, queries.pitches_on(edition)).get(application.organisation_id)
    if last is None:
        return BoothWishesShown(away, "")
    numbers = listed(last.numbers)
    if last.was_remote:
        return BoothWishesShown(away, _("Last time it stood on %(numbers)s, out of the way.", numbers=numbers))
    return BoothWishesShown(away, _("Last time it stood on %(numbers)s.", numbers=numbers))
