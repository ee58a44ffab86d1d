"""With whom a booth may change places: who would break no rule first, the others with the rules that would be broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from flask_babel import gettext as _

from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.base.i18n import apart
from eventsys.booths import queries
from eventsys.booths.models import Plan
from eventsys.booths.rules.placing import Broken
from eventsys.booths.rules.rulebook import Rulebook
from eventsys.booths.said import Names, broken_said, places_said

# Options under their headings: code of an application, words.
Choices = Mapping[str, list[tuple[str, str]]]
Order = tuple[tuple[int, str], ...]


def swaps_shown(application: Application, plan: Plan | None) -> Choices:
    """Everybody else who stands somewhere, in two groups, each by the number of the pitch; empty groups are left out."""
    edition = application.edition
    own = next((one for one in queries.standing_in(plan) if one.application_id == application.id), None)
    if own is None:
        return {}
    others, rulebook = queries.exchanges_of(application, plan=plan), queries.rulebook_of(edition)
    names, here = queries.names_of(edition), places_said(own.by_day)
    fine: list[tuple[Order, str, str]] = []
    against: list[tuple[Order, str, str]] = []
    for one in applications.approved_of(edition):
        if one.reference in others:
            standing, breaks, breaks_there = others[one.reference]
            there = places_said(standing.by_day)
            rules = [
                _("On %(numbers)s: %(rules)s", numbers=apart(where), rules=said)
                for where, found in ((there, breaks), (here, breaks_there))
                if (said := _hard_said(found, names, rulebook))
            ]
            words = " – ".join(
                [f"{apart(there)}: {apart(one.organisation.name)}", *([" ".join(rules)] if rules else [])]
            )
            (against if rules else fine).append((_order(standing.numbers), one.code, words))
    groups = {str(_("Breaks no rule")): fine, str(_("Breaks a rule: say why it may be so")): against}
    return {heading: [option[1:] for option in sorted(group)] for heading, group in groups.items() if group}


def _hard_said(broken: Iterable[Broken], names: Names, rulebook: Rulebook) -> str:
    return " ".join(dict.fromkeys(broken_said(one, names, rulebook) for one in broken if one.is_hard))


def _order(numbers: Iterable[str]) -> Order:
    """As people count: A2 before A10."""
    return tuple((int(part) if part.isdigit() else 0, part) for one in numbers for part in re.findall(r"\d+|\D+", one))
