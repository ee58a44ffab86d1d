"""How often one address may do what costs us something: a view says it with `@limiter.limit("20 per hour", methods=["POST"])`."""

from __future__ import annotations

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, strategy="fixed-window")
