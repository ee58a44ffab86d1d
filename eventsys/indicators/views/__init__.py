"""The pages of indicators: the `dashboard` with the trace behind each figure, `defining` one, `beginning` with a template, the
`years`, `open_data`, the `register`, `published` figures; `bp` holds them all.
"""

from eventsys.indicators.views import beginning, dashboard, defining, open_data, published, register, years
from eventsys.indicators.views.blueprint import bp

__all__ = ["beginning", "bp", "dashboard", "defining", "open_data", "published", "register", "years"]
