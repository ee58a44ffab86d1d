"""The street: its `ground`, the `plans` that assign booths to pitches, what is wished for (`wishes`), the `arrivals` of vehicles."""

from eventsys.booths.models.arrivals import Arrival, ArrivalSlot, Kerb, PlaceTold, Vehicle
from eventsys.booths.models.ground import Board, Pitch, Site, SiteFeature
from eventsys.booths.models.plans import Assignment, Plan, PlanState, ProposalRun, RunState
from eventsys.booths.models.wishes import StreetRule

__all__ = [
    "Arrival",
    "ArrivalSlot",
    "Assignment",
    "Board",
    "Kerb",
    "Pitch",
    "PlaceTold",
    "Plan",
    "PlanState",
    "ProposalRun",
    "RunState",
    "Site",
    "SiteFeature",
    "StreetRule",
    "Vehicle",
]
