"""The example festival, in the order of the event's story."""

from __future__ import annotations

from collections.abc import Callable

from eventsys.base import clock
from eventsys.base.db import db
from eventsys.demo import coming, festival, people, questionnaires


def everything(*, say: Callable[[str], object]) -> dict[str, str]:
    """Load the finished festival, the coming one and the celebration; returns passwords by mail address."""
    say("Loading the example festival (once, about half a minute) …")
    now = clock.now()
    team, passwords = people.create(now)
    db.session.commit()
    last = festival.load(say)
    say("  the coming festival and the celebration")
    following = coming.load_festival(now)
    questionnaires.begin(following, last=last, by=coming.BY, now=now)
    loaded = [last, following, coming.load_celebration(now)]
    for edition in loaded:
        people.put_on_team(edition, team, now=now)
    db.session.commit()
    return passwords
