"""The street: its `ground`, the `plans` that assign booths to pitches, what is wished for (`wishes`), the `arrivals` of vehicles."""

from eventsys.booths.models.arrivals import Arrival, ArrivalSlot, Kerb, PlaceTold, Vehicle
from eventsys.booths.models.ground import Board, Pitch, Site, SiteBackground, SiteFeature
from eventsys.booths.models.plans import Assignment, Plan, PlanState, ProposalRun, RunState
from eventsys.booths.models.wishes import ApartWish, BoothWish, StreetRule

__all__ = [
    "ApartWish",
    "Arrival",
    "ArrivalSlot",
    "Assignment",
    "Board",
    "BoothWish",
    "Kerb",
    "Pitch",
    "PlaceTold",
    "Plan",
    "PlanState",
    "ProposalRun",
    "RunState",
    "Site",
    "SiteBackground",
    "SiteFeature",
    "StreetRule",
    "Vehicle",
]
