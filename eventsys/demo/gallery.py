"""The form that the gallery of components shows: one field of each kind, made up."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    FileField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)

from eventsys.base.fields import CheckboxesField


class GalleryForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    """Labels are samples and stay in English; nobody fills this in."""

    name = StringField("Name")
    email = EmailField("Mail")
    width_cm = IntegerField("Width")
    kind = RadioField("Kind", choices=[("association", "Association"), ("restaurant", "Restaurant")])
    days = CheckboxesField("Days", choices=[("1", "Day 1"), ("2", "Day 2")])
    country = SelectField("Country", choices=[("dk", "Denmark"), ("so", "Somalia")])
    note = TextAreaField("Note")
    logo = FileField("Logo")
    agrees = BooleanField("We agree")
    search = StringField("Words")
    state = SelectField("State", choices=[("", "All"), ("open", "Open")])
