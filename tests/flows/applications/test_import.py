"""`flask import applications`: the festival's own file, and files that nobody should have sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventsys.applications import queries
from eventsys.applications.models import Transition
from eventsys.applications.rules.states import Act, State
from eventsys.base.db import Base, db
from eventsys.editions.models import Edition
from eventsys.organisations.models import Organisation
from eventsys.organisations.rules.kinds import Kind
from tests import factories

FILE = Path("examples/taste-the-world-2011/applications.csv")
HEADER = "reference;submitted_at;kind;name;cvr;email;days;crew;power_kw;cuisine;allergens;about_da"
REFUSED = [
    ("TW11-X01", "cvr"),
    ("TW11-X02", "cvr"),
    ("TW11-X03", "email"),
    ("TW11-X04", "email"),
    ("TW11-X05", "days"),
    ("TW11-X06", "power_kw"),
    ("TW11-X07", "kind"),
    ("TW11-X08", "name"),
]


def edition_2011() -> Edition:
    return factories.edition("taste-the-world-2011", name="Taste the World 2011", number=7, call=None)


def run(app: Flask, file: Path | str, *more: str) -> Any:
    return app.test_cli_runner().invoke(
        args=["import", "applications", str(file), "--edition", "taste-the-world-2011", *more]
    )


def imported(app: Flask, file: Path | str, *more: str) -> dict[str, Any]:
    result = run(app, file, "--format", "json", *more)
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.output)
    return told


def whole_database() -> dict[str, list[tuple[Any, ...]]]:
    return {
        table.name: sorted((tuple(row) for row in db.session.execute(select(table))), key=repr)
        for table in Base.registry.metadata.sorted_tables
    }


def sheet(tmp_path: Path, *lines: str, header: str = HEADER) -> Path:
    file = tmp_path / "sheet.csv"
    file.write_bytes("\r\n".join([header, *lines, ""]).encode("utf-8-sig"))
    return file


def test_real_file_gives_104_applications_and_refuses_8_rows(app: Flask) -> None:
    edition = edition_2011()

    told = imported(app, FILE)

    assert (told["rows"], told["accepted"], told["unchanged"]) == (112, 104, 0)
    assert [(no["reference"], no["field"]) for no in told["refused"]] == REFUSED
    lines = FILE.read_text(encoding="utf-8-sig").splitlines()
    for no in told["refused"]:
        assert lines[no["row"] - 1].startswith(no["reference"])
        assert no["message"].endswith(".")
    applications = queries.all_of(edition)
    assert len(applications) == 104
    assert {application.state for application in applications} == {State.SUBMITTED}
    assert {application.announced_state for application in applications} == {State.SUBMITTED}
    kinds = [application.organisation.kind for application in applications]
    assert (kinds.count(Kind.ASSOCIATION), kinds.count(Kind.RESTAURANT)) == (68, 36)


def test_row_is_read_as_a_danish_spreadsheet_meant_it(app: Flask) -> None:
    edition = edition_2011()
    imported(app, FILE)

    first = queries.by_reference(edition)["TW11-001"]

    assert first.organisation.name == "Sydhavn Tyrkisk Teaterforening"
    assert first.organisation.native_name == "Sydhavn Kültür Derneği"
    assert (first.organisation.cvr, first.organisation.area) == ("97847584", "Sydhavn")
    assert first.organisation.is_minority_association is True
    contact = first.organisation.contacts[0]
    assert (contact.email, contact.phone) == ("kontakt@sydhavn-tyrkisk-teaterforening.example", "+4527475923")
    assert (first.width_cm, first.power_watts, first.days, first.crew) == (450, 1000, 0b10, 13)
    assert first.submitted_at is not None
    assert first.submitted_at.isoformat() == "2011-03-01T07:34:00+00:00"
    assert (first.sells_food, first.allergens) == (False, None)
    assert first.next_to == ["TW11-069"]
    assert [(step.act, step.to_state) for step in queries.history_of(first)] == [(Act.SUBMIT, State.SUBMITTED)]


def test_second_import_changes_nothing_in_the_database(app: Flask) -> None:
    edition_2011()
    imported(app, FILE)
    before = whole_database()

    told = imported(app, FILE)

    assert (told["accepted"], told["unchanged"]) == (0, 104)
    assert [(no["reference"], no["field"]) for no in told["refused"]] == REFUSED
    assert whole_database() == before


def test_dry_run_tells_the_same_and_stores_nothing(app: Flask) -> None:
    edition_2011()
    before = whole_database()

    told = imported(app, FILE, "--dry-run")

    assert (told["accepted"], len(told["refused"])) == (104, 8)
    assert whole_database() == before


def test_text_output_names_line_reference_and_field(app: Flask, tmp_path: Path) -> None:
    edition_2011()

    result = run(app, sheet(tmp_path, "A1;;association;Ny forening;;ny@example.org;9;;;;;"))

    assert result.exit_code == 0
    assert "1 rows: 0 taken, 0 there already, 1 refused" in result.output
    assert "line 2 A1 days: There is no day 9. The days are 1, 2." in result.output


def test_organisation_is_known_across_editions(app: Flask, tmp_path: Path) -> None:
    known = factories.organisation("Nørrebro Kor", cvr="97847584", email="old@example.org", area="Nørrebro")
    namesake = factories.organisation("Café Blåt", kind=Kind.RESTAURANT, email="cafe@example.org")
    edition = edition_2011()

    told = imported(
        app,
        sheet(
            tmp_path,
            "A1;;association;Nørrebros Kor;DK 97 84 75 84;NEW@Example.org;1;;;;;",
            "A2;;restaurant;CAFE  BLÅT;;cafe@example.org;1,2;;;Kage;none;",
        ),
    )

    assert told["accepted"] == 2
    applications = queries.by_reference(edition)
    db.session.refresh(known)
    assert applications["A1"].organisation_id == known.id
    assert (known.name, known.area) == ("Nørrebros Kor", "Nørrebro")
    assert sorted(contact.email for contact in known.contacts) == ["new@example.org", "old@example.org"]
    assert [contact.email for contact in known.contacts if contact.is_primary] == ["old@example.org"]
    assert applications["A2"].organisation_id == namesake.id
    assert applications["A2"].allergens == []


def test_same_name_with_another_number_is_another_organisation(app: Flask, tmp_path: Path) -> None:
    factories.organisation("Nørrebro Kor", cvr="97847584")
    edition = edition_2011()

    told = imported(app, sheet(tmp_path, "A1;;association;Nørrebro Kor;90430637;nyt@example.org;1;;;;;"))

    assert told["accepted"] == 1
    assert queries.by_reference(edition)["A1"].organisation.cvr == "90430637"
    assert len(db.session.scalars(select(Organisation)).all()) == 2


def test_rows_that_clash_with_what_is_there_are_refused_alone(app: Flask, tmp_path: Path) -> None:
    edition = edition_2011()
    imported(
        app,
        sheet(
            tmp_path,
            "A1;;association;Et Kor;97847584;et@example.org;1;5;;;;",
            "A2;;association;To Kor;;to@example.org;1;5;;;;",
        ),
    )

    told = imported(
        app,
        sheet(
            tmp_path,
            "A9;;association;Andet navn;97847584;et@example.org;1;5;;;;",
            "A8;;association;to  kor;;to@example.org;1;5;;;;",
            "A1;;association;En helt anden;;anden@example.org;1;5;;;;",
            "A2;;association;To Kor;;to@example.org;1;6;;;;",
            "A3;;association;Tre Kor;;tre@example.org;1;5;;;;",
            "A4;;association;tre kor;;tre@example.org;1;5;;;;",
        ),
    )

    assert (told["rows"], told["accepted"], told["unchanged"]) == (6, 1, 0)
    assert [(no["row"], no["reference"], no["field"]) for no in told["refused"]] == [
        (2, "A9", "cvr"),
        (3, "A8", "name"),
        (4, "A1", "reference"),
        (5, "A2", "reference"),
        (7, "A4", "name"),
    ]
    assert "says something else about: crew" in told["refused"][3]["message"]
    assert sorted(queries.by_reference(edition)) == ["A1", "A2", "A3"]
    assert queries.by_reference(edition)["A2"].crew == 5
    names = db.session.scalars(select(Organisation.name)).all()
    assert sorted(names) == ["Et Kor", "To Kor", "Tre Kor"]


def test_row_that_the_database_refuses_stops_no_other(app: Flask, tmp_path: Path, monkeypatch: Any) -> None:
    edition = edition_2011()
    # As when another import commits the same number between our look and our write.
    monkeypatch.setattr("eventsys.organisations.queries.by_cvr", lambda _cvr: None)

    told = imported(
        app,
        sheet(
            tmp_path,
            "A1;;association;Et Kor;97847584;et@example.org;1;5;;;;",
            "A2;;association;To Kor;90430637;to@example.org;1;5;;;;",
        ),
    )
    again = imported(
        app,
        sheet(
            tmp_path,
            "A7;;association;Snyd;97847584;snyd@example.org;1;5;;;;",
            "A3;;association;Tre Kor;;tre@example.org;1;5;;;;",
        ),
    )

    assert told["accepted"] == 2
    assert [(no["reference"], no["field"]) for no in again["refused"]] == [("A7", "")]
    assert sorted(queries.by_reference(edition)) == ["A1", "A2", "A3"]
    assert len(db.session.scalars(select(Transition)).all()) == 3


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04\x00\x00", "The file is no spreadsheet"),
        (b"reference;kind;name;email\n", "The column “days” is missing."),
        (b"reference;kind;name;email;days;colour\n", "Nobody knows the column “colour”."),
        (b"reference;kind;name;email;days;days\n", "The column “days” stands twice."),
    ],
)
def test_file_that_cannot_be_read_ends_with_a_sentence(
    app: Flask, tmp_path: Path, content: bytes, sentence: str
) -> None:
    edition_2011()
    file = tmp_path / "file.csv"
    file.write_bytes(content)

    result = run(app, file)

    assert result.exit_code == 1
    assert sentence in result.output
    assert len(result.output.splitlines()) == 1


def test_missing_file_ends_with_a_sentence(app: Flask, tmp_path: Path) -> None:
    edition_2011()

    result = run(app, tmp_path / "nowhere.csv")

    assert result.exit_code == 1
    assert "nowhere.csv can't be read: No such file or directory." in result.output


def test_formula_and_markup_stay_text(app: Flask, tmp_path: Path) -> None:
    edition = edition_2011()

    imported(
        app, sheet(tmp_path, 'A1;;association;"=HYPERLINK(""http://x"")";;a@example.org;1;2;;;;<script>x</script>')
    )

    application = queries.by_reference(edition)["A1"]
    assert application.organisation.name == '=HYPERLINK("http://x")'
    assert application.about == {"da": "<script>x</script>"}


def test_import_is_fast(app: Flask, count_queries: list[str]) -> None:
    edition_2011()
    count_queries.clear()

    imported(app, FILE)

    assert len(count_queries) < 104 * 12
