"""The pages of the gates: the `gates` themselves with the control room, their phones and the scanner's page; `bp` holds them all."""

from eventsys.gate.views import gates
from eventsys.gate.views.blueprint import bp

__all__ = ["bp", "gates"]
