"""What others may react to; `eventsys/reactions.py` lists who does.

Each is sent with the application and `by=`, `now=`, inside the transaction of the change.
"""

from __future__ import annotations

from blinker import Namespace

_signals = Namespace()

announced = _signals.signal("applications.announced")
withdrawn = _signals.signal("applications.withdrawn")
# Changed after the applicant was told to be in: by themselves, or by an organiser who agreed to it.
amended = _signals.signal("applications.amended")
