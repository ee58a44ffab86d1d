"""The blueprint of the pages of the street."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("booths", __name__)
