"""What an organiser is told with a booth in the hand: how it would stand on every pitch, what a move breaks, what can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from flask_babel import gettext as _
from flask_babel import ngettext

from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.base.i18n import listed
from eventsys.booths import queries
from eventsys.booths.models import Plan
from eventsys.booths.plan_shown import needs_said
from eventsys.booths.rules.codes import Misfit
from eventsys.booths.rules.fitting import Fit, verdict_of
from eventsys.booths.rules.placing import Broken
from eventsys.booths.rules.rulebook import Rulebook
from eventsys.booths.rules.steps import Did, Step, steps_of
from eventsys.booths.said import Names, broken_said, places_said
from eventsys.editions.models import Edition


def hand_told(application: Application, plan: Plan | None) -> dict[str, object]:
    """A booth in the hand for the page: what it needs, where it stands, and for each pitch how it would stand there.

    `pitches`: number → verdict, place in `sentences`, whether somebody stands there, the numbers of both where it needs two.
    """
    own = next((one for one in queries.standing_in(plan) if one.application_id == application.id), None)
    problem, fits = queries.look_around(application.edition, application, plan=plan)
    names, sentences = queries.names_of(application.edition), dict[str, int]()
    pitches, told = {}, dict[tuple[Broken, ...], str]()
    for pitch, fit in zip(problem.pitches, fits, strict=True):
        is_taken, rest = _apart_from_taken(fit)
        if fit.broken not in told:
            told[fit.broken] = _fit_said(fit, names, problem.rulebook)
        said = sentences.setdefault(told[fit.broken], len(sentences))
        numbers = [problem.pitches[n].number for n in fit.pitches]
        pitches[pitch.number] = [verdict_of(rest).value, said, is_taken, numbers if len(numbers) > 1 else []]
    return {
        "code": application.code,
        "name": application.organisation.name,
        "told": needs_said(application),
        "numbers": list(own.numbers) if own else [],
        "isFixed": bool(own and own.is_locked),
        "reason": own.override_reason if own else "",
        "sentences": list(sentences),
        "pitches": pitches,
    }


def _apart_from_taken(fit: Fit) -> tuple[bool, list[Broken]]:
    rest = [one for one in fit.broken if one.misfit is not Misfit.TAKEN]
    return len(rest) < len(fit.broken), rest


def _fit_said(fit: Fit, names: Names, rulebook: Rulebook) -> str:
    """How a booth would stand somewhere, in sentences: who is there, what is broken, what is lost."""
    is_taken, rest = _apart_from_taken(fit)
    there = [names.get(one, one) for broken in fit.broken if broken.misfit is Misfit.TAKEN for one in broken.others]
    said = [str(_("%(names)s stands there.", names=listed(there)))] if is_taken else []
    hard = [broken_said(one, names, rulebook) for one in rest if one.is_hard]
    lost = [broken_said(one, names, rulebook) for one in rest if not one.is_hard]
    if hard:
        said.append(str(_("Against a rule:")) + " " + " ".join(hard))
    elif not lost:
        said.append(str(_("It fits.")))
    if lost:
        said.append(" ".join([str(_("It fits, but:")) if not hard else "", *lost]).strip())
    return " ".join(said)


@dataclass(slots=True)
class MoveTold:
    """What a move would do: hard rules and wishes broken, in sentences; with whom it changes places; why it can't be."""

    numbers: list[str]
    rules: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    question: str = ""
    other: str = ""
    refused: str = ""

    def as_json(self) -> dict[str, object]:
        """For the page."""
        return asdict(self)


def move_told(application: Application, numbers: Sequence[str], plan: Plan | None) -> MoveTold:
    """What would happen if a booth were put there, nothing being written. Refusal(PITCH_UNKNOWN)."""
    edition = application.edition
    broken = queries.broken_on(edition, application, numbers, plan=plan)
    told = MoveTold(list(numbers))
    others = [one for rule in broken if rule.misfit is Misfit.TAKEN for one in rule.others]
    moves = [(application, rule) for rule in broken]
    if others:
        there = [one for one in applications.approved_of(edition) if one.reference in others]
        if len(there) != 1:
            told.refused = str(
                _("%(names)s stand there. Take them off first.", names=listed(one.organisation.name for one in there))
            )
            return told
        moves = queries.weigh(edition, queries.exchange_of(application, there[0], plan=plan), plan=plan)
        _ask_about(told, application, there[0], plan=plan)
    _name_rules(told, moves, names=queries.names_of(edition), rulebook=queries.rulebook_of(edition))
    return told


def _ask_about(told: MoveTold, application: Application, other: Application, *, plan: Plan | None) -> None:
    where = {one.application_id: one for one in queries.standing_in(plan)}
    told.other, told.numbers = other.code, list(where[other.id].numbers)
    name, numbers = other.organisation.name, places_said(where[other.id].by_day)
    if application.id in where:
        told.question = str(_("%(name)s stands on %(numbers)s. Let them change places?", name=name, numbers=numbers))
    else:
        told.question = str(
            _(
                "%(name)s stands on %(numbers)s and would have no place then. Put this one there?",
                name=name,
                numbers=numbers,
            )
        )


def _name_rules(
    told: MoveTold, moves: Sequence[tuple[Application, Broken]], *, names: Names, rulebook: Rulebook
) -> None:
    is_one = len({who.id for who, _rule in moves}) < 2 and not told.other
    for who, rule in moves:
        said = broken_said(rule, names, rulebook)
        sentence = said if is_one else f"{who.organisation.name}: {said}"
        if rule.misfit is Misfit.TAKEN:
            told.refused = sentence
        elif sentence not in told.rules + told.lost:
            (told.rules if rule.is_hard else told.lost).append(sentence)


@dataclass(frozen=True, slots=True)
class StepShown:
    """The last step by hand: its number, and what taking it back says."""

    number: int
    words: str


def last_step_shown(edition: Edition, draft: Plan | None) -> StepShown | None:
    """What can be taken back, if anything."""
    steps = steps_of(draft.proposal) if draft else []
    return StepShown(steps[-1].number, step_said(edition, steps[-1])) if steps else None


def step_said(edition: Edition, step: Step) -> str:
    """A step by hand in words."""
    found = [(code, applications.find_in(edition, code)) for code in step.codes]
    names = [one.organisation.name if one else code for code, one in found]
    told = {"name": names[0], "names": listed(names), "numbers": listed(step.numbers)}
    match step.did:
        case Did.PLACED:
            return str(_("%(name)s placed on %(numbers)s", **told))
        case Did.EXCHANGED:
            return str(_("%(names)s changed places", **told))
        case Did.TAKEN_OFF:
            return str(_("%(name)s taken off %(numbers)s", **told))
        case Did.FIXED:
            return str(_("%(name)s fixed on %(numbers)s", **told))
        case Did.UNFIXED:
            return str(_("%(name)s no longer fixed on %(numbers)s", **told))


def placed_said(lost: Sequence[Broken], names: Names, rulebook: Rulebook) -> str:
    """What is told of wishes that are lost by a step."""
    wishes = [broken_said(one, names, rulebook) for one in lost if not one.is_hard]
    if not wishes:
        return ""
    return " ".join([str(ngettext("%(num)d wish is lost:", "%(num)d wishes are lost:", len(wishes))), *wishes])
