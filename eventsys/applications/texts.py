"""The sentences for the codes of `rules`, and the words for states, acts and what an application holds."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _

from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.completeness import Doubt, Missing
from eventsys.applications.rules.states import Act, State
from eventsys.applications.rules.steps import Step
from eventsys.organisations.texts import TEXTS as ORGANISATION_TEXTS

TEXTS: dict[StrEnum, Any] = {
    **ORGANISATION_TEXTS,
    Code.NOT_NOW: _(
        "That can't be done with the application as it stands now. Reload the page to see where it stands."
    ),
    Code.STALE: _("The application changed since you opened this page. Look at what changed, then decide again."),
    Code.CALL_CLOSED: _("Applications can't be sent or changed here now. Write to us if you need something."),
    Code.REASON_MISSING: _("Write what the applicant is to be told."),
    Code.INCOMPLETE: _("Something is still missing. The list on this page leads to it."),
    Code.ADDRESS_UNCONFIRMED: _("First open the link in the mail that we sent to you. Then send the application."),
    Code.KNOWN_ALREADY: _(
        "Somebody has signed up under this name before. Use the mail address that you used then, or write to us."
    ),
    Code.MISSING: _("This is empty. Fill it in."),
    Code.TOO_LONG: _("This has %(length)s characters; use at most %(longest)s."),
    Code.CONTROL_CHARACTER: _("This holds signs that can't be shown. Write it again."),
    Code.CVR_WRONG: _("“%(value)s” is not a CVR number. It has eight digits, and the last one must fit the others."),
    Code.EMAIL_WRONG: _("“%(value)s” is not a mail address. It looks like name@example.org."),
    Code.PHONE_WRONG: _("“%(value)s” is not a phone number. Write it with its country code, such as +45 12 34 56 78."),
    Code.LANGUAGE_UNKNOWN: _("“%(value)s” is not the code of a language, such as da, en or ar."),
    Code.KIND_UNKNOWN: _("“%(value)s” is neither association nor restaurant."),
    Code.DAY_UNKNOWN: _("There is no day %(value)s. The days are %(days)s."),
    Code.NOT_A_NUMBER: _("“%(value)s” is not a number that fits here."),
    Code.NEGATIVE: _("%(value)s is below zero."),
    Code.TOO_LARGE: _("%(value)s is more than the most there can be, %(most)s."),
    Code.NOT_YES_OR_NO: _("“%(value)s” is neither yes nor no."),
    Code.MOMENT_WRONG: _("“%(value)s” is not a date and time, such as 2026-03-01T08:30."),
    Code.ALLERGEN_UNKNOWN: _("“%(value)s” is none of the 14 allergens."),
    Code.ALLERGENS_CONTRADICT: _("Choose either allergens or that it contains none of them, not both."),
    Code.DIET_UNKNOWN: _("“%(value)s” is none of halal, kosher, vegetarian, vegan."),
    Code.REFERENCE_TWICE: _("This reference stands in line %(other)s already."),
    Code.ORGANISATION_TWICE: _(
        "The same organisation stands in the row %(other)s already: it has the same CVR number."
    ),
    Code.HAS_OPEN_APPLICATION: _("This organisation has an application already, with the reference %(other)s."),
    Code.REFERENCE_TAKEN: _("Another organisation has the reference %(reference)s already."),
    Code.SAYS_OTHERWISE: _(
        "This application is here already and says something else about: %(names)s. Change it on its own page."
    ),
    Code.ROW_UNREADABLE: _("This row can't be taken apart into cells."),
    Code.CELLS_DIFFER: _("This row has %(cells)s cells for %(columns)s columns."),
    Code.ROW_REFUSED: _("The database can't take this row in. Look for what another row says as well."),
    Code.FILE_EMPTY: _("The file is empty."),
    Code.FILE_BINARY: _("The file isn't text. Save the sheet as CSV and try again."),
    Code.TOO_MANY_ROWS: _("The file has %(rows)s rows; at most %(most)s can be read at once."),
    Code.COLUMN_MISSING: _("The column “%(column)s” is missing."),
    Code.COLUMN_UNKNOWN: _("Nobody knows the column “%(column)s”. Remove it or correct its name."),
    Code.COLUMN_TWICE: _("The column “%(column)s” stands twice."),
}

STATES = {
    State.DRAFT: _("Draft"),
    State.SUBMITTED: _("Submitted"),
    State.CHANGES_REQUESTED: _("Changes requested"),
    State.WAITLISTED: _("Waitlisted"),
    State.APPROVED: _("Approved"),
    State.REJECTED: _("Rejected"),
    State.WITHDRAWN: _("Withdrawn"),
}
# What happens next, as the applicant reads it.
NEXT = {
    State.DRAFT: _("Your application isn't sent yet. Go on where you stopped, and send it before the call closes."),
    State.SUBMITTED: _("We have your application and read it. You get a mail when there is a decision."),
    State.CHANGES_REQUESTED: _("We ask you to change something. Put it right, then send the application again."),
    State.WAITLISTED: _("All places are taken. You are on the waiting list; we write as soon as one comes free."),
    State.APPROVED: _("You take part. Your booth and the passes of your crew appear here as soon as they are ready."),
    State.REJECTED: _("There is no place for you this time. Below you read why."),
    State.WITHDRAWN: _("This application is withdrawn. If that was a mistake, write to us soon."),
}
TONES = {
    State.DRAFT: "neutral",
    State.SUBMITTED: "active",
    State.CHANGES_REQUESTED: "attention",
    State.WAITLISTED: "waiting",
    State.APPROVED: "good",
    State.REJECTED: "bad",
    State.WITHDRAWN: "neutral",
}
ACTS = {
    Act.SUBMIT: _("Submit"),
    Act.REQUEST_CHANGES: _("Ask for changes"),
    Act.WAITLIST: _("Put on the waiting list"),
    Act.APPROVE: _("Approve"),
    Act.REJECT: _("Reject"),
    Act.WITHDRAW: _("Withdraw"),
    Act.REOPEN: _("Reopen"),
}
STEPS = {
    Step.ORGANISATION: _("Who you are"),
    Step.DAYS: _("Days and crew"),
    Step.BOOTH: _("Your booth"),
    Step.FOOD: _("Food"),
    Step.VISITORS: _("For visitors"),
    Step.CHECK: _("Check and send"),
}
# What happened, as the history tells it; the rest of an audit code names who did it.
STORY = {
    "applications.started": _("started"),
    "applications.address_confirmed": _("mail address confirmed"),
    "applications.imported": _("taken in from a file"),
    "applications.changed": _("changed"),
    "applications.submitted": _("sent"),
    "applications.changes_requested": _("decided: ask for changes"),
    "applications.waitlisted": _("decided: waiting list"),
    "applications.approved": _("decided: approve"),
    "applications.rejected": _("decided: reject"),
    "applications.reopened": _("decision taken back"),
    "applications.announced": _("announced"),
    "applications.withdrawn": _("withdrawn"),
}
ACTORS = {
    "user": _("an organiser"),
    "applicant": _("the applicant"),
    "command": _("a command"),
    "job": _("the program"),
    "demo": _("the example"),
}
MAIL_STATES = {
    "queued": _("waiting to be sent"),
    "sent": _("sent"),
    "caught": _("caught by the demo"),
    "failed": _("could not be sent"),
}
SORTS = {
    "newest": _("Sent last first"),
    "oldest": _("Sent first first"),
    "name": _("By name"),
    "reference": _("By reference"),
    "changed": _("Changed last first"),
}
MISSING = {
    Missing.NAME: _("The name of the organisation"),
    Missing.DAYS: _("The days on which you take part"),
    Missing.CREW: _("How many people work at the booth"),
    Missing.WIDTH: _("How wide the booth is"),
    Missing.POWER: _("How much power you need (0 is an answer)"),
    Missing.FOOD: _("What food you sell or serve"),
    Missing.ALLERGENS: _("Allergens, or that there are none"),
    Missing.ABOUT: _("A text for visitors, in at least one language"),
    Missing.CONSENT: _("Your consent"),
}
DOUBTS = {
    Doubt.FOOD_WITHOUT_REGISTRATION: _("Sells food, but tells of no food registration."),
    Doubt.POWER_ABOVE_PITCHES: _("Asks for more power than any board has."),
    Doubt.WIDTH_ABOVE_PITCHES: _("Asks for more width than any pitch has."),
    Doubt.FIRE_WITHOUT_FOOD: _("Uses gas or open fire, but sells no food."),
    Doubt.SAME_NAME: _("Another application has the same name."),
}
ALLERGENS = {
    "gluten": _("Cereals with gluten"),
    "crustaceans": _("Crustaceans"),
    "eggs": _("Eggs"),
    "fish": _("Fish"),
    "peanuts": _("Peanuts"),
    "soybeans": _("Soybeans"),
    "milk": _("Milk"),
    "nuts": _("Nuts"),
    "celery": _("Celery"),
    "mustard": _("Mustard"),
    "sesame": _("Sesame"),
    "sulphites": _("Sulphites"),
    "lupin": _("Lupin"),
    "molluscs": _("Molluscs"),
}
DIETS = {
    "halal": _("Halal"),
    "kosher": _("Kosher"),
    "vegetarian": _("Vegetarian"),
    "vegan": _("Vegan"),
}
