"""The words for states, acts, steps, and what happened."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from eventsys.applications.rules.batches import BatchAct, BatchState
from eventsys.applications.rules.listing import OLDEST, Gone, Sort, Wants
from eventsys.applications.rules.states import Act, State
from eventsys.applications.rules.steps import Step

STATES = {
    State.DRAFT: _("Draft"),
    State.SUBMITTED: _("Submitted"),
    State.CHANGES_REQUESTED: _("Changes requested"),
    State.WAITLISTED: _("Waitlisted"),
    State.APPROVED: _("Approved"),
    State.REJECTED: _("Rejected"),
    State.WITHDRAWN: _("Withdrawn"),
}
# What the list has only for who asks for it.
GONE = {
    Gone.UNDONE: _("Imports that are undone"),
    Gone.GIVEN_UP: _("Drafts that were given up"),
}
# What happens next, as the applicant reads it.
NEXT = {
    State.DRAFT: _("Your application isn't sent yet. Go on where you stopped, and send it before the call closes."),
    State.SUBMITTED: _("We have your application and read it. You get a mail when there is a decision."),
    State.CHANGES_REQUESTED: _("We ask you to change something. Put it right, then send the application again."),
    State.WAITLISTED: _("All places are taken. You are on the waiting list; we write as soon as one comes free."),
    State.APPROVED: _("You take part. Your booth and the passes of your crew appear here as soon as they are ready."),
    State.REJECTED: _("There is no place for you this time. Below you read why."),
    State.WITHDRAWN: _("This application is withdrawn."),
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
    Step.DISHES: _("Dishes"),
    Step.VISITORS: _("For visitors"),
    Step.WISHES: _("Wishes"),
    Step.DOCUMENTS: _("Logo and documents"),
    Step.QUESTIONS: _("More questions"),
    Step.CHECK: _("Check and send"),
}
# The same for who reads it: the team, and the applicant when it can't be changed.
TITLES = {
    **STEPS,
    Step.ORGANISATION: _("The organisation"),
    Step.BOOTH: _("The booth"),
}
# What happened, as the history tells it; the rest of an audit code names who did it.
STORY = {
    "applications.started": _("started"),
    "applications.address_confirmed": _("mail address confirmed"),
    "applications.imported": _("taken in from a file"),
    "applications.import_undone": _("taking in from a file undone"),
    "applications.changed": _("changed"),
    "applications.submitted": _("sent"),
    "applications.changes_requested": _("decided: ask for changes"),
    "applications.waitlisted": _("decided: waiting list"),
    "applications.approved": _("decided: approve"),
    "applications.rejected": _("decided: reject"),
    "applications.reopened": _("decision taken back"),
    "applications.restored": _("withdrawal undone"),
    "applications.announced": _("announced"),
    "applications.withdrawn": _("withdrawn"),
    "applications.offered": _("place offered"),
    "applications.offer_accepted": _("offer accepted"),
    "applications.offer_declined": _("offer declined"),
    "applications.offer_expired": _("offer expired"),
    "applications.offer_retracted": _("offer retracted"),
    "applications.moved_in_line": _("moved on the waiting list"),
    "applications.joined": _("begun apart, now the organisation's own"),
    "applications.taken_over": _("filled with last time's answers"),
    "applications.amendment_asked": _("asked to change what was agreed"),
    "applications.amendment_accepted": _("agreed to the change"),
    "applications.amendment_declined": _("declined the change"),
    "applications.amendment_retracted": _("took the wish for a change back"),
    "applications.mail_repeated": _("mail sent once more"),
    "applications.note_added": _("note written"),
    "applications.note_removed": _("note removed"),
    "applications.tag_added": _("tag added"),
    "applications.tag_removed": _("tag taken off"),
    "applications.reviewer_assigned": _("reviewer asked"),
    "applications.reviewer_removed": _("reviewer no longer asked"),
}
BATCH_ACTS = {
    BatchAct.APPROVE: _("Approve"),
    BatchAct.WAITLIST: _("Put on the waiting list"),
    BatchAct.REJECT: _("Reject"),
    BatchAct.REQUEST_CHANGES: _("Ask for changes"),
    BatchAct.REOPEN: _("Take decisions back, or reopen"),
    BatchAct.TAG: _("Add a tag"),
    BatchAct.UNTAG: _("Take a tag off"),
    BatchAct.ASSIGN: _("Ask somebody to look at them"),
    BatchAct.MAIL: _("Write a mail to each"),
    BatchAct.ANNOUNCE: _("Announce decisions"),
}
BATCH_STATES = {
    BatchState.QUEUED: _("waits to begin"),
    BatchState.RUNNING: _("at work"),
    BatchState.FINISHED: _("finished"),
    BatchState.CANCELLED: _("stopped"),
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
    "bounced": _("came back: the address takes no mail"),
    "failed": _("could not be sent"),
}
COLUMN_WORDS = {
    "kind": _("Kind"),
    "state": _("State"),
    "sent": _("Sent"),
    "width": _("Width, m"),
    "power": _("Power, kW"),
    "tags": _("Tags"),
    "reviewers": _("Reviewers"),
    "recommendations": _("Recommended"),
    "score": _("Scores"),
    "findings": _("Missing or doubtful"),
    "days": _("Days"),
    "crew": _("Crew"),
    "cuisine": _("What is sold or served"),
    "registration": _("Food registration"),
    "language": _("Language"),
    "email": _("Mail address"),
    "changed": _("Changed"),
}
WANTS = {
    Wants.FOOD: _("food"),
    Wants.WATER: _("running water"),
    Wants.GAS: _("gas"),
    Wants.OPEN_FIRE: _("open fire"),
    Wants.THREE_PHASE: _("three-phase power"),
    Wants.SOUND: _("loudspeakers"),
    Wants.VEHICLE: _("a car or trailer at the booth"),
    Wants.STEP_FREE: _("a way without steps"),
    Wants.CHILDREN: _("something for children"),
}
# As an address says them; the other way round of one that isn't here is `TURNED_SORT`.
SORTS = {
    Sort.NEWEST: _("Sent last first"),
    OLDEST: _("Sent first first"),
    Sort.NAME: _("By name"),
    Sort.REFERENCE: _("By reference"),
    Sort.CHANGED: _("Changed last first"),
    Sort.STATE: _("By state"),
    Sort.KIND: _("By kind"),
    Sort.WIDTH: _("Widest first"),
    Sort.POWER: _("Most power first"),
    Sort.CREW: _("Most crew first"),
    Sort.CUISINE: _("By what is sold or served"),
    Sort.REGISTRATION: _("By food registration"),
    Sort.LANGUAGE: _("By language"),
    Sort.EMAIL: _("By mail address"),
    Sort.SCORE: _("Best scores first"),
    Sort.RECOMMENDED: _("Recommended first"),
}
TURNED_SORT = _("%(order)s, the other way round")
