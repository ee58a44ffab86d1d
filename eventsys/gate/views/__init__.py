"""The pages of the gates: the `gates` themselves with the control room, their phones and the scanner's page, and putting counts
right (`correcting`); `bp` holds them all.
"""

from eventsys.gate.views import correcting, gates
from eventsys.gate.views.blueprint import bp

__all__ = ["bp", "correcting", "gates"]
