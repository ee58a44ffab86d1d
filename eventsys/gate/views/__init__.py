"""The pages of the gates: the `control` room and its large screen, the `messages` to the phones, the `gates` themselves with
their phones and the scanner's page, and putting counts right (`correcting`); `bp` holds them all.
"""

from eventsys.gate.views import control, correcting, gates, messages
from eventsys.gate.views.blueprint import bp

__all__ = ["bp", "control", "correcting", "gates", "messages"]
