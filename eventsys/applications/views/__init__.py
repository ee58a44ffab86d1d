"""The pages of sign-up and review; `bp` holds them all."""

from eventsys.applications.views import applicants, call, decisions, organisers, places, reviewing, steps
from eventsys.applications.views.blueprint import bp

__all__ = ["applicants", "bp", "call", "decisions", "organisers", "places", "reviewing", "steps"]
