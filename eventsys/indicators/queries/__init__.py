"""Reading for indicators: what is `kept`, `facts` of applications and gate, answers (`asking`), all drawn together (`collecting`)."""

from eventsys.indicators.queries.asking import Askable, askable
from eventsys.indicators.queries.collecting import Collector, evaluated, evaluated_and_hashed, evaluated_one, tried
from eventsys.indicators.queries.facts import applications_of, crew_days, organisation_facts, visits
from eventsys.indicators.queries.kept import (
    as_rules,
    entry_of,
    find,
    indicators_of,
    latest_measurement,
    latest_measurements,
    programme_year,
    programme_years,
    published_figure,
    published_figure_on,
    published_figures,
    recorded_figures,
    register_entry,
    register_of,
    register_rows,
    year_of,
)
from eventsys.indicators.queries.uses import uses

__all__ = [
    "Askable",
    "Collector",
    "applications_of",
    "as_rules",
    "askable",
    "crew_days",
    "entry_of",
    "evaluated",
    "evaluated_and_hashed",
    "evaluated_one",
    "find",
    "indicators_of",
    "latest_measurement",
    "latest_measurements",
    "organisation_facts",
    "programme_year",
    "programme_years",
    "published_figure",
    "published_figure_on",
    "published_figures",
    "recorded_figures",
    "register_entry",
    "register_of",
    "register_rows",
    "tried",
    "uses",
    "visits",
    "year_of",
]
