"""Looking a pass up, ending it, and taking passes oneself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    EmailField,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    ValidationError,
)
from wtforms.validators import DataRequired

from eventsys.base import clock, fields
from eventsys.base.fields import CheckboxesField, Form, Needed, line
from eventsys.base.i18n import LANGUAGES, long_date
from eventsys.base.ids import hash_of, new_token
from eventsys.base.refusals import Refusal
from eventsys.base.web.writes import sentence_of
from eventsys.editions.models import Day
from eventsys.passes.actions.inviting import LinkSaid
from eventsys.passes.models import VisitorSignUp
from eventsys.passes.rules.codec import PassKind
from eventsys.passes.rules.codes import Code
from eventsys.passes.rules.handing import LONGEST_NAME, MOST_PEOPLE, Wanted, email_of, names_of, people_of
from eventsys.passes.texts import KINDS, TEXTS

# From so few left on, a day says how many.
FEW = 50
MOST_A_DAY = 1_000_000
SHORTEST_TICKET, CODE_LENGTH = 40, 32


class SearchForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    class Meta:
        csrf = False  # It only reads, by GET.

    short_code = line(_("Short code"))


class RevokeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    reason = line(_("Why"), DataRequired(_("Write why the pass ends.")))


class ReissueForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    pass


def read_by(rule: Callable[[str], object]) -> Callable[[Form, Any], None]:
    """A validator that lets a rule read the field, and shows its refusal by it."""

    def check(_form: Form, field: Any) -> None:
        try:
            rule(field.data or "")
        except Refusal as refusal:
            raise ValidationError(sentence_of(refusal, TEXTS)) from None

    return check


class TakeForm(Form):
    ticket = HiddenField()
    days = CheckboxesField(_("On which days do you come?"), validate_choice=False, validators=[Needed()])
    people = SelectField(
        _("For how many people?"),
        validate_choice=False,
        validators=[Needed(), read_by(people_of)],
        description=_("Each person needs a pass, children too."),
    )
    email = EmailField(
        _("Mail address"),
        validators=[read_by(email_of)],
        filters=[fields.clean_line],
        description=_("We send the passes there. Without one you see them at once, and keep the page yourself."),
    )
    names = fields.text(
        _("Names on the passes"), description=_("Only if you want them there: one name a line."), longest=600
    )
    # People don't see it; programs that fill in everything do.
    website = line(_("Leave this field empty"))

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.people.choices = [(str(number), str(number)) for number in range(1, MOST_PEOPLE + 1)]

    def offer(self, days: Sequence[Day], left: Mapping[int, int | None]) -> None:
        """Let choose among these days; those that are full aren't there, those nearly full say how many are left."""
        self.days.choices = [
            (str(day.number), _day_words(day, left[day.number])) for day in days if left[day.number] != 0
        ]
        if len(self.days.choices) == 1 and not self.is_submitted():
            self.days.data = [self.days.choices[0][0]]

    def validate_names(self, field: Any) -> None:
        """Not more names than people."""
        if (self.people.data or "").isdecimal():
            read_by(lambda written: names_of(written, int(self.people.data)))(self, field)

    def validate_website(self, field: Any) -> None:
        """By a person; said at the top, where people see it."""
        if field.data:
            self.form_errors.append(
                gettext(
                    "Something filled in a field that people don't see. Try again without filling in automatically."
                )
            )
            raise ValidationError

    def wanted(self, language: str) -> Wanted:
        """What was asked for, in the language of the page."""
        people = people_of(self.people.data)
        days = frozenset(int(day) for day in self.days.data or [] if day.isdecimal())
        names = names_of(self.names.data or "", people)
        return Wanted(days, people, language, email_of(self.email.data or ""), names)


def code_by(ticket: str | None, wanted: Wanted) -> str:
    """The code for a link: the same when the same form is sent twice, another one when anything in it changed."""
    if not ticket or len(ticket) < SHORTEST_TICKET:
        ticket = new_token()
    said = (ticket, sorted(wanted.days), wanted.people, wanted.email, wanted.names)
    return hash_of(repr(said))[:CODE_LENGTH]


def _day_words(day: Day, left: int | None) -> str:
    words = long_date(clock.local(day.opens_at).date())
    return words if left is None or left > FEW else gettext("%(day)s (%(left)s left)", day=words, left=left)


class VisitorsForm(Form):
    is_open = BooleanField(_("Visitors may take free passes on the public page"))
    most_per_day = fields.number(
        _("Passes a day at most"),
        description=_("Empty for no limit. Passes that were taken stay, also when you lower it."),
    )

    @classmethod
    def of(cls, kept: VisitorSignUp | None) -> VisitorsForm:
        """The form as it was left."""
        most = "" if kept is None or kept.most_per_day is None else str(kept.most_per_day)
        return cls(data={"is_open": kept is not None and kept.is_open, "most_per_day": most})

    def validate_most_per_day(self, field: Any) -> None:
        """Empty or a whole number that isn't absurd."""
        written = field.data or ""
        if written and not (written.isdecimal() and len(written) < 8 and int(written) <= MOST_A_DAY):
            raise ValidationError(str(TEXTS[Code.LIMIT]))

    def most(self) -> int | None:
        """The limit; None for none."""
        return int(self.most_per_day.data) if self.most_per_day.data else None


class PeopleForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    class Meta:
        csrf = False  # It only reads, by GET.

    text = line(_("Name or mail address"))


class ListForm(Form):
    file = FileField(_("List"), description=_("XLSX or CSV, one person a row, at most 2,000 rows."))
    # The list that was looked at, so that it need not be chosen twice.
    content = HiddenField()
    language = RadioField(_("In which language shall we write to them?"), validators=[Needed()])

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.language.choices = list(LANGUAGES.items())


class LinkForm(Form):
    name = line(_("For whom"), DataRequired(_("Write for whom the link is.")), longest=LONGEST_NAME)
    kind = RadioField(_("Kind"), validators=[Needed()])
    days = CheckboxesField(_("Days"), validate_choice=False, validators=[Needed()])
    most = fields.number(_("How many passes"), Needed())
    closes_at = DateTimeLocalField(_("Until when"), validators=[Needed()])

    def offer(self, days: Sequence[Day]) -> None:
        """Let choose among the kinds for such links, and among these days."""
        kinds = (PassKind.VOLUNTEER, PassKind.GUEST)
        self.kind.choices = [(str(kind.value), str(KINDS[kind])) for kind in kinds]
        self.days.choices = [(str(day.number), long_date(clock.local(day.opens_at).date())) for day in days]

    def said(self) -> LinkSaid:
        """What the organiser says."""
        days = frozenset(int(day) for day in self.days.data or [] if day.isdecimal())
        most = self.most.data or ""
        count = int(most) if most.isdecimal() and len(most) < 8 else 0
        until = clock.from_local(self.closes_at.data) if self.closes_at.data else clock.now()
        return LinkSaid(self.name.data, PassKind(int(self.kind.data)), days, count, until)


class JoinForm(Form):
    ticket = HiddenField()
    email = EmailField(
        _("Mail address"),
        validators=[Needed(), read_by(email_of)],
        filters=[fields.clean_line],
        description=_("We send the pass there."),
    )
    name = line(_("Name on the pass"), description=_("Only if you want it there."), longest=LONGEST_NAME)

    def wanted(self, days: frozenset[int], language: str) -> Wanted:
        """What was asked for: a pass for the days of the link."""
        names = (self.name.data,) if self.name.data else ()
        return Wanted(days, 1, language, email_of(self.email.data or ""), names)


class GiveForm(Form):
    name = line(_("Name"), description=_("Stands on the pass. May stay empty."), longest=LONGEST_NAME)
    email = EmailField(
        _("Mail address"),
        validators=[read_by(email_of)],
        filters=[fields.clean_line],
        description=_("We send the pass there. Without one you get a link to pass on."),
    )
    language = RadioField(_("In which language shall we write?"), validators=[Needed()])

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.language.choices = list(LANGUAGES.items())


class SureForm(Form):
    pass
