"""The pages of sign-up and review; `bp` holds them all."""

from eventsys.applications.views import (
    applicants,
    batches,
    call,
    decisions,
    dishes,
    documents,
    listing,
    organisers,
    places,
    reviewing,
    steps,
)
from eventsys.applications.views.blueprint import bp

__all__ = [
    "applicants",
    "batches",
    "bp",
    "call",
    "decisions",
    "dishes",
    "documents",
    "listing",
    "organisers",
    "places",
    "reviewing",
    "steps",
]
