"""The pages of surveys; `bp` holds them all."""

from eventsys.surveys.views import answering, asking, organisers, results
from eventsys.surveys.views.blueprint import bp

__all__ = ["answering", "asking", "bp", "organisers", "results"]
