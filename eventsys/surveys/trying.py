"""Trying a questionnaire out: the answering pages without a survey. What is given travels in the form and is stored nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventsys.base.i18n import in_language
from eventsys.surveys.rules.answering import pages_of
from eventsys.surveys.rules.instruments import Audience, Instrument, Item
from eventsys.surveys.rules.values import AnswerValue


@dataclass(frozen=True, slots=True)
class Trial:
    """A walk through a questionnaire as one audience is asked it. It looks like a door to a survey that isn't there."""

    instrument: Instrument
    audience: Audience
    path: str
    is_by_name: bool = False

    @property
    def invitation(self) -> bool:
        """Whether this audience is asked by a link of its own."""
        return self.audience is not Audience.VISITOR

    @property
    def pages(self) -> tuple[tuple[Item, ...], ...]:
        """What is asked, page by page."""
        return pages_of(self.instrument, self.audience)

    def given(self, form: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """What was given on this page and those before it."""
        return {item.key: list(form[item.key]) for page in self.pages for item in page if item.key in form}

    def would_be_kept(self, values: Mapping[str, AnswerValue]) -> list[tuple[str, str]]:
        """Each question that was answered with what would be kept of it, in words."""
        items = [item for page in self.pages for item in page if item.key in values]
        return [(in_language(item.text), _words(item, values[item.key])) for item in items]


def _words(item: Item, value: AnswerValue) -> str:
    chosen = value if isinstance(value, tuple) else (str(value),)
    options = {option.value: in_language(option.text) for option in item.options}
    return ", ".join(options.get(one, one) for one in chosen)
