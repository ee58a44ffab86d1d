"""What the worker does for surveys: invitations and reminders that are due, the rewrite, drafts nobody goes on with."""

from __future__ import annotations

from eventsys.base import clock, jobs
from eventsys.base.db import db
from eventsys.surveys import asked, drafts, rewriting
from eventsys.surveys.asking import GO_ON, go_on

REWRITE = "surveys.rewrite"
FORGET = "surveys.forget_drafts"


@jobs.job(GO_ON)
def go_on_asking() -> None:
    """Mail what is due, some at a time, each time in a transaction: after a crash it goes on where it was."""
    for survey in asked.running(clock.now()):
        while go_on(survey, now=clock.now()):
            db.session.commit()
    db.session.rollback()


jobs.every_minute(GO_ON)


@jobs.job(REWRITE)
def rewrite() -> None:
    """Rewrite responses and invitations at night while a survey is open, and when it has closed."""
    due = rewriting.due(clock.now())
    if not due:
        db.session.rollback()
        return
    rewriting.rewrite(due, now=clock.now())
    rewriting.empty_log()


jobs.every_minute(REWRITE)


@jobs.job(FORGET)
def forget_drafts() -> None:
    """Drop what was left half-finished, also when no survey is open any more."""
    if drafts.forget_old(today=clock.today()):
        db.session.commit()
    db.session.rollback()


jobs.every_minute(FORGET)
