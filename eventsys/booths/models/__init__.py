"""The street: its `ground`, the `plans` that assign booths to pitches, and what is wished for (`wishes`)."""

from eventsys.booths.models.ground import Board, Pitch, Site, SiteFeature
from eventsys.booths.models.plans import Assignment, Plan, PlanState, ProposalRun, RunState
from eventsys.booths.models.wishes import StreetRule

__all__ = [
    "Assignment",
    "Board",
    "Pitch",
    "Plan",
    "PlanState",
    "ProposalRun",
    "RunState",
    "Site",
    "SiteFeature",
    "StreetRule",
]
