"""The pages of the gates: the `control` room and its large screen, the `messages` to the phones, the `gates` themselves with
their phones and the scanner's page; `bp` holds them all.
"""

from eventsys.gate.views import control, gates, messages
from eventsys.gate.views.blueprint import bp

__all__ = ["bp", "control", "gates", "messages"]
