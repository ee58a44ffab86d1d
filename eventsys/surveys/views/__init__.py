"""The pages of surveys; `bp` holds them all."""

from eventsys.surveys.views import answering, asking, building, importing, items, organisers, paper, previewing, results
from eventsys.surveys.views.blueprint import bp

__all__ = [
    "answering",
    "asking",
    "bp",
    "building",
    "importing",
    "items",
    "organisers",
    "paper",
    "previewing",
    "results",
]
