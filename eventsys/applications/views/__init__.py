"""The pages of sign-up and review; `bp` holds them all."""

from eventsys.applications.views import applicants, decisions, organisers, reviewing, steps
from eventsys.applications.views.blueprint import bp

__all__ = ["applicants", "bp", "decisions", "organisers", "reviewing", "steps"]
