"""The forms in which organisers write a questionnaire and its items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField
from wtforms.validators import Optional

from eventsys.base import fields
from eventsys.base.fields import CheckboxesField, Form, Needed, OneOfSeveral, WholeNumberField
from eventsys.base.i18n import LANGUAGES, in_language
from eventsys.base.refusals import Refusal
from eventsys.surveys.building import Named
from eventsys.surveys.building_texts import BREAKDOWNS
from eventsys.surveys.library import chosen
from eventsys.surveys.models import Instrument
from eventsys.surveys.rules.building import check_new_key, key_from, stamp, with_positive
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.instruments import (
    CHOICES,
    LARGEST_NUMBER,
    Audience,
    Breakdown,
    Item,
    ItemKind,
    ShownIf,
)
from eventsys.surveys.rules.options import AGREEMENT_SCALE, YES_NO, Option
from eventsys.surveys.texts import AUDIENCES

MOST_OPTIONS, EMPTY_ROWS = 30, 3
LONGEST_QUESTION = 500
# What an item of each kind starts from; `yes_no` is a choice of one whose answers are there already.
STARTS: dict[str, tuple[ItemKind, tuple[Option, ...]]] = {
    "scale": (ItemKind.SCALE, AGREEMENT_SCALE),
    "yes_no": (ItemKind.SINGLE, YES_NO),
    "single": (ItemKind.SINGLE, ()),
    "multiple": (ItemKind.MULTIPLE, ()),
    "rating": (ItemKind.RATING, ()),
    "number": (ItemKind.NUMBER, ()),
    "text": (ItemKind.TEXT, ()),
}


class InstrumentForm(Form):
    """A questionnaire as a whole: its name by language, and by what its results may be split."""

    name_da = fields.line(_("Name in Danish"), OneOfSeveral())
    name_en = fields.line(_("Name in English"), OneOfSeveral())
    name_ar = fields.line(_("Name in Arabic"), OneOfSeveral())
    breakdowns = CheckboxesField(
        _("Results may also be split by"),
        description=_("Beside audience and language. It is declared now, because an answer keeps nothing else."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.breakdowns.choices = [(key.value, str(words)) for key, words in BREAKDOWNS.items()]

    def named(self, before: Mapping[str, str] | None = None) -> Named:
        """What was written; languages that the form doesn't know keep their name."""
        return Named(_texts(self, "name_", before), tuple(Breakdown(word) for word in self.breakdowns.data or ()))

    @classmethod
    def of(cls, instrument: Instrument) -> InstrumentForm:
        """Filled in with what holds."""
        names = {f"name_{code}": text for code, text in instrument.name.items()}
        return cls(data={**names, "breakdowns": list(instrument.breakdowns)})


class MakeForm(InstrumentForm):
    """Beginning one: its short name too, and whose questions it begins with."""

    key = fields.line(
        _("Short name"),
        Needed(),
        description=_("Files of answers and indicators call the questionnaire by it. It can't be changed later."),
    )
    source = SelectField(_("Begin with the questions of"), default="")

    def offer(self, instruments: Iterable[Instrument]) -> None:
        """Let choose a questionnaire to begin with."""
        self.source.choices = [("", str(_("none: choose them on the next page")))]
        self.source.choices += [(str(one.id), in_language(one.name)) for one in instruments]


class LibraryForm(Form):
    """Which questions of the library to add."""

    items = CheckboxesField(_("Questions"), validate_choice=False)

    def told(self) -> tuple[Item, ...]:
        """The items that were chosen. Refused: NONE_CHOSEN."""
        found = chosen(self.items.data or [])
        if not found:
            raise Refusal(Code.NONE_CHOSEN)
        return found


class OptionRow(wtforms.Form):
    """One answer to choose from."""

    value = HiddenField()
    da = fields.line(_("Danish"), OneOfSeveral())
    en = fields.line(_("English"), OneOfSeveral())
    ar = fields.line(_("Arabic"), OneOfSeveral())
    is_positive = BooleanField(_("Counts as positive"))
    is_apart = BooleanField(_("Is no opinion, such as “don't know”: it stands apart and leaves the shares"))


class ItemForm(Form):
    """One question, of a kind that is settled before the form is opened."""

    # The stamp of what the item said when the page was opened.
    seen = HiddenField()
    text_da = fields.text(_("Question in Danish"), OneOfSeveral(), longest=LONGEST_QUESTION)
    text_en = fields.text(_("Question in English"), OneOfSeveral(), longest=LONGEST_QUESTION)
    text_ar = fields.text(_("Question in Arabic"), OneOfSeveral(), longest=LONGEST_QUESTION)
    positive = CheckboxesField(
        _("Answers that count as positive"),
        validators=[Needed()],
        validate_choice=False,
        description=_(
            "It is fixed before the first answer. In the municipality's surveys both degrees of agreement are."
        ),
    )
    options = FieldList(FormField(OptionRow), _("Answers to choose from"), max_entries=MOST_OPTIONS)
    lowest = WholeNumberField(_("Lowest number"), validators=[Optional()])
    highest = WholeNumberField(_("Highest number"), validators=[Optional()])
    audiences = CheckboxesField(_("Asked of"), description=_("Leave all empty to ask everybody."))
    condition = CheckboxesField(
        _("Shown only after one of these answers"),
        validate_choice=False,
        description=_("Leave all empty to show it always. Choose answers of one question only."),
    )
    is_required = BooleanField(
        _("It must be answered"),
        description=_("Only where it must: whoever can't answer it, can't send the rest either."),
    )
    key = fields.line(
        _("Short name"),
        description=_(
            "Files of answers and indicators call the question by it. Left empty, it is made of the first words."
        ),
    )

    kind: ItemKind = ItemKind.TEXT
    base: tuple[Option, ...] = ()
    earlier: Sequence[Item] = ()

    def offer(self, kind: ItemKind, base: tuple[Option, ...], earlier: Iterable[Item]) -> None:
        """Set what kind of item it is, the answers that it starts from, and the choices."""
        self.kind, self.base = kind, base
        self.audiences.choices = [(key, str(word)) for key, word in AUDIENCES.items()]
        self.positive.choices = [(option.value, in_language(option.text)) for option in base if option.is_opinion]
        self.earlier = [one for one in earlier if one.options]
        self.condition.choices = [
            (f"{one.key}={option.value}", in_language(option.text)) for one in self.earlier for option in one.options
        ]

    def conditions(self) -> list[tuple[str, list[Any]]]:
        """The answers that this can hang on, by the question that they answer."""
        boxes = iter(self.condition)
        return [(in_language(one.text), [next(boxes) for _option in one.options]) for one in self.earlier]

    @property
    def has_rows(self) -> bool:
        """Whether answers are written here; those of the tested scale are fixed."""
        return self.kind in CHOICES and not self.is_tested

    @property
    def is_tested(self) -> bool:
        """Whether the answers are the municipality's own scale."""
        texts = [option.text for option in self.base]
        return self.kind is ItemKind.SCALE and texts == [option.text for option in AGREEMENT_SCALE]

    def rearrange(self, pressed: Mapping[str, str]) -> bool:
        """Add a row of an answer, or take one away, where a button for that was pressed; whether one was. All typed stays."""
        rows = self.options.entries
        if "add_row" in pressed:
            if self.has_room:
                self.options.append_entry()
        elif "remove_row" in pressed:
            rows[:] = [row for row in rows if row.name != pressed["remove_row"]]
        else:
            return False
        return True

    @property
    def blank(self) -> OptionRow:
        """A row without words, which the page's script copies; it puts the number of the row where ROW stands."""
        return OptionRow(prefix="options-ROW-")

    @property
    def has_room(self) -> bool:
        """Whether one more row of an answer can be added."""
        return len(self.options.entries) < MOST_OPTIONS

    def told(self, before: Item | None, *, taken: Sequence[str]) -> Item:
        """What was written. Refused: TEXT_MISSING, CONDITION_OF_TWO, and what `rules.Item` refuses."""
        texts = _texts(self, "text_", before.text if before else None)
        if not texts:
            raise Refusal(Code.TEXT_MISSING, field="text_da")
        key = before.key if before else self.key.data or key_from(texts, taken=taken, otherwise="question")
        if before is None:
            check_new_key(key, ())
        is_number = self.kind is ItemKind.NUMBER
        return Item(
            key,
            self.kind,
            texts,
            self._options() if self.has_rows else with_positive(self.base, self.positive.data or ()),
            frozenset(Audience(word) for word in self.audiences.data or ()),
            self.is_required.data,
            (self.lowest.data or 0) if is_number else 0,
            self.highest.data if is_number and self.highest.data is not None else LARGEST_NUMBER,
            self._condition(),
        )

    def _options(self) -> tuple[Option, ...]:
        """Rows without any word are left out."""
        known = {option.value: option.text for option in self.base}
        found: dict[str, Option] = {}
        for row in self.options:
            value = row.form.value.data or ""
            texts = _texts(row.form, "", known.get(value))
            if any(row.form[code].data for code in LANGUAGES):
                if value not in known or value in found:
                    value = key_from(texts, taken=[*known, *found], otherwise="answer")
                found[value] = Option(value, texts, row.form.is_positive.data, not row.form.is_apart.data)
        return tuple(found.values())

    def _condition(self) -> ShownIf | None:
        pairs = [chosen.rpartition("=") for chosen in self.condition.data or []]
        keys = {key for key, _sign, _value in pairs}
        if len(keys) > 1:
            raise Refusal(Code.CONDITION_OF_TWO, field="condition")
        return ShownIf(keys.pop(), tuple(value for _key, _sign, value in pairs)) if keys else None


def item_form(start: str, before: Item | None, earlier: Iterable[Item]) -> ItemForm:
    """The form of an item that is there, or of a new one of a kind of `STARTS`."""
    kind, base = (before.kind, before.options) if before else STARTS[start]
    form = ItemForm(data=_said(kind, base, before))
    form.offer(kind, base, earlier)
    if form.has_rows and not form.is_submitted():
        for _row in range(max(EMPTY_ROWS - len(base), 1)):
            form.options.append_entry()
    return form


def _said(kind: ItemKind, base: Iterable[Option], before: Item | None) -> dict[str, Any]:
    options = [
        {"value": one.value, **one.text, "is_positive": one.is_positive, "is_apart": not one.is_opinion} for one in base
    ]
    said: dict[str, Any] = {"options": options, "positive": [one.value for one in base if one.is_positive]}
    if before is None:
        return said
    if kind is ItemKind.NUMBER:
        said |= {"lowest": before.lowest, "highest": before.highest if before.highest != LARGEST_NUMBER else None}
    said |= {f"text_{code}": text for code, text in before.text.items()}
    condition = before.shown_if
    said["condition"] = [f"{condition.item}={value}" for value in condition.values] if condition else []
    audiences = [audience.value for audience in before.audiences]
    return {**said, "seen": stamp(before), "audiences": audiences, "is_required": before.is_required, "key": before.key}


def _texts(form: Any, start: str, before: Mapping[str, str] | None = None) -> dict[str, str]:
    """What was written by language; what there is in languages that the form doesn't know stays."""
    others = {code: text for code, text in (before or {}).items() if code not in LANGUAGES}
    return {**{code: text for code in LANGUAGES if (text := form[f"{start}{code}"].data)}, **others}
