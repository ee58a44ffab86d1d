"""The forms about the booth, its power, its food. What something means is asked of rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import format_decimal, gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField, ValidationError

from eventsys.applications import queries
from eventsys.applications.forms.reading import OneOf, Read, labelled, plain_decimal
from eventsys.applications.models import Application, Dish
from eventsys.applications.rules import fields as rules
from eventsys.applications.rules.answers import Booth, Food
from eventsys.applications.rules.appliances import (
    BY_KEY,
    CATALOGUE,
    MOST_OF_ONE,
    any_needs_three_phase,
    picked,
    power_of,
    total_watts,
)  # fmt: skip
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.dishes import LONGEST_NAME, contradictions
from eventsys.applications.texts import ALLERGENS, APPLIANCES, DIETS, STATEMENTS, TEXTS
from eventsys.base import fields
from eventsys.base.fields import CheckboxesField, Form, Needed
from eventsys.base.i18n import listed
from eventsys.base.refusals import Refusal
from eventsys.organisations.rules.kinds import Kind

WIDTHS_CM = (300, 450, 600, 900)
NONE_OF_THEM = "none"

SWITCHES = (
    "needs_three_phase", "needs_water", "uses_gas", "uses_open_fire", "plays_amplified_sound",
    "needs_vehicle_access", "needs_step_free", "has_children_activities", "declares_background_checks", "sells_food",
)  # fmt: skip


# What is kept, and how the form says it.
INSURED = {True: "yes", False: "no", None: ""}


class BoothForm(Form):
    width_m = RadioField(
        _("How wide is your booth?"), validate_choice=False, validators=[Needed(), OneOf(may_be_empty=True)]
    )
    power_kw = fields.number(
        _("How much power do you need, in kW?"),
        Needed(),
        Read(rules.amount_of, "power_kw", most=rules.MOST_WATTS, unit=rules.KILOWATTS),
    )
    needs_three_phase = BooleanField(_("Three-phase power (400 V), as large ovens need"))
    needs_water = BooleanField(_("Running water"))
    uses_gas = BooleanField(_("We use gas"))
    uses_open_fire = BooleanField(_("We use open fire or charcoal"))
    plays_amplified_sound = BooleanField(_("We play music or speak through loudspeakers"))
    needs_vehicle_access = BooleanField(_("A car or trailer must come up to the booth"))
    needs_step_free = BooleanField(_("Somebody of our crew needs a way without steps"))
    has_children_activities = BooleanField(_("We do something for children"))
    declares_background_checks = BooleanField(
        _("We have obtained the background checks (børneattester) that the law asks for"),
        description=_("Only if you do something for children. We never ask to see them."),
    )
    sells_food = BooleanField(_("We sell or serve food or drink"))
    has_liability_insurance = RadioField(
        _("Do you have a liability insurance?"),
        validate_choice=False,
        choices=(),
        validators=[OneOf(may_be_empty=True)],
    )

    # What the appliances that are kept already add up to.
    added_before: int | None = None

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        watts = {f"appliance_{key}": BY_KEY[key].watts for key in ("kettle", "fridge", "large_oven")}
        self.power_kw.description = gettext(
            "A kettle takes %(appliance_kettle)s, a fridge %(appliance_fridge)s, a large oven %(appliance_large_oven)s. "
            "Write 0 for none, or let the list below add it up: then its sum counts.",
            **{name: plain_decimal(drawn, 1000) for name, drawn in watts.items()},
        )

    @classmethod
    def of(cls, application: Application) -> BoothForm:
        """The form with what is told already."""
        watts, width = application.power_watts, application.width_cm
        form = cls(
            data={
                "width_m": str(width or ""),
                "power_kw": "" if watts is None else plain_decimal(watts, 1000),
                **{name: getattr(application, name) for name in SWITCHES},
                "has_liability_insurance": INSURED[application.has_liability_insurance],
                **{f"appliance_{one['key']}": str(one["count"]) for one in application.appliances},
            }
        )
        form.added_before = total_watts(application.appliances) if application.appliances else None
        form.has_liability_insurance.choices = [("yes", _("Yes")), ("no", _("No"))]
        form.width_m.choices = [
            (str(cm), str(_("%(metres)s m", metres=format_decimal(Decimal(cm) / 100))))
            for cm in sorted({*WIDTHS_CM, *([width] if width else [])})
        ]
        if application.organisation.kind is Kind.RESTAURANT:
            del form.sells_food
        return form

    def told(self) -> Booth:
        """What was typed, read by the rules."""
        switches = {name: bool(self[name].data) if name in self else True for name in SWITCHES}
        appliances = picked({one.key: _count(self[f"appliance_{one.key}"].data) for one in CATALOGUE})
        written = rules.amount_of(self.power_kw.data, "power_kw", most=rules.MOST_WATTS, unit=rules.KILOWATTS)
        switches["needs_three_phase"] = switches["needs_three_phase"] or any_needs_three_phase(appliances)
        return Booth(
            width_cm=int(self.width_m.data) if self.width_m.data else None,
            power_watts=power_of(appliances, written, before=self.added_before),
            appliances=appliances,
            has_liability_insurance={"yes": True, "no": False}.get(self.has_liability_insurance.data or ""),
            **switches,
        )

    def appliances(self) -> list[tuple[Any, int]]:
        """The fields that count appliances, each with the watts of one."""
        return [(self[f"appliance_{one.key}"], one.watts) for one in CATALOGUE]


def _count(written: str | None) -> int:
    return rules.amount_of(written or "", "appliances", most=MOST_OF_ONE) or 0


def _is_count(_form: Form, field: Any) -> None:
    try:
        _count(field.data)
    except Refusal:
        raise ValidationError(str(_("Write how many: 0 to %(max)s.", max=MOST_OF_ONE))) from None


for _one in CATALOGUE:
    setattr(BoothForm, f"appliance_{_one.key}", fields.number(APPLIANCES[_one.key], _is_count))


class FoodForm(Form):
    cuisine = fields.line(
        _("What do you sell or serve?"), Needed(), description=_("Such as: Somali food, coffee and cake.")
    )
    dietary = CheckboxesField(
        _("Do you have something that is …"), validate_choice=False, validators=[OneOf(may_be_empty=True)]
    )
    allergens = CheckboxesField(
        _("Which of these does it contain?"),
        validate_choice=False,
        validators=[Needed(), OneOf(may_be_empty=True)],
        description=_("Visitors with allergies rely on it. Choose all that may be in it, or say that there are none."),
    )
    food_registration = fields.line(
        _("Registration with the Food Administration (Fødevarestyrelsen)"),
        description=_("The number, if you have one. Cakes and coffee for a good cause often need none."),
    )
    is_below_food_limit = BooleanField(
        _("We sell food so seldom that we need no registration"),
        description=_("Below the limit (bagatelgrænsen): about ten times a year, one to three days each."),
    )

    has_dishes = False
    before: tuple[list[str], list[str] | None] = ([], None)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.dietary.choices = labelled(DIETS.items())
        self.allergens.choices = labelled([*ALLERGENS.items(), (NONE_OF_THEM, _("It contains none of the 14"))])

    @classmethod
    def of(cls, application: Application) -> FoodForm:
        """The form with what is told already."""
        stated = application.allergens
        form = cls(
            data={
                "cuisine": application.cuisine,
                "dietary": application.dietary,
                "allergens": [NONE_OF_THEM] if stated == [] else stated or [],
                "food_registration": application.food_registration,
                "is_below_food_limit": application.is_below_food_limit,
            }
        )
        form.has_dishes = bool(queries.dishes_of(application))
        form.before = (application.dietary, stated)
        if form.has_dishes:
            del form.dietary, form.allergens  # They follow from the dishes.
        return form

    def validate_allergens(self, field: Any) -> None:
        if NONE_OF_THEM in (field.data or []) and len(field.data) > 1:
            raise ValidationError(str(TEXTS[Code.ALLERGENS_CONTRADICT]))

    def told(self) -> Food:
        """What was chosen; nothing chosen is nothing stated, which is never "none"."""
        dietary, allergens = self.before
        if not self.has_dishes:
            chosen = self.allergens.data or []
            dietary = [key for key in rules.DIETS if key in (self.dietary.data or [])]
            allergens = [key for key in rules.ALLERGENS if key in chosen] if chosen else None
        return Food(
            cuisine=self.cuisine.data,
            dietary=dietary,
            allergens=allergens,
            food_registration=self.food_registration.data,
            is_below_food_limit=self.is_below_food_limit.data,
        )


class DishForm(Form):
    name = fields.line(_("What is it called?"), Needed(), Read(rules.name_of), longest=LONGEST_NAME)
    dietary = CheckboxesField(_("It is …"), validate_choice=False, validators=[OneOf(may_be_empty=True)])
    is_free_of_the_rest = BooleanField(
        _("It contains none of the others"),
        description=_("Tick this only if you are sure. Where nothing is said, visitors read “not stated”."),
    )

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.dietary.choices = labelled(DIETS.items())
        for field in self.statements():
            field.choices = [("", str(_("not stated"))), *labelled(STATEMENTS.items())]

    @classmethod
    def of(cls, dish: Dish | None) -> DishForm:
        """The form with what a dish says, or an empty one."""
        if dish is None:
            return cls()
        said = {f"allergen_{key}": statement for key, statement in dish.allergens.items()}
        return cls(data={"name": dish.name, "dietary": dish.dietary, **said})

    def validate_dietary(self, field: Any) -> None:
        for diet, keys in contradictions(field.data or [], self.written()).items():
            words = {"diet": DIETS[diet], "allergens": listed(ALLERGENS[key] for key in keys)}
            raise ValidationError(str(TEXTS[Code.DIET_CONTRADICTS]) % words)

    def statements(self) -> list[Any]:
        """The fields for the allergens, in the law's order."""
        return [self[f"allergen_{key}"] for key in ALLERGENS]

    def written(self) -> dict[str, str]:
        """What was chosen, by allergen."""
        return {key: self[f"allergen_{key}"].data or "" for key in ALLERGENS}


for _key, _word in ALLERGENS.items():
    setattr(
        DishForm,
        f"allergen_{_key}",
        SelectField(_word, validate_choice=False),
    )
