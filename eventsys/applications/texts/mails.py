"""The words for the mails about applications: when each goes, and what is filled in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

LETTERS = {
    "link": _("The link, when somebody begins or has lost it"),
    "submitted": _("The receipt, when an application is sent"),
    "changes_requested": _("Changes are requested"),
    "waitlisted": _("Somebody is put on the waiting list"),
    "offered": _("A place is offered"),
    "offer_retracted": _("An offer is retracted"),
    "offer_expired": _("An offer has run out"),
    "approved": _("Approved"),
    "rejected": _("Rejected"),
    "reopened": _("A decision is taken back after it was told"),
    "amendment_accepted": _("A change is agreed to"),
    "amendment_declined": _("A change is declined"),
    "withdrawn": _("The applicant has withdrawn"),
    "restored": _("A withdrawal is undone"),
    "access_granted": _("Somebody new gets access, as the person we know there agreed"),
}
PLACEHOLDERS = {
    "organisation": _("the organisation's name"),
    "reference": _("the number of the application"),
    "edition": _("the event's name"),
    "link": _("the link that opens the application"),
    "note": _("what you write with the decision"),
    "until": _("until when an offer holds"),
}
