"""What others may react to; `eventsys/reactions.py` lists who does.

Each is sent with the application and `by=`, `now=`, inside the transaction of the change.
"""

from __future__ import annotations

from blinker import Namespace

_signals = Namespace()

announced = _signals.signal("applications.announced")
withdrawn = _signals.signal("applications.withdrawn")
