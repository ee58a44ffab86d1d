"""The blueprint of the feature's pages, and what they share."""

from __future__ import annotations

from flask import Blueprint, abort, request

from eventsys.accounts.rules import Allow
from eventsys.editions.models import Edition
from eventsys.indicators import queries
from eventsys.indicators.models import Holder
from eventsys.indicators.register_shown import amount_shown, thousandths_shown

bp = Blueprint("indicators", __name__)
bp.add_app_template_filter(amount_shown)
bp.add_app_template_filter(thousandths_shown)
READERS = (Allow.ORGANISER, Allow.EVALUATOR)


def year_asked(edition: Edition) -> int:
    """The programme year that the address names, else the one of the edition."""
    return request.args.get("year", type=int) or edition.starts_on.year


def holder_asked(edition: Edition) -> tuple[Holder, int | None]:
    """Whose indicators the address means: those of the programme year that it names, else the edition's; and that year."""
    year = request.args.get("year", type=int)
    return (edition, None) if year is None else (queries.programme_year(year) or abort(404), year)
