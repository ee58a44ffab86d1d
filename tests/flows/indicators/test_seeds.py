"""The table of 2008 comes out of the ordinary imports: 23, 12 and 1 of 36, 35 of 36, 22 and 106."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests import factories

SEEDS = Path(__file__).resolve().parents[3] / "examples" / "seeds-2008"
EDITION = ("--edition", "international-day-2008")


def run(app: Flask, *arguments: str) -> str:
    result = app.test_cli_runner().invoke(args=list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def evaluated(app: Flask, *holder: str) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in json.loads(run(app, "indicators", "evaluate", *holder, "--format", "json"))}


@pytest.fixture
def loaded(app: Flask) -> Flask:
    factories.edition("international-day-2008", starts_on=date(2008, 8, 30), day_count=1)
    run(
        app,
        "surveys",
        "open",
        str(SEEDS / "instrument.json"),
        *EDITION,
        "--opens",
        "2008-10-01",
        "--closes",
        "2008-11-24",
    )
    run(app, "import", "answers", str(SEEDS / "satisfaction.csv"), *EDITION, "--instrument", "satisfaction-2008")
    run(app, "import", "register", str(SEEDS / "tasks.csv"), "--year", "2008")
    return app


@pytest.mark.parametrize("holder", [EDITION, ("--year", "2008")], ids=["edition", "programme-year"])
def test_the_seeds_own_table(loaded: Flask, holder: tuple[str, str]) -> None:
    run(loaded, "indicators", "define", str(SEEDS / "indicators.json"), *holder)

    found = evaluated(loaded, *holder)

    shares = {key: (row["numerator"], row["denominator"]) for key, row in found.items() if row["denominator"]}
    assert shares == {
        "satisfied": (35, 36),
        "satisfied-high": (23, 36),
        "satisfied-some": (12, 36),
        "satisfied-lesser": (1, 36),
    }
    assert (found["requisitions"]["value"], found["advice"]["value"]) == (22, 106)
    assert (found["satisfied"]["population"], found["satisfied"]["response_rate"]) == (None, None)


def test_a_second_import_changes_nothing(loaded: Flask) -> None:
    told = json.loads(run(loaded, "import", "register", str(SEEDS / "tasks.csv"), "--year", "2008", "--format", "json"))

    assert told == {"rows": 8, "accepted": 0, "unchanged": 8, "refused": []}


def test_a_dry_run_stores_nothing(app: Flask) -> None:
    told = run(app, "import", "register", str(SEEDS / "tasks.csv"), "--year", "2008", "--dry-run")

    assert "8 taken" in told
    assert "8 taken" in run(app, "import", "register", str(SEEDS / "tasks.csv"), "--year", "2008")


def test_bad_rows_are_named_and_the_others_go_in(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    rows = [
        "art;udfordring;dato;antal;kvalitet;bemærkning",
        "hours;Mjølnerparken;1.2.2011;7,25;counted;",
        "requisition;Tryghed;2011-02-30;4;counted;",
        "person;;27.8.2011;2,5;;",
        "dragon;;;x;guessed;",
        "event;;;-1;;",
    ]
    file.write_text("\ufeff" + "\r\n".join(rows), encoding="utf-8")

    told = json.loads(run(app, "import", "register", str(file), "--year", "2011", "--format", "json"))

    assert (told["rows"], told["accepted"]) == (5, 1)
    assert [(row["row"], row["field"]) for row in told["refused"]] == [
        (3, "date"),
        (4, "count"),
        (5, "kind"),
        (6, "count"),
    ]
    assert "“dragon” is no kind of the register. “x” is no number" in told["refused"][2]["message"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"kind;when;count", "The column “when” is unknown"),
        (b"group;date", "The column “kind” is missing."),
        (b"\0\1\2", "This is no file with rows."),
    ],
)
def test_a_file_of_another_form_is_refused_whole(app: Flask, tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "register.csv").write_bytes(content)
    told = app.test_cli_runner().invoke(args=["import", "register", str(tmp_path / "register.csv"), "--year", "2011"])

    assert told.exit_code == 1
    assert said in told.output


def test_a_year_that_no_programme_has_is_refused(app: Flask) -> None:
    told = app.test_cli_runner().invoke(args=["import", "register", str(SEEDS / "tasks.csv"), "--year", "1066"])

    assert "Give a year from 1990 to 2100." in told.output


def test_a_figure_of_others_is_kept_by_command(app: Flask) -> None:
    said = run(
        app, "indicators", "publish-figure", "barometer", "21,3", "--on", "2011-11-30", "--source", "Barometer 2011"
    )

    assert said == "barometer: 21,3 on 2011-11-30.\n"
