"""The forms of organisers. What something means is asked of rules."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField

from eventsys.applications.forms.reading import labelled
from eventsys.applications.texts import SORTS, STATES
from eventsys.base import fields
from eventsys.base.fields import Form
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
