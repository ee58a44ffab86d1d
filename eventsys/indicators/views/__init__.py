"""The pages of indicators: the `dashboard` with the trace behind each figure, `defining` one, the `register`, `published` figures; `bp` holds them all."""

from eventsys.indicators.views import dashboard, defining, published, register
from eventsys.indicators.views.blueprint import bp

__all__ = ["bp", "dashboard", "defining", "published", "register"]
