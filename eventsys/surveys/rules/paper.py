"""Forms on paper: who can get one, and what of an association's own statement is asked on it."""

from __future__ import annotations

from eventsys.surveys.rules.answering import pages_of, shown_pages
from eventsys.surveys.rules.instruments import BREAKDOWN_AUDIENCES, Audience, Breakdown, Instrument


def audiences_on_paper(instrument: Instrument) -> tuple[Audience, ...]:
    """The audiences that are asked anything."""
    return tuple(audience for audience in Audience if shown_pages(pages_of(instrument, audience), {}))


def breakdowns_of(instrument: Instrument, audience: Audience) -> tuple[Breakdown, ...]:
    """What an audience states of itself on the form, as the data knows no form's sender."""
    return tuple(breakdown for breakdown in instrument.breakdowns if audience in BREAKDOWN_AUDIENCES[breakdown])
