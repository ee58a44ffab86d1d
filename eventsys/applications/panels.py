"""Links that later parts of the story put on an applicant's page: their booth, their passes.

A feature above registers a function once, at import; it is asked each time a status page is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from eventsys.applications.models import Application

Link = tuple[str, str]
Panel = Callable[[Application], Sequence[Link]]

_PANELS: list[Panel] = []


def register(panel: Panel) -> Panel:
    """Add a function that gives (label, address) pairs for an application; usable as a decorator."""
    if panel not in _PANELS:
        _PANELS.append(panel)
    return panel


def links_of(application: Application) -> list[Link]:
    """What the parts that come later offer for this application, in the order in which they registered."""
    return [link for panel in _PANELS for link in panel(application)]
