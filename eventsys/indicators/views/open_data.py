"""Open data: the indicators of a published edition as JSON and CSV, with the dictionary of their fields."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from flask import Response, abort
from flask.typing import ResponseReturnValue

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.web.access import access
from eventsys.editions.models import Edition
from eventsys.indicators.open_data import DICTIONARY, open_rows
from eventsys.indicators.views.blueprint import bp


def _published(edition: Edition) -> Edition:
    return edition if edition.is_published else abort(404)


@bp.get("/<edition:edition>/indicators.json")
@access(Allow.PUBLIC)
def open_json(edition: Edition) -> ResponseReturnValue:
    rows = open_rows(_published(edition), cutoff=clock.now())
    # Not `jsonify`, which would put the fields in order of the alphabet.
    told = json.dumps({"dictionary": DICTIONARY, "indicators": rows}, ensure_ascii=False, indent=1)
    return Response(told, mimetype="application/json")


@bp.get("/<edition:edition>/indicators.csv")
@access(Allow.PUBLIC)
def open_csv(edition: Edition) -> ResponseReturnValue:
    rows = open_rows(_published(edition), cutoff=clock.now())
    return _csv(list(DICTIONARY), ([_cell(value) for value in row.values()] for row in rows), "indicators")


@bp.get("/<edition:edition>/indicators-dictionary.csv")
@access(Allow.PUBLIC)
def open_dictionary(edition: Edition) -> ResponseReturnValue:
    _published(edition)
    return _csv(["field", "meaning"], DICTIONARY.items(), "indicators-dictionary")


def _cell(value: object) -> object:
    """A truth as JSON writes it, and a text that no spreadsheet runs."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@" and value else value


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> Response:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(header)
    writer.writerows(rows)
    response = Response(file.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
