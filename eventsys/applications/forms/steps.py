"""The forms of the sign-up, one a step. What something means is asked of rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    SubmitField,
    ValidationError,
)
from wtforms.validators import Optional

from eventsys.applications.actions.keeping import Person
from eventsys.applications.forms.reading import OneOf, Read, labelled, language_choices
from eventsys.applications.models import Application
from eventsys.applications.rules import fields as rules
from eventsys.applications.rules.answers import Attendance, ForVisitors, Wishes
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.parts import AttachmentPurpose
from eventsys.applications.texts import PURPOSES, TEXTS
from eventsys.base import clock, fields
from eventsys.base.fields import CheckboxesField, Form, Needed, OneOfSeveral
from eventsys.base.i18n import LANGUAGES, current_language, long_date
from eventsys.editions.models import DayKind, Edition
from eventsys.editions.rules import day_numbers, mask_of
from eventsys.organisations.actions import Facts
from eventsys.organisations.rules.codes import Code as OrganisationCode
from eventsys.organisations.rules.kinds import Kind

WIDTHS_CM = (300, 450, 600, 900)
NONE_OF_THEM = "none"


def _taken(field: Any, sentence: object) -> bool:
    """Take an error off its field; whether it was there."""
    others = [one for one in field.errors if str(one) != str(sentence)]
    was_there = len(others) < len(field.errors)
    field.errors = others
    return was_there


class StartForm(Form):
    ticket = HiddenField()
    kind = RadioField(_("Who are you?"), validate_choice=False, validators=[Needed(), OneOf()])
    name = fields.line(_("Name of the association or restaurant"), Needed(), Read(rules.name_of))
    email = EmailField(
        _("Mail address"),
        validators=[Needed(), Read(rules.email_of)],
        filters=[fields.clean_line],
        description=_("We send a link there. With it you go on whenever you like, without a password."),
    )
    language = RadioField(
        _("In which language shall we write to you?"),
        validate_choice=False,
        validators=[Needed(), OneOf()],
    )
    # People don't see it; programs that fill in everything do.
    website = fields.line(_("Leave this field empty"))

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.kind.choices = [
            (Kind.ASSOCIATION.value, str(_("An association or an informal group"))),
            (Kind.RESTAURANT.value, str(_("A restaurant, a café or a food stall"))),
        ]
        self.language.choices = list(LANGUAGES.items())

    def takes_question(self) -> bool:
        """Whether the name is why it came back: somebody else signed up under one like it. That is asked, it is no error."""
        return _taken(self.name, TEXTS[Code.KNOWN_ALREADY])

    def is_by_a_person(self) -> bool:
        """Whether the hidden field stayed empty; says so at the top where it didn't."""
        if self.website.data:
            said = _("Something filled in a field that people don't see. Try again without filling in automatically.")
            self.form_errors.append(str(said))
        return not self.website.data


class AccessForm(Form):
    yes = SubmitField(_("Yes, let them in"))
    no = SubmitField(_("No, I don't know them"))


class OrganisationForm(Form):
    name = fields.line(_("Name"), Needed(), Read(rules.name_of))
    native_name = fields.line(
        _("Name in your own language or script"), description=_("As you write it yourselves, if it differs.")
    )
    cvr = fields.line(
        _("CVR number"),
        Read(rules.cvr_of),
        description=_("Eight digits. Informal groups have none; leave it empty then."),
    )
    area = fields.line(_("Part of town"), description=_("Where you are at home, such as Nørrebro."))
    is_minority_association = RadioField(
        _("Do you see yourselves as an association of an ethnic minority?"),
        validate_choice=False,
        validators=[OneOf(may_be_empty=True)],
        description=_("You say it yourselves, or you don't. It is used for figures alone and decides nothing."),
    )
    contact_name = fields.line(_("Whom may we ask for?"))
    phone = fields.line(
        _("Phone on the day"), Read(rules.phone_of), description=_("We call it when something happens at the booth.")
    )

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.is_minority_association.choices = [
            ("yes", str(_("Yes"))), ("no", str(_("No"))), ("", str(_("We would rather not say"))),
        ]  # fmt: skip

    @classmethod
    def of(cls, application: Application) -> OrganisationForm:
        """The form with what is told already."""
        organisation = application.organisation
        contact = next((one for one in organisation.contacts if one.email == application.email), None)
        stated = {True: "yes", False: "no", None: ""}[organisation.is_minority_association]
        form = cls(
            data={
                **{name: getattr(organisation, name) or "" for name in ("name", "native_name", "cvr", "area")},
                "is_minority_association": stated,
                "contact_name": contact.name if contact else "",
                "phone": contact.phone if contact else "",
            }
        )
        if organisation.kind is not Kind.ASSOCIATION:
            del form.is_minority_association
        return form

    def takes_question(self) -> bool:
        """Whether the company number is why it came back: another organisation has it. That is asked, it is no error."""
        return _taken(self.cvr, TEXTS[OrganisationCode.CVR_TAKEN])

    def told(self) -> Facts:
        """What was typed, read by the rules."""
        stated = self.is_minority_association.data if "is_minority_association" in self else ""
        return Facts(
            name=rules.name_of(self.name.data),
            native_name=self.native_name.data,
            cvr=rules.cvr_of(self.cvr.data),
            area=self.area.data,
            is_minority_association={"yes": True, "no": False}.get(stated),
        )


class DaysForm(Form):
    days = CheckboxesField(
        _("On which days do you take part?"), validate_choice=False, validators=[Needed(), OneOf(may_be_empty=True)]
    )
    crew = fields.number(
        _("How many people work at the booth?"),
        Needed(),
        Read(rules.amount_of, "crew", most=rules.MOST_CREW),
        description=_("All of them over the days; each gets a pass."),
    )

    @classmethod
    def of(cls, application: Application) -> DaysForm:
        """The form with what is told already."""
        told = [str(number) for number in day_numbers(application.days)]
        form = cls(data={"days": told, "crew": "" if application.crew is None else str(application.crew)})
        form.days.choices = day_choices(application.edition)
        return form

    def told(self) -> Attendance:
        """What was typed, read by the rules."""
        return Attendance(
            days=mask_of([int(day) for day in self.days.data or []]),
            crew=rules.amount_of(self.crew.data, "crew", most=rules.MOST_CREW),
        )


def day_choices(edition: Edition) -> list[tuple[str, str]]:
    """The open days of an edition, in words."""
    return [
        (str(day.number), long_date(clock.local(day.opens_at).date()))
        for day in edition.days
        if day.kind is DayKind.OPEN
    ]


class VisitorsForm(Form):
    about_da = fields.text(_("Text in Danish"), OneOfSeveral())
    about_en = fields.text(_("Text in English"), OneOfSeveral())
    own_language = SelectField(
        _("Another language"), validate_choice=False, validators=[OneOfSeveral(), OneOf(may_be_empty=True)]
    )
    about_own = fields.text(_("Text in that language"), OneOfSeveral())
    # Whether the reader's own language is the other one, so that it is asked for first.
    is_own_first = False

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.own_language.choices = [("", str(_("None"))), *language_choices({self.own_language.data})]

    @classmethod
    def of(cls, application: Application) -> VisitorsForm:
        """The form with what is told already."""
        about = application.about
        own = next((code for code in about if code not in {"da", "en"}), "")
        spoken = next((code for code in (current_language(), application.language) if code not in {"da", "en"}), "")
        form = cls(
            data={
                "about_da": about.get("da", ""),
                "about_en": about.get("en", ""),
                "own_language": own or spoken,
                "about_own": about.get(own, ""),
            }
        )
        form.is_own_first = bool(spoken) and own in {"", spoken}
        if form.is_own_first:
            # It stands first: "another" than which?
            form.own_language.label.text = _("Your language")
        return form

    def validate_about_own(self, field: Any) -> None:
        if field.data and not self.own_language.data:
            raise ValidationError(str(_("Choose the language of this text.")))

    def told(self) -> ForVisitors:
        """The texts that were written, by language."""
        texts = {
            "da": self.about_da.data,
            "en": self.about_en.data,
            self.own_language.data or "": self.about_own.data,
        }
        return ForVisitors(about={code: text for code, text in texts.items() if code and text})


class CheckForm(Form):
    answer = fields.text(_("Your answer to us"), longest=500)
    consent = BooleanField(
        _("We have read how our details are used, and agree that our name and texts are published."),
        validators=[Needed()],
    )


class EmailForm(Form):
    email = EmailField(_("Mail address"), validators=[Needed(), Read(rules.email_of)], filters=[fields.clean_line])


class WithdrawForm(Form):
    reason = fields.text(_("Why?"))


class WishesForm(Form):
    near_wish = fields.text(
        _("Near whom would you like to stand?"), longest=500, description=_("Such as: our friends of the Somali choir.")
    )
    apart_wish = fields.text(
        _("Is there anybody you can't stand beside?"), longest=500, description=_("You needn't say why.")
    )

    @classmethod
    def of(cls, application: Application) -> WishesForm:
        """The form with what is told already."""
        return cls(data={"near_wish": application.near_wish, "apart_wish": application.apart_wish})

    def told(self) -> Wishes:
        """What was written."""
        return Wishes(near_wish=self.near_wish.data, apart_wish=self.apart_wish.data)


class DocumentForm(Form):
    purpose = SelectField(_("What is it?"), validate_choice=False, validators=[OneOf()])
    file = FileField(
        _("File"),
        validators=[Needed()],
        description=_("PDF, JPEG, PNG, HEIC or WebP, up to 10 MB. A photo taken with the phone will do."),
    )
    expires_on = DateField(_("Valid until"), validators=[Optional()])

    def __init__(self, purposes: Iterable[AttachmentPurpose]) -> None:
        super().__init__()
        self.purpose.choices = labelled((purpose.value, PURPOSES[purpose]) for purpose in purposes)


class ContactForm(Form):
    name = fields.line(_("Name"), Needed(), Read(rules.name_of))
    email = EmailField(_("Mail address"), validators=[Needed(), Read(rules.email_of)], filters=[fields.clean_line])
    phone = fields.line(_("Phone"), Read(rules.phone_of))
    language = SelectField(_("Language"), validate_choice=False, validators=[OneOf()], default=current_language)

    def __init__(self) -> None:
        super().__init__()
        self.language.choices = list(LANGUAGES.items())

    def told(self) -> Person:
        """Who it is."""
        return Person(
            name=self.name.data,
            email=self.email.data or "",
            phone=rules.phone_of(self.phone.data),
            language=self.language.data,
        )
