"""The pages of sign-up and review; `bp` holds them all."""

from eventsys.applications.views import (
    amendments,
    applicants,
    batches,
    call,
    contacts,
    decisions,
    dishes,
    documents,
    exports,
    listing,
    mails,
    organisers,
    places,
    returning,
    reviewing,
    sheets,
    steps,
)
from eventsys.applications.views.blueprint import bp

__all__ = [
    "amendments",
    "applicants",
    "batches",
    "bp",
    "call",
    "contacts",
    "decisions",
    "dishes",
    "documents",
    "exports",
    "listing",
    "mails",
    "organisers",
    "places",
    "returning",
    "reviewing",
    "sheets",
    "steps",
]
