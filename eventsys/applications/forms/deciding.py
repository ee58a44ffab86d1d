"""The forms of organisers. What something means is asked of rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateTimeLocalField, EmailField, HiddenField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from eventsys.applications.forms.reading import Read, labelled
from eventsys.applications.rules import fields as rules
from eventsys.applications.texts import SORTS, STATES
from eventsys.base import clock, fields
from eventsys.base.fields import Form
from eventsys.editions.actions import CallTerms
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.texts import KINDS_OF_MANY


class DecisionForm(Form):
    note = fields.text(_("What the applicant is told"))
    seen = HiddenField()


class FilterForm(Form):
    class Meta:
        csrf = False  # It only asks.

    text = fields.line(_("Name, reference or mail address"))
    state = SelectField(_("State"), validate_choice=False)
    kind = SelectField(_("Kind"), validate_choice=False)
    sort = SelectField(_("Order"), validate_choice=False)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.state.choices = [("", str(_("All"))), *labelled(STATES.items())]
        self.kind.choices = [("", str(_("All"))), *labelled(KINDS_OF_MANY.items())]
        self.sort.choices = labelled(SORTS.items())


# As browsers write and read a moment to the minute.
MINUTES = "%Y-%m-%dT%H:%M"
MOST_PLACES = 10_000
MOST_HOURS = 720


def _hours(least: int, label: Any, hint: Any) -> Any:
    bounds = NumberRange(least, MOST_HOURS, _("Give a whole number of hours, %(min)s to %(max)s."))
    return IntegerField(label, description=hint, validators=[InputRequired(bounds.message), bounds])


class CallForm(Form):
    opens_at = DateTimeLocalField(_("Opens"), format=MINUTES, validators=[Optional()])
    closes_at = DateTimeLocalField(
        _("Closes"), format=MINUTES, validators=[Optional()], description=_("On Copenhagen's clocks, to the minute.")
    )
    grace_hours = _hours(
        0, _("Hours of grace"), _("Drafts begun before it closes may be sent for this long after it. 0 for none.")
    )
    places_association = IntegerField(
        _("Associations at most"),
        description=_("Empty: as many as like."),
        validators=[Optional(), NumberRange(0, MOST_PLACES)],
    )
    places_restaurant = IntegerField(
        _("Restaurants at most"),
        description=_("Empty: as many as like."),
        validators=[Optional(), NumberRange(0, MOST_PLACES)],
    )
    offer_hours = _hours(
        1, _("Hours an offer lasts"), _("A place offered to somebody on the waiting list is held so long.")
    )
    contact_email = EmailField(
        _("Mail address for questions"),
        validators=[Read(rules.email_of, may_be_empty=True)],
        filters=[fields.clean_line],
    )
    contact_phone = fields.line(_("Phone for questions"))

    @classmethod
    def of(cls, edition: Edition, places: Mapping[Kind, int | None]) -> CallForm:
        """The form with what holds now."""
        opens, closes = edition.call_opens_at, edition.call_closes_at
        return cls(
            data={
                "opens_at": clock.local(opens) if opens else None,
                "closes_at": clock.local(closes) if closes else None,
                "grace_hours": edition.call_grace_hours,
                "offer_hours": edition.offer_hours,
                "contact_email": edition.contact_email,
                "contact_phone": edition.contact_phone,
                **{f"places_{kind}": number for kind, number in places.items()},
            }
        )

    def terms(self) -> CallTerms:
        """What was typed, moments in UTC."""
        opens, closes = self.opens_at.data, self.closes_at.data
        return CallTerms(
            opens_at=clock.from_local(opens) if opens else None,
            closes_at=clock.from_local(closes) if closes else None,
            grace_hours=self.grace_hours.data or 0,
            offer_hours=self.offer_hours.data or 1,
            contact_email=self.contact_email.data or "",
            contact_phone=self.contact_phone.data,
        )

    def limits(self) -> dict[Kind, int | None]:
        """The most of each kind; None for as many as like."""
        return {kind: self[f"places_{kind}"].data for kind in Kind}
