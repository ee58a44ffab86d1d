"""The answers that can be chosen, and the tested lists of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eventsys.base.reading import ObjectReader, flag, list_of, text, texts
from eventsys.base.refusals import Refusal
from eventsys.surveys.rules.codes import READING, Code

KEY = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")


def check_key(key: str, where: str) -> None:
    """Refuse a key that isn't made of small letters, digits and single joints: FIELD_WRONG."""
    if not KEY.fullmatch(key):
        raise Refusal(Code.FIELD_WRONG, field=where, value=key)


def refuse_twice(keys: Sequence[str], where: str) -> None:
    """Refuse the first key that comes again: KEY_TWICE."""
    for place, key in enumerate(keys):
        if key in keys[:place]:
            raise Refusal(Code.KEY_TWICE, field=where, key=key)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen. `is_opinion` is false for "don't know" and "not relevant": they leave the share."""

    value: str
    text: dict[str, str]
    is_positive: bool = False
    is_opinion: bool = True

    def __post_init__(self) -> None:
        check_key(self.value, "options.value")
        if self.is_positive and not self.is_opinion:
            raise Refusal(Code.POSITIVE_WITHOUT_OPINION, field="options.positive", value=self.value)

    @classmethod
    def from_json(cls, data: object) -> Option:
        """Read `{"value", "text", "positive", "opinion"}`; an opinion that isn't positive unless it says otherwise."""
        reader = ObjectReader(data, codes=READING, path="options")
        option = cls(
            reader.take("value", text),
            reader.take("text", texts),
            reader.take_or("positive", flag, default=False),
            reader.take_or("opinion", flag, default=True),
        )
        reader.finish()
        return option

    def to_json(self) -> dict[str, object]:
        """The form that `from_json` reads."""
        return {
            "value": self.value,
            "text": dict(self.text),
            "positive": self.is_positive,
            "opinion": self.is_opinion,
        }


# The municipality's own scale: the answers of the satisfaction survey of 2008, with the two that its common Danish
# form adds. Both degrees that were counted as satisfied then ("35 of 36") are positive.
AGREEMENT_SCALE = (
    Option("high_degree", {"da": "i høj grad", "en": "to a high degree", "ar": "بدرجة كبيرة"}, is_positive=True),
    Option("some_degree", {"da": "i nogen grad", "en": "to some degree", "ar": "إلى حد ما"}, is_positive=True),
    Option("lesser_degree", {"da": "i mindre grad", "en": "to a lesser degree", "ar": "بدرجة قليلة"}),
    Option("not_at_all", {"da": "slet ikke", "en": "not at all", "ar": "لا على الإطلاق"}),
    Option("dont_know", {"da": "ved ikke", "en": "don't know", "ar": "لا أعرف"}, is_opinion=False),
)
YES_NO = (
    Option("yes", {"da": "ja", "en": "yes", "ar": "نعم"}, is_positive=True),
    Option("no", {"da": "nej", "en": "no", "ar": "لا"}),
    Option("dont_know", {"da": "ved ikke", "en": "don't know", "ar": "لا أعرف"}, is_opinion=False),
)
TESTED_LISTS = {"agreement_scale": AGREEMENT_SCALE, "yes_no": YES_NO}


def options_from_json(data: object) -> tuple[Option, ...]:
    """A list of options, or the name of a tested one."""
    if isinstance(data, str):
        if data not in TESTED_LISTS:
            raise ValueError(data)
        return TESTED_LISTS[data]
    return list_of(Option.from_json)(data)
