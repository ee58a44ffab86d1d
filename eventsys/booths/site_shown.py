"""The drawing as the editor gets it, and what is measured on it in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import format_decimal

from eventsys.base.i18n import listed
from eventsys.booths import queries
from eventsys.booths.documents import features_of
from eventsys.booths.models import PlanState
from eventsys.booths.rules.features import SHAPES, FeatureKind
from eventsys.booths.rules.rulebook import ON_THE_GROUND, Rule
from eventsys.booths.rules.site_checks import Finding, Flaw
from eventsys.booths.texts import FEATURES, FLAWS, MEASURED, RULES
from eventsys.editions.models import Edition


def document_of(edition: Edition) -> dict[str, object]:
    """All that the editor works on: features with the number they were loaded under (`was`), and how they lie on the earth.

    `taken` says who stands on a pitch in the draft or the plan that counts: such a pitch can't go.
    """
    site, frame = queries.site_of(edition), queries.frame_on(queries.pitches_on(edition), queries.features_on(edition))
    rulebook = queries.rulebook_of(edition)
    return {
        "version": site.version if site else 0,
        "frame": {"longitude": frame.longitude, "latitude": frame.latitude, "turned": frame.turned},
        "features": [_known(feature) for feature in features_of(edition)],
        "kinds": [
            {"kind": kind.value, "word": str(FEATURES[kind]), "shapes": [shape.value for shape in SHAPES[kind]]}
            for kind in FeatureKind
        ],
        "rules": [
            {"rule": rule.value, "word": str(RULES[rule]), "distance_m": rulebook.of(rule).distance_m}
            for rule in ON_THE_GROUND
        ],
        "taken": taken_on(edition),
    }


def _known(feature: dict[str, object]) -> dict[str, object]:
    told = feature["properties"]
    assert isinstance(told, Mapping)  # noqa: S101 - `features_of` makes them; for the type checker
    was = told.get("number") or told.get("board") if told.get("kind") in {None, "board"} else told["code"]
    return {**feature, "properties": {**told, "was": was}}


def taken_on(edition: Edition) -> dict[str, str]:
    """Who stands on which pitch in the draft or the plan that counts, by its number."""
    found: dict[str, list[str]] = {}
    for state in (PlanState.PUBLISHED, PlanState.DRAFT):
        for one in queries.assignments_of(queries.plan(edition, state)):
            names = found.setdefault(one.pitch.number, [])
            if one.application.organisation.name not in names:
                names.append(one.application.organisation.name)
    return {number: listed(names) for number, names in found.items()}


def finding_said(finding: Finding) -> dict[str, object]:
    """Something that isn't as it should be, in a sentence, with the numbers that it concerns and the rule it breaks."""
    sentence = str(FLAWS[finding.what] if isinstance(finding.what, Flaw) else MEASURED[Rule(finding.what)])
    return {
        "what": finding.what.value,
        "codes": list(finding.codes),
        "message": sentence
        % {
            "one": finding.codes[0],
            "other": finding.codes[-1],
            "measured": format_decimal(round(finding.measured_m or 0.0, 2)),
            "needed": format_decimal(finding.needed_m or 0.0),
        },
    }
