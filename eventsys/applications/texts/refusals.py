"""The sentences for the codes of `rules`."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _

from eventsys.applications.rules.codes import Code
from eventsys.files.texts import TEXTS as FILE_TEXTS
from eventsys.organisations.texts import TEXTS as ORGANISATION_TEXTS
from eventsys.questions.texts import TEXTS as QUESTION_TEXTS

TEXTS: dict[StrEnum, Any] = {
    **ORGANISATION_TEXTS,
    **FILE_TEXTS,
    **QUESTION_TEXTS,
    Code.NOT_NOW: _(
        "That can't be done with the application as it stands now. Reload the page to see where it stands."
    ),
    Code.NEVER_SENT: _(
        "It was never sent: a draft that was given up, or an import that is undone. Nothing is decided on it."
    ),
    Code.IS_DRAFT: _("It is a draft still: the applicant hasn't sent it."),
    Code.IS_UNDER_REVIEW: _("It is under review: nothing is decided that could be taken back."),
    Code.CHANGES_ASKED_ALREADY: _("Changes are asked for already, and the applicant was told."),
    Code.WAITS_ALREADY: _("It is on the waiting list already, and the applicant was told."),
    Code.APPROVED_ALREADY: _("It is approved and announced already. Reopen it to decide anew."),
    Code.REJECTED_ALREADY: _("It is rejected and announced already. Reopen it to decide anew."),
    Code.WITHDRAWN_ALREADY: _("The applicant has withdrawn it."),
    Code.DECIDED_ALREADY: _(
        "A decision is taken already, and not announced yet. Take that one back first, or decide anew on the page of the application."
    ),
    Code.STALE: _("The application changed since you opened this page. Look at what changed, then decide again."),
    Code.WRITTEN_SINCE: _(
        "A colleague has written about it since you opened this page. Read it below, then decide again."
    ),
    Code.CALL_CLOSED: _("Applications can't be sent or changed here now. Write to us if you need something."),
    Code.REASON_MISSING: _("Write what the applicant is to be told."),
    Code.INCOMPLETE: _("Something is still missing. The list on this page leads to it."),
    Code.CONSENT_MISSING: _("Tick this box if you agree. Without it we may not use your application."),
    Code.ADDRESS_UNCONFIRMED: _("First open the link in the mail that we sent to you. Then send the application."),
    Code.KNOWN_ALREADY: _(
        "Somebody has signed up under a name like this before. If that is you, use the mail address of then; else choose below."
    ),
    Code.CONFLICT_OF_INTEREST: _("You have declared a conflict of interest here, so somebody else decides."),
    Code.NO_PLACE: _(
        "All %(places)s places are taken: %(approved)s are approved and %(offered)s hold an offer. "
        "Raise the limit, or let the application wait on the waiting list."
    ),
    Code.HAS_OFFER: _("A place is offered here. Retract the offer first, or wait for the answer."),
    Code.NO_OFFER: _("There is no open offer any more. Reload the page to see where it stands."),
    Code.OFFER_EXPIRED: _("The time of this offer is over. You are still on the waiting list."),
    Code.NOBODY_WAITS: _("Nobody is left on this waiting list who could be offered a place."),
    Code.ANNOUNCED_ALREADY: _("This decision is announced, or taken back already. Decide anew on its page."),
    Code.TOO_LATE_TO_RETURN: _("The booths are given out already. Write to us if you want to take part after all."),
    Code.NOTHING_CHOSEN: _("No application is chosen. Tick some, or choose all that fit."),
    Code.ANNOUNCING_ALREADY: _(
        "Decisions are being announced just now. Wait until that is done, then announce the others."
    ),
    Code.OVER_LIMIT: _(
        "%(kind)s: %(approved)s are approved, %(offered)s hold an offer, and the limit is %(places)s. "
        "Raise the limit, or take decisions back, before you announce."
    ),
    Code.NOT_YOURS: _("This is somebody else's, so you can't take it away."),
    Code.NAME_TWICE: _("There is a view called “%(name)s” already. Choose another name."),
    Code.FORM_OLD: _(
        "We have changed this page since you opened it. What you wrote is here: look at it, then save again."
    ),
    Code.CHANGED_ELSEWHERE: _(
        "This was changed in another window since you opened it here. Below you see both: choose, then save."
    ),
    Code.CVR_FREE: _("Nobody else has this number. Save, and go on."),
    Code.NOBODY_TO_ASK: _("Nobody can be asked for you. Write to us, and we help."),
    Code.ANSWERED_ALREADY: _("This link has answered already, or it has run out."),
    Code.NOTHING_TO_TAKE_OVER: _("There is nothing to take over, or you have begun to fill in already."),
    Code.NO_AMENDMENT: _("There is no change to agree to any more. Reload the page to see where it stands."),
    Code.PLACEHOLDER_UNKNOWN: _("%(value)s is nothing that can be filled in. There are: %(known)s."),
    Code.PLACEHOLDER_NEEDED: _("%(value)s must stand in the text: without it the mail says too little."),
    Code.NEEDED: _("You take part, so this can't be left empty."),
    Code.AMENDMENT_INCOMPLETE: _(
        "The change leaves something open that must be told. Decline it and say what is needed."
    ),
    Code.DOCUMENT_DECIDED: _("You were approved with this document. Send the new one beside it; we see both."),
    Code.MISSING: _("This is empty. Fill it in."),
    Code.TOO_LONG: _("This has %(length)s characters; use at most %(longest)s."),
    Code.CONTROL_CHARACTER: _("This holds signs that can't be shown. Write it again."),
    Code.CVR_WRONG: _("“%(value)s” is not a CVR number. It has eight digits, and the last one must fit the others."),
    Code.EMAIL_WRONG: _("“%(value)s” is not a mail address. It looks like name@example.org."),
    Code.PHONE_WRONG: _("“%(value)s” is not a phone number. Write it with its country code, such as +45 12 34 56 78."),
    Code.LANGUAGE_UNKNOWN: _("“%(value)s” is not the code of a language, such as da, en or ar."),
    Code.KIND_UNKNOWN: _("“%(value)s” is neither association nor restaurant."),
    Code.DAY_UNKNOWN: _("There is no day %(value)s. The days are %(days)s."),
    Code.NOT_A_NUMBER: _("“%(value)s” is not a number that fits here. Write it in digits, such as %(example)s."),
    Code.NEGATIVE: _("%(value)s is below zero."),
    Code.TOO_LARGE: _("%(value)s is more than the most there can be, %(most)s."),
    Code.NOT_YES_OR_NO: _("“%(value)s” is neither yes nor no."),
    Code.MOMENT_WRONG: _("“%(value)s” is not a date and time, such as 01-03-2026 08:30 or 2026-03-01T08:30."),
    Code.ALLERGEN_UNKNOWN: _("“%(value)s” is none of the 14 allergens."),
    Code.ALLERGENS_CONTRADICT: _("Choose either allergens or that it contains none of them, not both."),
    Code.TOO_MANY_CONTACTS: _("We keep at most %(most)s people of an organisation. Remove one first."),
    Code.TOO_MANY_DOCUMENTS: _("An application holds at most %(most)s documents. Remove one first."),
    Code.TOO_MANY_DISHES: _("A list holds at most %(most)s dishes. Take one off first."),
    Code.DIET_CONTRADICTS: _("%(diet)s it can't be: you say that it contains %(allergens)s. Change one of the two."),
    Code.POWER_DIFFERS: _(
        "You wrote %(written)s kW, but your appliances add up to %(added)s kW. Put the appliances right, "
        "or empty their numbers so that your own figure counts."
    ),
    Code.DIET_UNKNOWN: _("“%(value)s” is none of halal, kosher, vegetarian, vegan."),
    Code.ANSWER_UNKNOWN: _("“%(value)s” is none of the answers: %(known)s."),
    Code.QUESTION_OF_OTHERS: _("This question isn't put to them, so the cell must be empty."),
    Code.QUESTION_HIDDEN: _("This is asked only after another answer, which this row doesn't give."),
    Code.REFERENCE_TWICE: _("This reference stands in line %(other)s already."),
    Code.NAME_IN_LINE: _(
        "The same organisation stands in line %(other)s already: it has the same CVR number, or the same kind and name."
    ),
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
    Code.FILE_BINARY: _("The file is no spreadsheet that can be read. Save it as XLSX or CSV and try again."),
    Code.TOO_MANY_ROWS: _("The file has %(rows)s rows; at most %(most)s can be read at once."),
    Code.COLUMN_MISSING: _("The column “%(column)s” is missing."),
    Code.COLUMN_UNKNOWN: _("Nobody knows the column “%(column)s”. Remove it or correct its name."),
    Code.COLUMN_TWICE: _("The column “%(column)s” stands twice."),
    Code.NOT_TRIED: _("These are many rows. Try them first, then take them in."),
    Code.NOTHING_TO_UNDO: _("Nothing is left that came in by this spreadsheet and was not touched since."),
}


def code_of(kept: str) -> StrEnum:
    """The code that a row of ours keeps as text."""
    return next(code for code in TEXTS if code.value == kept)
