"""The secrets in the links of surveys: made again for a reminder; kept in no table but in the text of a mail that goes out."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode

from flask import current_app


def token_of(invitation_id: str) -> str:
    """The token in the link of an invitation: by the installation's own secret, so that the database alone can't tell it."""
    secret: str = current_app.config["EVENTSYS"].secret_key
    digest = hmac.digest(secret.encode(), f"survey-invitation:{invitation_id}".encode(), hashlib.sha256)
    return urlsafe_b64encode(digest).decode().rstrip("=")
