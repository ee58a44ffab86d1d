"""The street: its `ground`, the `plans` that assign booths to pitches, and what is wished for (`wishes`)."""

from eventsys.booths.models.ground import Board, Pitch, Site, SiteBackground, SiteFeature
from eventsys.booths.models.plans import Assignment, Plan, PlanState, ProposalRun, RunState
from eventsys.booths.models.wishes import ApartWish, BoothWish, StreetRule

__all__ = [
    "ApartWish",
    "Assignment",
    "Board",
    "BoothWish",
    "Pitch",
    "Plan",
    "PlanState",
    "ProposalRun",
    "RunState",
    "Site",
    "SiteBackground",
    "SiteFeature",
    "StreetRule",
]
