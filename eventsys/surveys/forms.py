"""What an organiser says of a survey: what is asked, when it is open, who is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, DateTimeLocalField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from eventsys.base import clock
from eventsys.base.fields import Form, Needed, line, text
from eventsys.base.i18n import in_language
from eventsys.surveys.models import Instrument, Survey
from eventsys.surveys.rules.instruments import Audience
from eventsys.surveys.texts import AUDIENCES

# Some thousand addresses, with their languages.
LONGEST_LIST = 300_000


class TimesForm(Form):
    opens_at = DateTimeLocalField(_("Opens"), validators=[InputRequired(_("Say when it opens."))])
    closes_at = DateTimeLocalField(
        _("Closes"),
        validators=[Optional()],
        description=_("Figures are shown once it has closed; then it can't be opened again."),
    )
    first_reminder_at = DateTimeLocalField(
        _("First reminder"),
        validators=[Optional()],
        description=_("It goes to those alone whose link hasn't been used."),
    )
    second_reminder_at = DateTimeLocalField(_("Second reminder"), validators=[Optional()])

    def moment(self, name: str) -> datetime | None:
        """The moment in a field; the fields speak of Copenhagen's clocks."""
        said = self[name].data
        return clock.from_local(said) if said else None

    @classmethod
    def of(cls, survey: Survey) -> TimesForm:
        """Filled in with what holds."""
        names = ("opens_at", "closes_at", "first_reminder_at", "second_reminder_at")
        there = {name: getattr(survey, name) for name in names}
        return cls(data={name: clock.local(at).replace(tzinfo=None) for name, at in there.items() if at})


class AddForm(Form):
    instrument = SelectField(_("Questionnaire"), validators=[InputRequired(_("Choose a questionnaire."))])
    opens_at = DateTimeLocalField(_("Opens"), validators=[InputRequired(_("Say when it opens."))])
    closes_at = DateTimeLocalField(_("Closes"), validators=[Optional()])

    def offer(self, instruments: Sequence[Instrument]) -> None:
        """Let choose among published versions."""
        self.instrument.choices = [(str(one.id), _named(one)) for one in instruments]

    def times(self) -> tuple[datetime, datetime | None]:
        """When it opens and closes, by Copenhagen's clocks."""
        opens: datetime = self.opens_at.data  # type: ignore[assignment]  # The form was validated.
        closes = self.closes_at.data
        return clock.from_local(opens), clock.from_local(closes) if closes else None


class AskForm(Form):
    audience = RadioField(_("Who is asked"), validators=[InputRequired(_("Choose who is asked."))])
    addresses = text(
        _("Mail addresses"),
        longest=LONGEST_LIST,
        description=_(
            "For requesters: one address a line. Add the code of a language where it isn't Danish: noor@example.org ar"
        ),
    )
    is_attributed = BooleanField(
        _("Answers stand under the organisation's name"),
        description=_(
            "For associations and restaurants alone. The form and the mail say so, and it can't be changed later."
        ),
    )

    def offer(self, counts: Mapping[Audience, int | None]) -> None:
        """Let choose among audiences; each says how many more would be asked."""
        self.audience.choices = [(audience.value, _said(audience, count)) for audience, count in counts.items()]


def _named(one: Instrument) -> str:
    name = in_language(one.name)
    return name if one.version == 1 else str(_("%(name)s (version %(version)s)", name=name, version=one.version))


def _said(audience: Audience, count: int | None) -> str:
    name = AUDIENCES[audience.value]
    if audience is Audience.VISITOR:
        return str(_("%(audience)s: by a poster and a tablet at the exit", audience=name))
    if count is None:
        return str(_("%(audience)s: from a list", audience=name))
    return str(_("%(audience)s: %(count)s more can be asked", audience=name, count=count))


class AnswersForm(Form):
    """A file of answers, sent to be looked at, or carried along by the page once it was."""

    file = FileField(
        _("File of answers"),
        validators=[Needed()],
        description=_("CSV. It is looked at first: nothing is stored before you say so."),
    )
    carried = HiddenField()

    @property
    def is_checked(self) -> bool:
        """Whether the file was looked at and is to be taken in now."""
        return bool(self.carried.data)


class TagForm(Form):
    """A tag that is written on a text; `text` is which one."""

    text = HiddenField()
    name = line(_("Tag"))
