"""What an organiser is told with a booth in the hand: how it would stand on every pitch, what a move breaks, what can be undone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
from eventsys.booths.rules.fitting import Fit
from eventsys.booths.rules.placing import Broken
from eventsys.booths.rules.rulebook import Rulebook
from eventsys.booths.rules.steps import Did, Step, steps_of
from eventsys.booths.said import Names, broken_said, on_days_said, places_said
from eventsys.editions.models import Edition


@dataclass(frozen=True, slots=True)
class Scope:
    """For which days of a booth something is done: `days` (all of its own where none is named), in words, whether it has others."""

    days: tuple[int, ...] = ()
    words: str = ""
    has_others: bool = False


def scope_of(application: Application, day: int) -> Scope:
    """What is done while a day is shown (0 for all) is done for that day alone, if the booth is there then."""
    own = sorted(queries.days_of(application, ()))
    if not day:
        return Scope()
    if day not in own:
        return Scope(
            words=str(_("It isn't there on day %(day)s; this is about day %(own)s.", day=day, own=listed(own)))
        )
    if len(own) == 1:
        return Scope((day,), str(_("It is there on day %(day)s alone.", day=day)))
    words = _("Only day %(day)s: on its other days it stays where it is.", day=day)
    return Scope((day,), str(words), has_others=True)


def hand_told(application: Application, plan: Plan | None, *, day: int = 0) -> dict[str, object]:
    """A booth in the hand for the page: what it needs, where it stands, and for each pitch how it would stand there.

    `pitches`: number → verdict, place in `sentences`, whether somebody stands there, the numbers of both where it needs two.
    With a day (0 for all) everything is about that day, as `scope` says.
    """
    scope = scope_of(application, day)
    own = next((one for one in queries.standing_in(plan) if one.application_id == application.id), None)
    there = _on(own, scope.days)
    problem, fits = queries.look_around(application.edition, application, plan=plan, days=scope.days)
    names, sentences = queries.names_of(application.edition), dict[str, int]()
    pitches, told = {}, dict[tuple[object, ...], str]()
    for pitch, fit in zip(problem.pitches, fits, strict=True):
        key = fit.there, fit.broken, fit.broken_by_other, fit.loses_place
        if key not in told:
            told[key] = _fit_said(fit, names, problem.rulebook)
        said = sentences.setdefault(told[key], len(sentences))
        numbers = [problem.pitches[n].number for n in fit.pitches]
        pitches[pitch.number] = [fit.verdict.value, said, bool(fit.there), numbers if len(numbers) > 1 else []]
    return {
        "code": application.code,
        "name": application.organisation.name,
        "told": needs_said(application),
        "numbers": sorted({number for numbers in there.values() for number in numbers}),
        "isFixed": bool(own and own.locked_days & there.keys()),
        "reason": own.override_reason if own else "",
        "days": list(scope.days),
        "scope": scope.words,
        "hasOthers": scope.has_others,
        "sentences": list(sentences),
        "pitches": pitches,
    }


def _on(own: queries.Standing | None, days: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Where a booth stands on some days, on all if none are named."""
    return {day: numbers for day, numbers in own.by_day.items() if not days or day in days} if own else {}


def _fit_said(fit: Fit, names: Names, rulebook: Rulebook) -> str:
    """How a booth would stand somewhere, in sentences: who is there, what is broken by either, what is lost."""
    there = listed(names.get(one, one) for one in fit.there)
    if len(fit.there) > 1:
        return str(_("%(names)s stand there. Take them off first.", names=there))
    said = []
    if fit.loses_place:
        said.append(str(_("%(names)s stands there and would have no place then.", names=there)))
    elif fit.there:
        said.append(str(_("%(names)s stands there; they would change places.", names=there)))
    broken = [(one, broken_said(one, names, rulebook)) for one in fit.broken]
    broken += [(one, _of_somebody(there, broken_said(one, names, rulebook))) for one in fit.broken_by_other]
    hard = [sentence for one, sentence in broken if one.is_hard]
    lost = [sentence for one, sentence in broken if not one.is_hard]
    if hard:
        said += [str(_("Against a rule:")), *hard]
    elif not lost:
        said.append(str(_("It fits.")))
    if lost:
        said += [*([] if hard else [str(_("It fits, but:"))]), *lost]
    return " ".join(said)


def _of_somebody(name: str, sentence: str) -> str:
    return f"{name}: {sentence}"


@dataclass(slots=True)
class MoveTold:
    """What a move would do: hard rules and wishes broken, in sentences; with whom it changes places; why it can't be; which days."""

    numbers: list[str]
    rules: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    question: str = ""
    other: str = ""
    refused: str = ""
    days: list[int] = field(default_factory=list)
    scope: str = ""

    def as_json(self) -> dict[str, object]:
        """For the page."""
        return asdict(self)


def move_told(application: Application, numbers: Sequence[str], plan: Plan | None, *, day: int = 0) -> MoveTold:
    """What would happen if a booth were put there, on a day alone or on all (0), nothing being written. Refusal(PITCH_UNKNOWN)."""
    edition, scope = application.edition, scope_of(application, day)
    broken = queries.broken_on(edition, application, numbers, plan=plan, days=scope.days)
    told = MoveTold(list(numbers), days=list(scope.days), scope=scope.words)
    others = [one for rule in broken if rule.misfit is Misfit.TAKEN for one in rule.others]
    moves = [(application, rule) for rule in broken]
    if others:
        there = [one for one in applications.approved_of(edition) if one.reference in others]
        if len(there) != 1:
            told.refused = str(
                _("%(names)s stand there. Take them off first.", names=listed(one.organisation.name for one in there))
            )
            return told
        exchange = queries.exchange_of(application, there[0], plan=plan, days=scope.days)
        moves = queries.weigh(edition, exchange, plan=plan)
        _ask_about(told, application, there[0], plan=plan, days=scope.days)
    _name_rules(told, moves, names=queries.names_of(edition), rulebook=queries.rulebook_of(edition))
    return told


def rules_of_exchange(one: Application, other: Application, plan: Plan | None, *, days: Collection[int]) -> list[str]:
    """The hard rules that either breaks where it goes when two change places. Refusal: as `exchange_of`."""
    moves = queries.weigh(one.edition, queries.exchange_of(one, other, plan=plan, days=days), plan=plan)
    told = MoveTold([], other=other.code)
    _name_rules(told, moves, names=queries.names_of(one.edition), rulebook=queries.rulebook_of(one.edition))
    return told.rules


def _ask_about(
    told: MoveTold, application: Application, other: Application, *, plan: Plan | None, days: Collection[int]
) -> None:
    where = {one.application_id: _on(one, days) for one in queries.standing_in(plan)}
    theirs = where[other.id]
    told.other, told.numbers = other.code, sorted({number for numbers in theirs.values() for number in numbers})
    name, numbers = other.organisation.name, places_said(theirs)
    if where.get(application.id):
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
        sentence = said if is_one else _of_somebody(who.organisation.name, said)
        if rule.misfit is Misfit.TAKEN:
            told.refused = sentence
        elif sentence not in told.rules + told.lost:
            (told.rules if rule.is_hard else told.lost).append(sentence)


@dataclass(frozen=True, slots=True)
class StepShown:
    """The last step by hand: its number, what taking it back says, and the codes of whom it concerns."""

    number: int
    words: str
    codes: tuple[str, ...]


def last_step_shown(edition: Edition, draft: Plan | None) -> StepShown | None:
    """What can be taken back, if anything."""
    steps = steps_of(draft.proposal) if draft else []
    return StepShown(steps[-1].number, step_said(edition, steps[-1]), tuple(steps[-1].codes)) if steps else None


def step_said(edition: Edition, step: Step) -> str:
    """A step by hand in words."""
    found = [(code, applications.find_in(edition, code)) for code in step.codes]
    names = [one.organisation.name if one else code for code, one in found]
    where = on_days_said(listed(step.numbers), step.days) if step.days else listed(step.numbers)
    told = {"name": names[0], "names": listed(names), "numbers": where}
    match step.did:
        case Did.PLACED:
            return str(_("%(name)s placed on %(numbers)s", **told))
        case Did.EXCHANGED:
            if step.days:
                return str(_("%(names)s changed places on day %(days)s", **told, days=listed(step.days)))
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
