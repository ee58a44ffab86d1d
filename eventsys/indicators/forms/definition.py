"""An indicator as an organiser builds it, without code: what is counted, of whom, and what is aimed at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from eventsys.base import fields
from eventsys.base.fields import Form, Needed
from eventsys.base.i18n import LANGUAGES
from eventsys.base.refusals import Refusal
from eventsys.base.spreadsheet import number
from eventsys.indicators.queries import Askable
from eventsys.indicators.rules.codes import Code
from eventsys.indicators.rules.definitions import Indicator, check_target, definition_from_json, unit_of
from eventsys.indicators.rules.figures import RESOURCE_UNITS, Unit
from eventsys.indicators.rules.measures import Definition, Measure
from eventsys.indicators.rules.populations import RULES, Population
from eventsys.indicators.rules.register import date_written
from eventsys.indicators.rules.targets import Direction, Target
from eventsys.indicators.texts import DIRECTIONS, KINDS, POPULATIONS, PROPERTIES, SUBJECTS, UNITS, WAYS

# The fields that each measure asks for, in the order of the page.
ASKED: dict[Measure, tuple[str, ...]] = {
    Measure.COUNT: ("population", "register", "group", "way"),
    Measure.VISITORS: ("register", "group"),
    Measure.SHARE: ("population", "having", "announced"),
    Measure.SURVEY_SHARE: ("population", "register", "group", "item"),
    Measure.FOLLOW_UP: ("population", "register", "group", "item", "months"),
    Measure.GROWTH: ("subject", "base_year"),
    Measure.RESOURCE: ("unit", "norm", "group"),
    Measure.EXTERNAL: ("publisher", "strand", "unit", "baseline", "baseline_on", "due_on"),
}
COUNTABLE = [population for population in Population if RULES[population].has_register]
OFFERED = {
    Measure.COUNT: [*COUNTABLE, Population.DAYS_HELD, Population.REGISTERED],
    Measure.SHARE: COUNTABLE,
    Measure.SURVEY_SHARE: [*COUNTABLE, Population.VISITORS, Population.REQUESTERS, Population.REGISTERED],
    Measure.FOLLOW_UP: [*COUNTABLE, Population.REQUESTERS, Population.REGISTERED],
}
# Where a refusal of the rules belongs on the page.
FIELD_OF = {
    "target.value": "target", "target.unit": "target", "definition.instrument": "item", "definition.source": "publisher",
    "definition.announced": "announced", "key": "name_en", "name": "name_da",
}  # fmt: skip
LONGEST_ITEM = 90


def _choices(words: Mapping[Any, Any], *first: tuple[str, Any]) -> list[tuple[str, str]]:
    return [(value, str(word)) for value, word in first] + [(key.value, str(word)) for key, word in words.items()]


class IndicatorForm(Form):
    name_da = fields.line(_("The criterion in Danish"), Needed())
    name_en = fields.line(_("The criterion in English"), Needed())
    name_ar = fields.line(_("The criterion in Arabic"))
    population = SelectField(_("Of whom"), [Needed()], validate_choice=False)
    register = SelectField(
        _("Kind of entry in the register"),
        validate_choice=False,
        description=_("Where the register of the year is to be counted, or says how many there were to be asked."),
    )
    group = fields.line(_("Group of the entries"), description=_("Leave it empty to count all groups."))
    way = SelectField(_("How entries are counted"), validate_choice=False)
    having = SelectField(_("Who"), [Needed()], validate_choice=False)
    announced = fields.number(
        _("Of how many the target spoke"), description=_("Such as 60 for “two fifths of these 60”.")
    )
    item = SelectField(_("Question"), [Needed()], validate_choice=False)
    months = fields.number(_("How many months later"), Needed())
    subject = SelectField(_("What grows"), [Needed()], validate_choice=False)
    base_year = fields.number(_("Since which year"), Needed())
    unit = SelectField(_("Unit"), [Needed()], validate_choice=False)
    norm = fields.number(
        _("How many hours make one"),
        description=_("1924 for a full-time equivalent; 44 weeks for hours a week; 1 for hours."),
    )
    publisher = fields.line(_("Who publishes it"), Needed())
    strand = fields.line(
        _("Series of figures"), Needed(), description=_("As it is called under “Published by others”.")
    )
    baseline = fields.number(_("Where it began"))
    baseline_on = fields.line(_("When it began"), description=_("Such as 2011-11-30."))
    due_on = fields.line(_("When the goal falls due"), description=_("Such as 2015-11-30."))
    target = fields.number(
        _("Target"), description=_("In percent for shares and growth. Leave it empty if there is none.")
    )
    direction = SelectField(_("Success means"), validate_choice=False)
    source = fields.line(_("Document that the criterion stands in"))
    measure: Measure
    kept: Mapping[str, Any]
    known: frozenset[str]

    @classmethod
    def of(cls, measure: Measure, items: Sequence[Askable], indicator: Indicator | None = None) -> IndicatorForm:
        """The form for a measure, with what an indicator says or with the usual values."""
        form = cls(data=_said(indicator) if indicator else {"norm": "1924", "months": "6"})
        form.measure = measure
        form.kept = indicator.definition.to_json() if indicator else {}
        form.population.choices = _choices({p: POPULATIONS[p] for p in OFFERED.get(measure, [])})
        nothing = _("no; count at the gates") if measure is Measure.VISITORS else _("none")
        kinds = {
            kind: word for kind, word in KINDS.items() if measure is not Measure.VISITORS or kind.value == "attendance"
        }
        form.register.choices = _choices(kinds, ("", nothing))
        form.way.choices, form.having.choices = _choices(WAYS), _choices(PROPERTIES)
        form.subject.choices, form.direction.choices = _choices(SUBJECTS), _choices(DIRECTIONS)
        units = [unit for unit in Unit if unit in RESOURCE_UNITS or measure is Measure.EXTERNAL]
        form.unit.choices = _choices({unit: UNITS[unit] for unit in units})
        form.item.choices = _items(items, form.item.data)
        form.known = frozenset(each.key for each in items)
        return form

    def asked(self) -> list[Any]:
        """The fields that the measure asks for."""
        return [self[name] for name in ASKED[self.measure]]

    def definition(self) -> Definition:
        """What is counted. Refused by its field: whatever isn't sound."""
        if "item" in ASKED[self.measure] and self.item.data not in self.known:
            raise Refusal(Code.ITEM_GONE if self.item.data else Code.FIELD_NEEDED, field="item")
        readers = {"announced": _whole, "months": _whole, "base_year": _whole, "norm": _exact, "baseline": _exact}
        said: dict[str, Any] = {"measure": self.measure.value}
        for name in ASKED[self.measure]:
            written = self[name].data or ""
            said[name] = readers[name](written, name) if name in readers else written or None
        for name in ("baseline_on", "due_on"):
            if said.get(name):
                said[name] = _day(said[name], name)
        with_item = dict(zip(("instrument", "item"), (said.pop("item", None) or "").split("/"), strict=False))
        said |= with_item if "item" in ASKED[self.measure] else {}
        if "publisher" in said:
            said["source"] = said.pop("publisher")
        return _read(self._tidied(said))

    def _tidied(self, said: dict[str, Any]) -> dict[str, Any]:
        """Without what belongs to a register that isn't chosen; with what the page doesn't ask for but the indicator has."""
        if "register" in said and not said["register"]:
            said = {name: value for name, value in said.items() if name not in {"register", "group", "way"}}
        if self.measure is Measure.COUNT and said.get("population") != Population.REGISTERED.value:
            said = {name: value for name, value in said.items() if name not in {"register", "group", "way"}}
        kept = {name: value for name, value in self.kept.items() if name not in {*ASKED[self.measure], *said}}
        loose = {"counted", "screening_item", "screening_values", "year"}
        return said | {name: value for name, value in kept.items() if name in loose}

    def told(self, key: str) -> Indicator:
        """The indicator. Refused by its field: whatever isn't sound."""
        name = {code: text for code in LANGUAGES if (text := self[f"name_{code}"].data)}
        for code in ("da", "en"):
            if code not in name:
                raise Refusal(Code.FIELD_NEEDED, field=f"name_{code}")
        definition = self.definition()
        return Indicator(key, name, definition, self.target_of(definition), self.source.data)

    def target_of(self, definition: Definition) -> Target | None:
        """What is aimed at, in the unit that the definition counts. Refused by its field: a target that can't be."""
        if not self.target.data:
            return None
        value = number(self.target.data.strip(" %٪\u00a0"))
        if value is None:
            raise Refusal(Code.NUMBER_UNREADABLE, field="target", written=self.target.data[:20])
        direction = Direction(self.direction.data) if self.direction.data in list(Direction) else Direction.AT_LEAST
        form = {"value": str(value), "unit": unit_of(definition, None).value, "direction": direction.value}
        try:
            target = Target.from_json(form)
            check_target(definition, target)
        except Refusal as no:
            raise _by_field(no) from None
        return target


def _items(items: Sequence[Askable], chosen: str | None) -> list[tuple[str, str]]:
    """The questions to choose from, and the one that was chosen and is there no more, so that it isn't lost without a word."""
    known = [(each.key, f"{each.instrument}: {each.text}"[:LONGEST_ITEM]) for each in items]
    return [("", str(_("Choose"))), *known] if not chosen or chosen in dict(known) else [("", chosen), *known]


def _read(said: dict[str, Any]) -> Definition:
    try:
        return definition_from_json(said)
    except Refusal as no:
        raise _by_field(no) from None


def _by_field(no: Refusal) -> Refusal:
    field = FIELD_OF.get(no.field or "", (no.field or "").removeprefix("definition."))
    code = Code.FIELD_NEEDED if no.code is Code.FIELD_MISSING else no.code
    return Refusal(code, field=field, **no.values)


def _whole(written: str, field: str) -> int | None:
    value = number(written)
    if written and (value is None or value != int(value)):
        raise Refusal(Code.NUMBER_UNREADABLE, field=field, written=written[:20])
    return None if value is None else int(value)


def _exact(written: str, field: str) -> str | None:
    value = number(written)
    if written and value is None:
        raise Refusal(Code.NUMBER_UNREADABLE, field=field, written=written[:20])
    return None if value is None else str(value)


def _day(written: str, field: str) -> str | None:
    try:
        found = date_written(written)
    except Refusal as no:
        raise Refusal(no.code, field=field, **no.values) from None
    return found.isoformat() if found else None


def _said(indicator: Indicator) -> dict[str, Any]:
    """What an indicator says, as the fields hold it."""
    definition = indicator.definition.to_json()
    said = {name: "" if value is None else str(value) for name, value in definition.items()}
    if "instrument" in definition:
        said["item"] = f"{definition['instrument']}/{definition['item']}"
    said["publisher"] = said.pop("source", "")
    target = indicator.target.to_json() if indicator.target else {"value": "", "direction": "at_least"}
    names = {f"name_{code}": text for code, text in indicator.name.items()}
    return {
        **said,
        **names,
        "target": str(target["value"]),
        "direction": target["direction"],
        "source": indicator.source,
    }
