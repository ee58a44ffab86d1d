"""The blueprint that all pages of the feature hang on, and passes by what stands in an address."""

from __future__ import annotations

from flask import Blueprint, abort

from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition
from eventsys.passes import queries
from eventsys.passes.models import Pass
from eventsys.passes.rules.short_code import from_short_code

bp = Blueprint("passes", __name__)


def pass_id_or_404(short: str) -> str:
    try:
        return from_short_code(short)
    except Refusal:
        abort(404)


def pass_or_404(edition: Edition, short: str) -> Pass:
    return queries.find(edition, pass_id_or_404(short)) or abort(404)
