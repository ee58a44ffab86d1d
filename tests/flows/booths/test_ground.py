"""The street from files: looked at, taken in, given out again."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from eventsys.applications.rules.states import State
from eventsys.booths import queries
from eventsys.booths.documents import geojson_of
from eventsys.booths.rules.features import FeatureKind
from eventsys.booths.rules.import_pitches import read_pitches
from eventsys.booths.rules.rulebook import USUAL, Rule
from eventsys.booths.rules.site_checks import findings
from eventsys.editions.models import Edition
from tests import factories
from tests.client import CarefulClient
from tests.flows.booths.organisers import text

pytestmark = pytest.mark.usefixtures("moment")
PAGE = "/organise/fest/booths/import"
FILES = Path("examples/taste-the-world-2011")
PITCHES, BOARDS = (FILES / "pitches.geojson").read_bytes(), (FILES / "boards.csv").read_bytes()


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made))
    return made


def send(client: CarefulClient, **files: bytes) -> Any:
    data = {name: (io.BytesIO(content), f"{name}.txt") for name, content in files.items()}
    return client.post(PAGE, data=data, content_type="multipart/form-data")


def kept(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(kept-\w+)" value="([^"]+)"', page))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("A01;{width};;", "There is nothing to take in: the street is already as these files say."),
        ("Z1;wide;12.55;55.69", "There is nothing to take in. Mend the rows that are named above"),
        ("Z1;3;55.69;12.55", "There is nothing to take in. Mend the rows that are named above"),
    ],
)
def test_where_nothing_would_change_there_is_nothing_to_press(
    client: CarefulClient, edition: Edition, line: str, sentence: str
) -> None:
    send(client, pitches=PITCHES)
    client.post(PAGE, data={**kept(send(client, pitches=PITCHES).text), "take": "1"})
    width = next(one.width_cm / 100 for one in queries.pitches_on(edition) if one.number == "A01")

    page = send(client, pitches=f"number;width_m;longitude;latitude\n{line.format(width=width)}\n".encode()).text

    assert sentence in text(page)
    assert 'name="take"' not in page
    assert kept(page) == {}


def test_files_are_looked_at_and_then_taken_in(client: CarefulClient, edition: Edition) -> None:
    looked = send(client, pitches=PITCHES, boards=BOARDS)

    assert looked.status_code == 200
    assert "Take it in" in looked.text
    assert queries.pitches_on(edition) == []
    taken = client.post(PAGE, data={**kept(looked.text), "take": "1"})
    assert taken.status_code == 302
    assert len(queries.pitches_on(edition)) == 112
    assert all(board.capacity_watts > 0 for board in queries.boards_on(edition))


def test_what_goes_out_comes_in_as_it_was(client: CarefulClient, edition: Edition) -> None:
    client.post(PAGE, data={**kept(send(client, pitches=PITCHES).text), "take": "1"})

    out = client.get("/organise/fest/booths/export")

    assert out.content_type == "application/geo+json"
    before, after = (
        {replace(row, row=0).number: replace(row, row=0) for row in read_pitches(content).rows}
        for content in (PITCHES, out.data)
    )
    assert after == before
    again = send(client, pitches=geojson_of(edition))
    assert re.search(rf"As they were\D+{112 + len(queries.boards_on(edition))}\b", again.text)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "Choose a file first."),
        ({"pitches": b"not json"}, "The file is neither GeoJSON"),
        ({"pitches": b"numb;width\nA1;3"}, "The column “number” is missing."),
        ({"boards": b"code;watts\nA;1"}, "is missing"),
    ],
)
def test_bad_files_are_told_by_their_field(
    client: CarefulClient, edition: Edition, files: dict[str, bytes], sentence: str
) -> None:
    response = send(client, **files)

    assert response.status_code == 422
    assert sentence in response.text
    assert "Take it in" not in response.text


def test_bad_rows_stop_no_other(client: CarefulClient, edition: Edition) -> None:
    data = json.loads(PITCHES)
    data["features"] = data["features"][:3]
    data["features"][1]["properties"]["width_m"] = -3
    data["features"][2]["properties"]["number"] = data["features"][0]["properties"]["number"]

    looked = send(client, pitches=json.dumps(data).encode())

    assert "stands twice" in looked.text
    client.post(PAGE, data={**kept(looked.text), "take": "1"})
    assert len(queries.pitches_on(edition)) == 1


def test_outlines_that_cannot_be_are_named_and_nothing_that_was_there_is_lost(
    client: CarefulClient, edition: Edition
) -> None:
    factories.street(edition, widths_m=[3, 3])
    data = json.loads(PITCHES)
    crossed, swapped, metric, over, good = data["features"] = data["features"][:5]
    ring = crossed["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]
    swapped["geometry"]["coordinates"][0] = [[y, x] for x, y in swapped["geometry"]["coordinates"][0]]
    metric["geometry"]["coordinates"][0] = [[725_000 + n, 6_175_000 + n % 2] for n in range(4)]
    over["geometry"] = good["geometry"]

    page = text(send(client, pitches=json.dumps(data).encode()).text)

    for sentence in (
        "The outline crosses itself.",
        "Longitude and latitude are swapped",
        "lie outside Denmark. Give them in WGS 84.",
    ):
        assert sentence in page
    names = sorted(one["properties"]["number"] for one in (over, good))
    assert f"{names[0]} and {names[1]} lie over each other." in page
    client.post(PAGE, data={**kept(send(client, pitches=json.dumps(data).encode()).text), "take": "1"})
    assert {pitch.number for pitch in queries.pitches_on(edition)} >= {"A1", "A2", *names}
    assert client.get("/organise/fest/booths").status_code == 200


def test_what_is_kept_may_be_forged(client: CarefulClient, edition: Edition) -> None:
    response = client.post(PAGE, data={"kept-pitches": "%%%", "take": "1"})

    assert response.status_code == 422
    assert queries.pitches_on(edition) == []


def test_all_else_on_the_street_comes_along_in_the_same_file(client: CarefulClient, edition: Edition) -> None:
    features = (FILES / "features.geojson").read_bytes()
    assert "come along in the same GeoJSON" in client.get(PAGE).text

    client.post(PAGE, data={**kept(send(client, pitches=PITCHES).text), "take": "1"})
    client.post(PAGE, data={**kept(send(client, pitches=features).text), "take": "1"})

    kinds = {one.kind for one in queries.features_on(edition)}
    assert kinds == set(FeatureKind)
    assert all(board.position for board in queries.boards_on(edition))
    assert [(one.what, one.codes) for one in findings(queries.drawn(edition), USUAL)] == [(Rule.FIRE_LANE, ("F2",))]


SHEET = """number;width_m;depth_m;longitude;latitude;board
A1;3;3;12,5505;55,69;EL1
B1;3;3;12,56;55,69;EL9
B2;3;3;12,56001;55,69;EL1
"""


def test_a_try_says_what_is_new_what_moves_and_what_would_be_wrong(client: CarefulClient, edition: Edition) -> None:
    factories.street(edition, widths_m=[3])
    kor = factories.application(edition, state=State.APPROVED, name="Kor")
    client.post(f"/organise/fest/booths/{kor.code}/place", data={"numbers": "A1"})

    page = text(send(client, pitches=SHEET.encode()).text)

    assert "New 2 To be changed 1 As they were 0" in page
    assert "New: B1 and B2" in page
    assert re.search(r"A1 moved by \d+(\.\d)? m Kor", page)
    assert "Nobody has told of these boards: EL9." in page
    assert "B1 and B2 lie over each other." in page
    assert [pitch.number for pitch in queries.pitches_on(edition)] == ["A1"]
    with_boards = text(send(client, pitches=SHEET.encode(), boards=b"board;capacity_kw\nEL9;20").text)
    assert "Nobody has told" not in with_boards


def test_pitches_come_by_sheet_on_the_page_and_by_the_command(
    app: Flask, client: CarefulClient, edition: Edition, tmp_path: Path
) -> None:
    client.post(PAGE, data={**kept(send(client, pitches=SHEET.encode()).text), "take": "1"})
    assert [pitch.number for pitch in queries.pitches_on(edition)] == ["A1", "B1", "B2"]

    file = tmp_path / "pitches.csv"
    file.write_text("number;width_m\nA1;4,5\nB1;3\nC1;3\n")
    runner = app.test_cli_runner()
    told = json.loads(
        runner.invoke(
            args=["import", "pitches", str(file), "--edition", "fest", "--dry-run", "--format", "json"]
        ).stdout
    )

    assert (told["rows"], told["accepted"], told["unchanged"]) == (3, 1, 1)
    assert (told["new"], told["changed"]) == ([], ["A1: width"])
    assert [(one["reference"], one["field"]) for one in told["refused"]] == [("C1", "longitude")]
    assert queries.pitches_on(edition)[0].width_cm == 300
    said = runner.invoke(args=["import", "pitches", str(file), "--edition", "fest"]).stdout
    assert "changed: A1: width" in said
    assert queries.pitches_on(edition)[0].width_cm == 450
