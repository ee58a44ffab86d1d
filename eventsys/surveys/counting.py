"""All answers of a survey counted in one pass, and who could have given them; free text apart, by itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from sqlalchemy import Label, func, literal, select

from eventsys.base.db import db
from eventsys.surveys import asked, queries
from eventsys.surveys.models import Answer, Response, Survey, TextTag
from eventsys.surveys.rules.asking import ORGANISATIONS
from eventsys.surveys.rules.figures import Figures, Who, figures_of
from eventsys.surveys.rules.instruments import Audience, Instrument, Item, ItemKind
from eventsys.surveys.rules.splits import Given


class Counted:
    """A survey's answers in counts; who gave which isn't in them."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey

    @cached_property
    def instrument(self) -> Instrument:
        """What was asked."""
        return queries.as_rules(self.survey.instrument)

    @cached_property
    def who(self) -> tuple[Who, ...]:
        """The audiences that were asked or have answered: how many could, and how many did."""
        query = (
            select(Response.audience, func.count())
            .where(Response.survey_id == self.survey.id)
            .group_by(Response.audience)
        )
        responses = dict(db.session.execute(query).all())
        invited = asked.askings(self.survey)
        named = {row.audience for row in asked.audiences_of(self.survey)} | {Audience(name) for name in responses}
        return tuple(
            Who(audience, self._population(audience, invited.get(audience)), responses.get(audience.value, 0))
            for audience in Audience
            if audience in named
        )

    def _population(self, audience: Audience, asking: asked.Asking | None) -> int | None:
        """Those who were asked; of organisations of whom answers came in on paper, those who took part."""
        if audience is Audience.VISITOR:
            return None
        if asking is not None and asking.invited:
            return asking.invited
        return len(asked.took_part(self.survey.edition, audience)) or None if audience in ORGANISATIONS else None

    def figures(self, item: Item) -> tuple[Figures, ...]:
        """An item's figures, panel by panel."""
        before = self.instrument.item(item.shown_if.item) if item.shown_if else None
        return figures_of(item, self.who, self._given, before=before)

    @cached_property
    def _given(self) -> dict[str, list[Given]]:
        keys = {item.id: item.key for item in self.survey.instrument.items}
        stated = self._stated.label("stated")
        query = (
            select(Answer.item_id, Response.audience, stated, Response.language, Answer.value, func.count())
            .join(Response, Response.id == Answer.response_id)
            .where(Response.survey_id == self.survey.id)
            .group_by(Answer.item_id, Response.audience, "stated", Response.language, Answer.value)
        )
        texts = [item.id for item in self.survey.instrument.items if item.kind is ItemKind.TEXT]
        if texts:  # They would be as many groups as answers. Those left out are named, as naming the others leads SQLite the long way.
            query = query.where(Answer.item_id.not_in(texts))
        found: dict[str, list[Given]] = {}
        for item_id, audience, said, language, value, count in db.session.execute(query):
            found.setdefault(keys[item_id], []).append(Given(audience, said, language, value, count))
        return found

    @property
    def _stated(self) -> Label[str]:
        declared = self.instrument.breakdowns
        if not declared:
            return literal("").label("stated")
        return func.coalesce(Response.breakdowns[declared[0].value].as_string(), "").label("stated")


def texts_of(survey: Survey, item_id: int) -> dict[str, int]:
    """Each text that was written, and by how many. The order means nothing."""
    query = (
        select(Answer.value, func.count())
        .join(Response, Response.id == Answer.response_id)
        .where(Response.survey_id == survey.id, Answer.item_id == item_id)
        .group_by(Answer.value)
    )
    return dict(db.session.execute(query).all())


def tags_of(survey: Survey, item_id: int) -> Sequence[TextTag]:
    """The tags on texts to an item."""
    return db.session.scalars(
        select(TextTag)
        .where(TextTag.survey_id == survey.id, TextTag.item_id == item_id)
        .order_by(TextTag.name, TextTag.text_key)
    ).all()
