"""The blueprint of the pages of the gates, and who is in charge there."""

from __future__ import annotations

from flask import Blueprint

from eventsys.accounts.rules import Allow

bp = Blueprint("gate", __name__)
IN_CHARGE = (Allow.ORGANISER, Allow.SUPERVISOR)
