"""What organisers of a street have before them: booths that are in, and a page as it is read."""

from __future__ import annotations

import re
from typing import Any

from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.editions.models import Edition
from tests import factories


def booth(edition: Edition, name: str, **told: Any) -> Application:
    """A booth that is in."""
    return factories.application(edition, state=State.APPROVED, name=name, **told)


def text(page: str) -> str:
    """What is read on a page, without what keeps lines from ending."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("&#39;", "'").replace("\u2060", "")
