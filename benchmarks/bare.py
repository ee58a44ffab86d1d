"""The yardstick of the gate: a bare Flask endpoint that puts the rows of a request into a table in one statement.

Served like the program itself: `gunicorn 'benchmarks.bare:create_app()'`, database in DATABASE_URL.
"""

from __future__ import annotations

import os

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Column, MetaData, String, Table, create_engine
from sqlalchemy.dialects import postgresql, sqlite

from eventsys.base.db import writing

rows = Table("bare_scan", MetaData(), Column("scan_id", String, primary_key=True), Column("pass_id", String))


def create_app() -> Flask:
    """An application with this one endpoint."""
    app = Flask(__name__)
    engine = create_engine(os.environ["DATABASE_URL"])
    insert = (postgresql if engine.dialect.name == "postgresql" else sqlite).insert(rows)
    statement = insert.on_conflict_do_nothing().returning(rows.c.scan_id)

    @app.post("/scans")
    def scans() -> ResponseReturnValue:
        """Put rows in, and say which are new."""
        writing.set(True)  # Writers on SQLite wait for each other from the start, as the program's own do.
        said = request.get_json()["scans"]
        with engine.begin() as connection:
            new = connection.execute(
                statement, [{"scan_id": one["scan_id"], "pass_id": one["pass_id"]} for one in said]
            )
            return jsonify({"results": [{"scan_id": row[0], "status": "stored"} for row in new]})

    return app
