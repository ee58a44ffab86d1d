"""Whom a choice finds, and the choice as an address tells it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eventsys.applications.rules.fields import ALLERGENS, DIETS
from eventsys.organisations.rules.kinds import Kind
from eventsys.reports.rules.choice import Choice, choice_of
from eventsys.reports.rules.finding import Listed, find
from eventsys.reports.rules.fitting import Fit, Offer
from eventsys.reports.rules.streets import spans

SUPPE = Offer("Suppe", frozenset({"vegan"}), {"nuts": "free_of"})
KAGE = Offer("Kage", frozenset({"halal"}), {"nuts": "contains"})
TE = Offer("Te", frozenset({"halal", "vegan"}), {})
BOOTHS = (
    Listed("CHOIR", "Kor", Kind.ASSOCIATION, frozenset({1, 2}), ()),
    Listed("SOUP", "Suppekøkken", Kind.RESTAURANT, frozenset({1}), (SUPPE, KAGE)),
    Listed("TEA", "Tehus", Kind.RESTAURANT, frozenset({2}), (TE, KAGE)),
    Listed("CAKE", "Kagehus", Kind.RESTAURANT, frozenset({1, 2}), (KAGE,)),
)
CHOICES = st.builds(
    Choice,
    words=st.sampled_from(["", "kage", "hvor er suppe"]),
    kind=st.sampled_from([None, *Kind]),
    day=st.sampled_from([None, 1, 2]),
    diet=st.sets(st.sampled_from(DIETS)).map(lambda some: tuple(key for key in DIETS if key in some)),
    avoid=st.sets(st.sampled_from(ALLERGENS)).map(lambda some: tuple(key for key in ALLERGENS if key in some)),
    booth=st.sampled_from(["", "SOUP"]),
)


def test_who_avoids_nuts_finds_what_is_stated_free_and_whom_to_ask_apart() -> None:
    finding = find(Choice(avoid=("nuts",)), BOOTHS)

    assert finding.of(Fit.FITS) == [1]
    assert finding.of(Fit.ASK) == [2]
    assert finding.left_out == 1


def test_diet_and_allergen_must_hold_for_the_same_dish() -> None:
    assert find(Choice(diet=("halal",), avoid=("nuts",)), BOOTHS).fits == {2: Fit.ASK}
    assert find(Choice(diet=("halal",)), BOOTHS).of(Fit.FITS) == [1, 2, 3]


def test_kind_day_and_booth_narrow() -> None:
    assert find(Choice(kind=Kind.ASSOCIATION), BOOTHS).of(Fit.FITS) == [0]
    assert find(Choice(day=2), BOOTHS).of(Fit.FITS) == [0, 2, 3]
    assert find(Choice(booth="TEA"), BOOTHS).of(Fit.FITS) == [2]


def test_what_an_address_tells_wrong_is_passed_over() -> None:
    said = {"words": ["  hvor   er "], "kind": ["club"], "day": ["9"], "diet": ["raw", "vegan"], "avoid": ["none"]}

    assert choice_of(said, days={1, 2}) == Choice(words="hvor er", diet=("vegan",))


@given(CHOICES)
def test_a_choice_is_what_its_address_tells(choice: Choice) -> None:
    said = {name: value if isinstance(value, list) else [value] for name, value in choice.query().items()}

    assert choice_of(said, days={1, 2}) == choice


@given(CHOICES)
def test_each_part_taken_away_finds_as_much_and_leads_to_all(choice: Choice) -> None:
    for _name, _value, less in choice.lesser():
        assert set(find(choice, BOOTHS).of(Fit.FITS)) <= set(find(less, BOOTHS).of(Fit.FITS))
    for name, value in choice.parts():
        choice = choice.without(name, value)
    assert not choice.is_made


def test_numbers_are_told_by_their_rows() -> None:
    assert spans(["B02", "A01", "A03", "A02", "C"]) == ["A01–A03", "B02", "C"]
    assert spans(["9", "10"]) == ["9–10"]
    assert spans([]) == []
