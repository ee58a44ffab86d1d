"""The pages of surveys; `bp` holds them all."""

from eventsys.surveys.views import answering, asking, building, items, organisers, previewing, results
from eventsys.surveys.views.blueprint import bp

__all__ = ["answering", "asking", "bp", "building", "items", "organisers", "previewing", "results"]
