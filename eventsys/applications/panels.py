"""What later parts of the story say about an application on pages of this one, without being asked by name.

A feature above registers a function once, at import: links and sections on the applicant's page (their booth, their
passes), sections on the organisers' page (reviews), facts about the street, objections to somebody's deciding, about
which applications words are kept (reviews).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from eventsys.accounts.models import User
from eventsys.applications.models import Application
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.completeness import SiteFacts
from eventsys.editions.models import Edition

Link = tuple[str, str]


LinksOf = Callable[[Application], Sequence[Link]]
SectionOf = Callable[[Application, User], str]
OwnSectionOf = Callable[[Application], str]
ToldOf = Callable[[Application], str]
ObjectionTo = Callable[[Application, User], Code | None]
FactsOf = Callable[[Edition], SiteFacts]
SettledOf = Callable[[Edition], bool]
JudgedOf = Callable[[Edition], Collection[int]]


class Judgement(NamedTuple):
    """What reviewers think of an application in all: the mean of their scores, how many scored, and how far they lean.

    Leaning goes from -1 (all would reject) to 1 (all would approve).
    """

    score: Decimal | None
    scored: int
    leaning: Decimal | None


JudgementsOn = Callable[[Edition, User], Mapping[int, Judgement]]

# By the key of an application: each recommendation in words, its tone, how many give it.
Opinions = Mapping[int, Sequence[tuple[str, str, int]]]
OpinionsOn = Callable[[Edition, Sequence[int], User], Opinions]

CallSectionOf = Callable[[Edition], str]

_LINKS: list[LinksOf] = []
_SECTIONS: list[SectionOf] = []
_OWN_SECTIONS: list[OwnSectionOf] = []
_TOLD: list[ToldOf] = []
_OBJECTIONS: list[ObjectionTo] = []
_FACTS: list[FactsOf] = []
_SETTLED: list[SettledOf] = []
_OPINIONS: list[OpinionsOn] = []
_JUDGEMENTS: list[JudgementsOn] = []
_STORY: dict[str, object] = {}
_CALL: list[CallSectionOf] = []
_JUDGED: list[JudgedOf] = []


def register(panel: LinksOf) -> LinksOf:
    """Add a function that gives (label, address) pairs for an application; usable as a decorator."""
    if panel not in _LINKS:
        _LINKS.append(panel)
    return panel


def links_of(application: Application) -> list[Link]:
    """What the parts that come later offer for this application, in the order in which they registered."""
    return [link for panel in _LINKS for link in panel(application)]


def register_section(section: SectionOf) -> SectionOf:
    """Add a function that renders a section of the organisers' page, for who reads it; usable as a decorator."""
    if section not in _SECTIONS:
        _SECTIONS.append(section)
    return section


def sections_of(application: Application, reader: User) -> list[Markup]:
    """The sections that the parts that come later add for this reader."""
    return [Markup(section(application, reader)) for section in _SECTIONS]  # noqa: S704 - rendered templates


def register_own_section(section: OwnSectionOf) -> OwnSectionOf:
    """Add a function that renders a section of the applicant's page, empty for none; usable as a decorator."""
    if section not in _OWN_SECTIONS:
        _OWN_SECTIONS.append(section)
    return section


def own_sections_of(application: Application) -> list[Markup]:
    """The sections that the parts that come later add to the applicant's page."""
    return [Markup(made) for section in _OWN_SECTIONS if (made := section(application))]  # noqa: S704 - rendered templates


def register_told(told: ToldOf) -> ToldOf:
    """Set the function that renders what an application tells, for the pages of later parts; usable as a decorator."""
    _TOLD[:] = [told]
    return told


def told_of(application: Application) -> Markup:
    """What an application tells, as a part of a page."""
    return Markup("".join(told(application) for told in _TOLD))  # noqa: S704 - rendered templates


def register_objection(objection: ObjectionTo) -> ObjectionTo:
    """Add a function that says why somebody may not decide about an application, or None; usable as a decorator."""
    if objection not in _OBJECTIONS:
        _OBJECTIONS.append(objection)
    return objection


def objection_to(application: Application, user: User) -> Code | None:
    """Why this person may not decide about this application; None when nothing is said against it."""
    return next((code for objection in _OBJECTIONS if (code := objection(application, user)) is not None), None)


def register_opinions(opinions: OpinionsOn) -> OpinionsOn:
    """Set the function that says what reviewers recommend about many applications; usable as a decorator."""
    _OPINIONS[:] = [opinions]
    return opinions


def opinions_on(edition: Edition, keys: Sequence[int], reader: User) -> Opinions:
    """What is recommended about some applications of an edition, as far as this person may read it."""
    return _OPINIONS[0](edition, keys, reader) if _OPINIONS else {}


def register_judgements(judgements: JudgementsOn) -> JudgementsOn:
    """Set the function that says what reviewers think in all of an edition's applications; usable as a decorator."""
    _JUDGEMENTS[:] = [judgements]
    return judgements


def judgements_on(edition: Edition, reader: User) -> Mapping[int, Judgement]:
    """What reviewers think in all of an edition's applications, by their keys, as far as this person may read it."""
    return _JUDGEMENTS[0](edition, reader) if _JUDGEMENTS else {}


def register_call_section(section: CallSectionOf) -> CallSectionOf:
    """Add a function that renders something for the page on which an application is begun; usable as a decorator."""
    if section not in _CALL:
        _CALL.append(section)
    return section


def call_sections_of(edition: Edition) -> list[Markup]:
    """What the parts that come later say on the page on which an application is begun."""
    return [Markup(section(edition)) for section in _CALL]  # noqa: S704 - rendered templates


def register_story(words: Mapping[str, object]) -> None:
    """Add what a later part calls the things that it does to an application, by the codes of its audit entries."""
    _STORY.update(words)


def story_words() -> Mapping[str, object]:
    """What the later parts call the things that they do to an application."""
    return _STORY


def register_judged(judged: JudgedOf) -> JudgedOf:
    """Add a function that gives the keys of an edition's applications that a later part keeps words about; usable as a decorator."""
    if judged not in _JUDGED:
        _JUDGED.append(judged)
    return judged


def judged_of(edition: Edition) -> frozenset[int]:
    """The keys of the applications that the parts that come later keep words about."""
    return frozenset(key for judged in _JUDGED for key in judged(edition))


def register_site_facts(facts: FactsOf) -> FactsOf:
    """Set the function that says what the street of an edition can offer; usable as a decorator."""
    _FACTS[:] = [facts]
    return facts


def register_settled(is_settled_: SettledOf) -> SettledOf:
    """Set the function that says whether an edition's booths are published; usable as a decorator."""
    _SETTLED[:] = [is_settled_]
    return is_settled_


def is_settled(edition: Edition) -> bool:
    """Whether who stands where is published, so that nobody comes back without being asked."""
    return bool(_SETTLED and _SETTLED[0](edition))


def site_facts_of(edition: Edition) -> SiteFacts:
    """What the street can offer; nothing known where no part has said."""
    return _FACTS[0](edition) if _FACTS else SiteFacts()
