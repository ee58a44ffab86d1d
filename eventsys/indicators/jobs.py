"""What the worker does for indicators: follow-ups are planned once an edition is over."""

from __future__ import annotations

from eventsys.audit.actions import Actor
from eventsys.base import clock, jobs
from eventsys.base.db import db
from eventsys.indicators import following, queries

PLAN = "indicators.plan_follow_ups"


@jobs.job(PLAN)
def plan_follow_ups() -> None:
    """Plan what is missing, one edition a transaction."""
    now = clock.now()
    for edition in queries.editions_followed_up(now):
        if following.is_over(edition, now=now) and following.plan(edition, by=Actor("job"), now=now):
            db.session.commit()
    db.session.rollback()


jobs.every_minute(PLAN)
