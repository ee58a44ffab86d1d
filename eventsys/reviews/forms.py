"""What reviewers and organisers type about reviews."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField

from eventsys.base import fields
from eventsys.base.fields import Form, Needed
from eventsys.base.i18n import LANGUAGES, in_language
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.texts import KINDS_OF_MANY
from eventsys.reviews.actions import Judged, Opinion
from eventsys.reviews.models import Criterion, Review
from eventsys.reviews.rules.recommendations import HIGHEST, LOWEST, Recommendation
from eventsys.reviews.texts import RECOMMENDATIONS

HEAVIEST = 10


class ReviewForm(Form):
    recommendation = RadioField(_("What do you recommend?"), validate_choice=False)
    comment = fields.text(_("In your words"))
    has_conflict = BooleanField(
        _("I am too near to judge: a member, a relative, a business partner, or something else")
    )
    criteria: tuple[Criterion, ...] = ()

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.recommendation.choices = [
            *((key.value, str(word)) for key, word in RECOMMENDATIONS.items()),
            ("", str(_("Nothing yet"))),
        ]
        for score in self.scores():
            score.choices = [("", str(_("no score"))), *((number, number) for number in SCORES)]

    def scores(self) -> list[Any]:
        """The fields for scores, in the order of the criteria."""
        return [self[_named(criterion)] for criterion in self.criteria]

    def told(self) -> Opinion:
        """What was said."""
        chosen = {criterion.code: self[_named(criterion)].data for criterion in self.criteria}
        return Opinion(
            recommendation=_recommendation(self.recommendation.data),
            scores={code: int(score) for code, score in chosen.items() if score in SCORES},
            comment=self.comment.data,
            has_conflict=self.has_conflict.data,
        )


SCORES = tuple(str(score) for score in range(LOWEST, HIGHEST + 1))


def _named(criterion: Criterion) -> str:
    return f"score_{criterion.code}"


def _recommendation(written: str | None) -> Recommendation | None:
    return Recommendation(written) if written in list(Recommendation) else None


def review_form(criteria: Iterable[Criterion], kept: Review | None) -> ReviewForm:
    """The form with a field for each criterion, and with what was said before."""
    listed = tuple(criteria)
    scores = {
        _named(criterion): SelectField(
            in_language(criterion.label),
            description=in_language(criterion.help),
            validate_choice=False,
        )
        for criterion in listed
    }
    kind: Any = type("ReviewFormHere", (ReviewForm,), {**scores, "criteria": listed})
    return kind(data=_said(kept))  # type: ignore[no-any-return]


def _said(kept: Review | None) -> dict[str, Any]:
    if kept is None:
        return {"recommendation": ""}
    said = {f"score_{code}": str(score) for code, score in kept.scores.items()}
    given = {"recommendation": kept.recommendation or "", "comment": kept.comment, "has_conflict": kept.has_conflict}
    return given | said


class CriterionForm(Form):
    label_da = fields.line(_("Name in Danish"), Needed())
    label_en = fields.line(_("Name in English"), Needed())
    label_ar = fields.line(_("Name in Arabic"))
    help_da = fields.text(_("What it means, in Danish"), longest=500)
    help_en = fields.text(_("What it means, in English"), longest=500)
    help_ar = fields.text(_("What it means, in Arabic"), longest=500)
    kind = SelectField(_("About"), validate_choice=False)
    weight = SelectField(
        _("Weight"),
        validate_choice=False,
        description=_("A criterion of weight 2 counts twice as much as one of weight 1."),
    )

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.weight.choices = [(str(weight), str(weight)) for weight in range(1, HEAVIEST + 1)]
        self.kind.choices = [("", str(_("all"))), *((key.value, str(word)) for key, word in KINDS_OF_MANY.items())]

    @classmethod
    def of(cls, criterion: Criterion | None) -> CriterionForm:
        """The form with what a criterion says, or an empty one."""
        if criterion is None:
            return cls()
        said = {f"label_{code}": text for code, text in criterion.label.items()}
        said |= {f"help_{code}": text for code, text in criterion.help.items()}
        return cls(data={**said, "kind": criterion.kind or "", "weight": str(criterion.weight)})

    def told(self) -> Judged:
        """What was said."""
        return Judged(
            label={code: text for code in LANGUAGES if (text := self[f"label_{code}"].data)},
            help={code: text for code in LANGUAGES if (text := self[f"help_{code}"].data)},
            kind=Kind(self.kind.data) if self.kind.data in list(Kind) else None,
            weight=int(self.weight.data) if str(self.weight.data) in {str(w) for w in range(1, HEAVIEST + 1)} else 1,
        )
