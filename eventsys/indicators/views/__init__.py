"""The pages of indicators: the `dashboard` with the trace behind each figure, the `register`, `published` figures; `bp` holds them all."""

from eventsys.indicators.views import dashboard, published, register
from eventsys.indicators.views.blueprint import bp

__all__ = ["bp", "dashboard", "published", "register"]
