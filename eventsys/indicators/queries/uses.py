"""Which indicators count the answers to a questionnaire's items: told to those who build it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.indicators.models import Indicator
from eventsys.indicators.rules.measures import Measure
from eventsys.surveys.uses import Use, register_uses

ASKING = (Measure.SURVEY_SHARE, Measure.FOLLOW_UP)


@register_uses
def uses(instrument_key: str) -> Sequence[Use]:
    """Those of every edition and programme year, by the items that they count and the one that they screen by."""
    found: list[Use] = []
    rows: Iterable[tuple[Indicator, Edition | None]] = db.session.execute(
        select(Indicator, Edition)
        .outerjoin(Edition, Edition.id == Indicator.edition_id)
        .where(Indicator.measure.in_(ASKING))
        .order_by(Edition.starts_on.desc(), Indicator.programme_year.desc(), Indicator.position)
    )
    for indicator, edition in rows:
        definition = indicator.definition
        if definition.get("instrument") != instrument_key:
            continue
        slug = edition.slug if edition else ""
        holder = edition.name if edition else {"da": str(indicator.programme_year)}
        counted = {definition["item"], definition.get("screening_item") or definition["item"]}
        found += [Use(item, indicator.key, indicator.name, slug, holder) for item in sorted(counted)]
    return found
