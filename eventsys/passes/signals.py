"""What others may react to; `eventsys/reactions.py` lists who does."""

from __future__ import annotations

from blinker import Namespace

_signals = Namespace()

# Sent with the edition and `pass_ids=` (none of them was revoked before), inside the transaction of the change.
revoked = _signals.signal("passes.revoked")
