"""The forms of organisers. What something means is asked of rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, DateTimeLocalField, EmailField, FileField, HiddenField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from eventsys.applications.forms.reading import Read, labelled, language_name
from eventsys.applications.models import Application
from eventsys.applications.rules import fields as rules
from eventsys.applications.rules.batches import BatchAct
from eventsys.applications.rules.listing import TURNED, Sort
from eventsys.applications.rules.wordings import LONGEST_MAIL, Words
from eventsys.applications.texts import FIELDS, FOUND, GONE, MAIL_STATES, SORTS, STATES, TURNED_SORT, WANTS
from eventsys.base import clock, fields
from eventsys.base.fields import CheckboxesField, Form, Needed, OneOfSeveral, WholeNumberField
from eventsys.editions.actions import CallTerms
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.texts import KINDS_OF_MANY


class AskingForm(Form):
    """Names the fields that are to be changed, each with words for it."""

    asked = CheckboxesField(_("What is to be changed, if you ask for changes"), validate_choice=False)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.asked.choices = labelled(FIELDS.items())

    def asked_words(self, written: Mapping[str, str]) -> dict[str, str]:
        """The fields that are ticked, in their order, each with what is written about it."""
        ticked = [field for field in FIELDS if field in (self.asked.data or [])]
        return {field: fields.clean_line(written.get(f"word-{field}"))[: fields.LONGEST_LINE] for field in ticked}


class DecisionForm(AskingForm):
    # Needed by some decisions, which its hint says; so it isn't called optional.
    note = fields.text(_("What the applicant is told"), OneOfSeveral())
    kept = fields.text(_("What the team keeps to itself"), longest=500)
    # As it stood when the page was opened: when it was changed last, and how much had happened to it.
    seen = HiddenField()
    read = HiddenField()


class AmendmentForm(Form):
    class Meta:
        csrf = False  # The app checks every POST; with the prefix, the token would have another name.

    note = fields.text(_("What the applicant is told"))
    seen = HiddenField()

    def __init__(self, **more: Any) -> None:
        super().__init__(prefix="change", **more)


# The choice that narrows nothing.
ANY = ("", _("All"))


class FilterForm(Form):
    class Meta:
        csrf = False  # It only asks.

    text = fields.line(_("Search"))
    state = SelectField(_("State"), validate_choice=False)
    kind = SelectField(_("Kind"), validate_choice=False)
    tag = SelectField(_("Tag"), validate_choice=False)
    reviewer = SelectField(_("Reviewer"), validate_choice=False)
    wants = SelectField(_("Needs or has"), validate_choice=False)
    found = SelectField(_("Missing or doubtful"), validate_choice=False)
    day = SelectField(_("Day"), validate_choice=False)
    speaks = SelectField(_("Language"), validate_choice=False)
    answer = SelectField(_("Answer to your questions"), validate_choice=False)
    sort = SelectField(_("Order"), validate_choice=False)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.state.choices = [ANY, *labelled(STATES.items()), *labelled(GONE.items())]
        self.kind.choices = [ANY, *labelled(KINDS_OF_MANY.items())]
        self.wants.choices = [ANY, *labelled(WANTS.items())]
        self.found.choices = [ANY, *labelled(FOUND.items())]
        self.sort.choices = labelled(SORTS.items())

    def order(self, written: str) -> None:
        """Choose an order, one the other way round too."""
        if written not in SORTS:
            turned = str(TURNED_SORT) % {"order": SORTS[Sort(written.removeprefix(TURNED))]}
            self.sort.choices = [*labelled(SORTS.items()), (written, turned)]
        self.sort.data = written

    def offer(
        self,
        *,
        tags: Iterable[tuple[str, str]],
        reviewers: Iterable[tuple[str, str]],
        days: Iterable[str],
        languages: Iterable[str],
        answers: Iterable[tuple[str, str]],
    ) -> None:
        """What can be chosen at this edition."""
        self.tag.choices = [ANY, *tags]
        self.reviewer.choices = [ANY, *reviewers]
        self.day.choices = [ANY, *((day, day) for day in days)]
        self.answer.choices = [ANY, *answers]
        if len(self.answer.choices) == 1:
            del self.answer
        self.speaks.choices = [ANY, *((code, language_name(code) or code) for code in languages)]


# As browsers write and read a moment to the minute.
MINUTES = "%Y-%m-%dT%H:%M"
MOST_PLACES = 10_000
MOST_HOURS = 720


def _hours(least: int, label: Any, hint: Any) -> Any:
    bounds = NumberRange(least, MOST_HOURS, _("Give a whole number of hours, %(min)s to %(max)s."))
    return WholeNumberField(label, description=hint, validators=[InputRequired(bounds.message), bounds])


class CallForm(Form):
    opens_at = DateTimeLocalField(_("Opens"), format=MINUTES, validators=[Optional()])
    closes_at = DateTimeLocalField(
        _("Closes"), format=MINUTES, validators=[Optional()], description=_("On Copenhagen's clocks, to the minute.")
    )
    grace_hours = _hours(
        0, _("Hours of grace"), _("Drafts begun before it closes may be sent for this long after it. 0 for none.")
    )
    decisions_by = DateField(
        _("Decisions by"), validators=[Optional()], description=_("Applicants read that they hear from you by then.")
    )
    booths_by = DateField(
        _("Booths by"), validators=[Optional()], description=_("Who is in reads that they get their booth by then.")
    )
    places_association = WholeNumberField(
        _("Associations at most"),
        description=_("Empty: as many as like."),
        validators=[Optional(), NumberRange(0, MOST_PLACES)],
    )
    places_restaurant = WholeNumberField(
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
                "decisions_by": edition.decisions_by,
                "booths_by": edition.booths_by,
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
            decisions_by=self.decisions_by.data,
            booths_by=self.booths_by.data,
        )

    def limits(self) -> dict[Kind, int | None]:
        """The most of each kind; None for as many as like."""
        return {kind: self[f"places_{kind}"].data for kind in Kind}


class WordingForm(Form):
    subject = fields.line(_("Subject"), Needed(), longest=rules.LONGEST)
    text = fields.text(_("Text"), Needed(), longest=LONGEST_MAIL)
    named = fields.line(_("Find an application, by name or number"))
    about = SelectField(_("Look at it with"), validate_choice=False, validators=[Needed()])

    def words(self) -> Words:
        """What is written."""
        return Words(self.subject.data, self.text.data)

    def offer(self, examples: Iterable[Application]) -> None:
        """The applications to look at it with."""
        self.about.choices = [(one.code, f"{one.organisation.name} ({one.reference})") for one in examples]
        if not self.about.choices:
            del self.about


class OutboxForm(Form):
    class Meta:
        csrf = False  # It only asks.

    text = fields.line(_("Address or subject"))
    state = SelectField(_("State"), validate_choice=False)

    def __init__(self, **more: Any) -> None:
        super().__init__(formdata=None, **more)
        self.state.choices = [ANY, *labelled(MAIL_STATES.items())]


class SheetForm(Form):
    file = FileField(
        _("Spreadsheet (XLSX or CSV)"),
        validators=[Needed()],
        description=_("The first row holds the headings. Formulas come in as what they show."),
    )


# What an act on many can't do without; the field then doesn't say that it is optional.
NEEDED_FOR = {
    BatchAct.REJECT: ("note",),
    BatchAct.TAG: ("tag",),
    BatchAct.UNTAG: ("tag",),
    BatchAct.MAIL: ("subject", "note"),
}


class BatchForm(AskingForm):
    note = fields.text(_("What they are told"))
    subject = fields.line(_("Subject"))
    tag = fields.line(_("Tag"))
    user = SelectField(_("Who"), validate_choice=False)

    def __init__(self, act: BatchAct, *, team: Iterable[tuple[str, str]], is_asked: bool) -> None:
        super().__init__() if is_asked else super().__init__(formdata=None)
        self.user.choices = list(team)
        for name in NEEDED_FOR.get(act, ()):
            self[name].flags.required = True
        # Either words for all, or words about a field.
        self.note.flags.one_of_several = act is BatchAct.REQUEST_CHANGES

    def values(self, seen_at: str, asked: Mapping[str, str]) -> dict[str, Any]:
        """What goes with the act, which fields are asked for with which words, and when the list was looked at."""
        said = {
            "note": self.note.data, "subject": self.subject.data, "tag": self.tag.data, "user": self.user.data or "",
            "asked": dict(asked),
        }  # fmt: skip
        return {"seen_at": seen_at, **{name: word for name, word in said.items() if word}}
