"""The street as visitors search it: the map in parts, and the list that says the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from eventsys.base.i18n import apart, listed
from eventsys.booths import queries as booths
from eventsys.booths.models import Pitch
from eventsys.booths.rules.stretches import Stretch, large_enough, overview, tightened, walked
from eventsys.booths.said import ground_said
from eventsys.booths.texts import FEATURES
from eventsys.editions.models import Edition
from eventsys.reports import queries
from eventsys.reports.booth import BoothShown, booth_shown, days_said, places_on
from eventsys.reports.queries import Entry
from eventsys.reports.rules.choice import Choice
from eventsys.reports.rules.finding import Finding, find
from eventsys.reports.rules.fitting import Fit, best
from eventsys.reports.rules.streets import spans
from eventsys.reports.texts import LEGEND, SIGNS
from eventsys.reports.ways_out import as_listed, part_said, ways_out

PART_M = 25.0  # So much of the street is a phone wide that a thumb hits a booth of three metres.
MARGIN_M = 1.0
ASKED = "?"
TONES = {Fit.FITS: "found", Fit.ASK: "ask", Fit.NOT: "faint"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the street: its number on the way, from which booths to which, what is drawn, and who is found there."""

    number: int
    name: str
    shapes: list[dict[str, Any]]
    box: tuple[float, float, float, float]
    found: list[BoothShown]


@dataclass(frozen=True, slots=True)
class StreetShown:
    """The map and the list of a choice.

    `parts` hold what is found, `rest` the other parts; `overview` is the whole street where it isn't; `found` and `to_ask` stand in the order of the street, `elsewhere`
    (name, address) have no place. `chosen`: what was chosen in words, with the address without it. `is_nothing`: nobody
    is found; `lesser` then are the ways out. `features`: what else is drawn and at which booths. `legend`: tone, words and sign of all that is drawn.
    """

    parts: list[Part]
    rest: list[Part]
    overview: Stretch | None
    count: int
    found: list[BoothShown]
    to_ask: list[BoothShown]
    elsewhere: list[tuple[str, str]]
    features: list[tuple[str, str]]
    left_out: int
    guessed: tuple[str, ...]
    chosen: list[tuple[str, str]]
    is_nothing: bool
    lesser: list[tuple[str, str, int]]
    legend: list[tuple[str, str, str]]


def street_shown(edition: Edition, choice: Choice) -> StreetShown | None:
    """The published plan as far as it was told, narrowed by a choice; None before anybody has a place."""
    entries = queries.catalogue(edition)
    if not any(entry.booths for entry in entries):
        return None
    taking_part = [as_listed(entry) for entry in entries]
    finding = find(choice, taking_part)
    pitches = booths.pitches_on(edition)
    ids = {pitch.number: f"spot-{n}" for n, pitch in enumerate(pitches, start=1)}
    fits = finding.fits.items()
    shown = [booth_shown(edition, entries[place], fit, choice=choice, ids=ids) for place, fit in fits]
    stretches = _drawn(edition, pitches, told=_told(edition, entries, finding, choice=choice), ids=ids)
    names = {entry.organisation.code: entry.organisation.name for entry in entries}
    parts = _parts(stretches, shown)
    on_map = list({booth.anchor: booth for part in parts for booth in part.found}.values())
    is_some = choice.is_made and bool(on_map)
    return StreetShown(
        parts=[part for part in parts if part.found or not is_some],
        rest=[part for part in parts if is_some and not part.found],
        overview=overview(stretches, marked=(TONES[Fit.FITS], TONES[Fit.ASK])) if is_some else None,
        count=sum(bool(entry.booths) for entry in entries),
        found=[booth for booth in on_map if booth.fit is Fit.FITS],
        to_ask=[booth for booth in on_map if booth.fit is Fit.ASK],
        elsewhere=[(booth.name, booth.url) for booth in shown if not booth.spots],
        features=_features(parts),
        left_out=finding.left_out,
        guessed=finding.guessed,
        chosen=[(part_said(edition, names, part), address(edition, choice.without(*part))) for part in choice.parts()],
        is_nothing=not shown,
        lesser=[] if shown else ways_out(edition, choice, entries, address=lambda less: address(edition, less)),
        legend=_legend(parts),
    )


def address(edition: Edition, choice: Choice) -> str:
    """The page of a choice."""
    return url_for("reports.map", edition=edition, _anchor="found", **choice.query())  # type: ignore[arg-type]  # Values of the query.


def _told(
    edition: Edition, entries: Sequence[Entry], finding: Finding, *, choice: Choice
) -> dict[str, dict[str, object]]:
    """How each pitch on which somebody stands is drawn: strongly what is found, faintly the others."""
    standing: dict[str, list[tuple[int, tuple[int, ...]]]] = {}
    for place, entry in enumerate(entries):
        for number, days in places_on(entry, choice.day):
            standing.setdefault(number, []).append((place, days))
    told: dict[str, dict[str, object]] = {}
    for number, there in standing.items():
        fits = {place: finding.fits.get(place, Fit.NOT) for place, _days in there}
        fit = best(fits.values())
        entry = entries[next(place for place in fits if fits[place] is fit)]
        code = entry.organisation.code
        names = listed(
            f"{entries[place].organisation.name} ({days_said(edition, days)})"
            if len(there) > 1
            else entries[place].organisation.name
            for place, days in there
        )
        title = f"{number}: {names}"
        told[number] = {
            "label": f"{number}{ASKED}" if fit is Fit.ASK else number,
            "tone": TONES[fit] if choice.is_made else "taken",
            "title": _title(title, fit) if choice.is_made else title,
            "url": f"#booth-{code}" if fit is not Fit.NOT else url_for("reports.entry", edition=edition, code=code),
        }
    return told


def _title(title: str, fit: Fit) -> str:
    if fit is Fit.NOT:
        return title
    return f"{title} – {LEGEND[TONES[fit]]}"


def _drawn(
    edition: Edition, pitches: Sequence[Pitch], *, told: Mapping[str, Mapping[str, object]], ids: Mapping[str, str]
) -> list[Stretch]:
    """The whole street in parts. Where nobody stands, there is only ground."""
    nobody: Mapping[str, object] = {"label": "", "tone": "out"}
    shapes = {number: {**told.get(number, nobody), "id": spot, "pitch": number} for number, spot in ids.items()}
    features = [feature for feature in booths.features_on(edition) if feature.kind in SIGNS]
    stretches = [
        {**stretch, "shapes": [_with_words(shape) for shape in stretch["shapes"]]}
        for stretch in _each_once(booths.street(pitches, shapes, features, stretch_m=PART_M))
    ]
    return tightened(walked(stretches), margin_m=MARGIN_M)


def _each_once(stretches: Sequence[Stretch]) -> list[Stretch]:
    """With what else lies there drawn once, in the part to whose middle it is nearest: not cut off at the edge of the next one."""

    def off(n: int, shape: Mapping[str, Any]) -> float:
        left, _top, width, _height = stretches[n]["box"]
        return float(abs(shape["at"][0] - left - width / 2))

    home: dict[Any, int] = {}
    for n, stretch in enumerate(stretches):
        for shape in stretch["shapes"]:
            if "kind" in shape and (shape["points"] not in home or off(n, shape) < off(home[shape["points"]], shape)):
                home[shape["points"]] = n
    return [
        {**stretch, "shapes": [one for one in stretch["shapes"] if "kind" not in one or home[one["points"]] == n]}
        for n, stretch in enumerate(stretches)
    ]


def _with_words(shape: Mapping[str, Any]) -> dict[str, Any]:
    """A feature gets its sign, and the words that are heard of it."""
    kind = shape.get("kind")
    if kind is None:
        return dict(shape)
    return {
        **large_enough(shape),
        "label": SIGNS[kind],
        "title": ground_said(kind, shape["name"]),
        "tone": "feature",
    }


def _parts(stretches: Sequence[Stretch], shown: Iterable[BoothShown]) -> list[Part]:
    at: dict[str, list[BoothShown]] = {}
    for booth in shown:
        for _number, spot, _days in booth.spots:
            at.setdefault(spot, []).append(booth)
    found = [
        [booth for shape in stretch["shapes"] for booth in at.get(shape.get("id", ""), ())] for stretch in stretches
    ]
    return [
        Part(
            number=n,
            name=" · ".join(
                apart(one) for one in spans(shape["pitch"] for shape in stretch["shapes"] if "pitch" in shape)
            ),
            shapes=stretch["shapes"],
            box=stretch["box"],
            found=list({booth.anchor: booth for booth in found[n - 1]}.values()),
        )
        for n, stretch in enumerate(stretches, start=1)
    ]


def _legend(parts: Sequence[Part]) -> list[tuple[str, str, str]]:
    shapes = [shape for part in parts for shape in part.shapes]
    tones, kinds = {shape.get("tone") for shape in shapes}, {shape.get("kind") for shape in shapes}
    return [
        *(
            (tone, str(words), ASKED if tone == TONES[Fit.ASK] else "")
            for tone, words in LEGEND.items()
            if tone in tones
        ),
        *(("feature", str(FEATURES[kind]), sign) for kind, sign in SIGNS.items() if kind in kinds),
    ]


def _features(parts: Sequence[Part]) -> list[tuple[str, str]]:
    """What else is drawn, in words: what it is, and at which booths."""
    at: dict[str, list[str]] = {}
    for part in parts:
        for title in dict.fromkeys(shape["title"] for shape in part.shapes if "kind" in shape):
            at.setdefault(title, []).append(part.name)
    return [(title, listed(names)) for title, names in at.items()]
