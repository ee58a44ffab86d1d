"""The street plan on paper: to scale on A3, lists on A4, what is against a rule with its reason, the cut-off on each page."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from reportlab.graphics.shapes import Line

from eventsys.accounts.rules import Role
from eventsys.applications.rules.states import State
from eventsys.base import pdf
from eventsys.base.bidi import joined
from eventsys.base.db import db
from eventsys.booths import actions, queries
from eventsys.booths.models import SiteFeature
from eventsys.booths.rules.features import FeatureKind
from eventsys.editions.models import Edition
from eventsys.reports.documents import ground
from eventsys.reports.documents.street_plan import lines_that_fit
from eventsys.reports.plan_contents import of_street_plan
from eventsys.reports.rules.sheets import BELOW_MM, pages_of
from tests import factories
from tests.client import CarefulClient

pytestmark = pytest.mark.usefixtures("moment")
A3_WIDE, A4_UPRIGHT = (1191, 842), (595, 842)


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest")
    factories.street(made, widths_m=[3, 3, 6], board_kw=3)
    factories.sign_in(client, factories.organiser(made))
    return made


def paper(client: CarefulClient, language: str = "en", **asked: str) -> PdfReader:
    answer = client.get(f"/organise/fest/street-plan-{language}.pdf", query_string=asked)
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    return PdfReader(BytesIO(answer.data))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def place(client: CarefulClient, code: str, numbers: str, reason: str = "") -> None:
    answer = client.post(f"/organise/fest/booths/{code}/place", data={"numbers": numbers, "reason": reason})
    assert answer.status_code == 302


def test_the_street_is_on_a3_and_the_lists_on_a4_each_with_its_cut_off(client: CarefulClient, edition: Edition) -> None:
    kor = factories.application(edition, state=State.APPROVED, name="Kor", power_watts=1_000)
    place(client, kor.code, "A1")

    reader = paper(client)

    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages]
    assert (sizes[0], sizes[-1]) == (A3_WIDE, A4_UPRIGHT)
    assert all("data as of 2 Mar 2026 13:00" in " ".join(page.extract_text().split()) for page in reader.pages)
    said = words(reader)
    assert "1:200" in said and "10 m" in said
    assert "A1 3 x 3 m EL1 Kor 3 m · 1 kW" in said
    assert "EL1 1 of 3 kW 1 of 3 kW" in said
    assert "Draft, version 1" in said
    assert "Nobody is placed against a rule." in said


def test_what_is_against_a_rule_is_printed_with_rule_and_reason(client: CarefulClient, edition: Edition) -> None:
    kor = factories.application(edition, state=State.APPROVED, name="Kor", power_watts=9_000, needs_water=True)
    place(client, kor.code, "A2", reason="They bring a hose and a generator.")

    said = words(paper(client))

    assert "A2 !" in said
    assert "A2: Kor There is no water." in said
    assert "The electric board can't carry it." in said
    assert "They bring a hose and a generator." in said
    assert "too much" in said


def test_the_plan_that_counts_and_the_draft_are_two_papers(client: CarefulClient, edition: Edition) -> None:
    kor, klub = (factories.application(edition, state=State.APPROVED, name=name) for name in ("Kor", "Klub"))
    place(client, kor.code, "A1")
    actions.publish(edition, by=factories.BY, now=factories.NOW)
    place(client, klub.code, "A3")

    assert "Without a place" in words(paper(client, show="published"))
    assert "Without a place" not in words(paper(client))
    assert "Planen, der gælder, version 1" in words(paper(client, "da", show="published"))


def test_arabic_names_are_shaped(client: CarefulClient, edition: Edition) -> None:
    name = "جمعية النور"
    kor = factories.application(edition, state=State.APPROVED, name=name)
    place(client, kor.code, "A3")

    said = words(paper(client, "da"))

    # A reader of PDFs may turn the letters back into the order of reading; the shapes tell that they were joined.
    assert {*"".join(joined(name).split())} <= {*said}
    assert name.split(maxsplit=1)[0] not in said


def test_it_speaks_two_languages_to_the_team_alone(client: CarefulClient, edition: Edition) -> None:
    assert "Gadeplan" in words(paper(client, "da"))
    assert client.get("/organise/fest/street-plan-ar.pdf").status_code == 404
    factories.sign_out(client)
    factories.sign_in(client, factories.team_member(edition, Role.SUPERVISOR))
    assert "Street plan" in words(paper(client))
    factories.sign_out(client)
    factories.sign_in(client, factories.team_member(edition, Role.REVIEWER))
    assert client.get("/organise/fest/street-plan-en.pdf").status_code == 403


def test_without_pitches_it_says_so(client: CarefulClient) -> None:
    edition = factories.edition("bare")
    factories.sign_in(client, factories.organiser(edition))

    reader = PdfReader(BytesIO(client.get("/organise/bare/street-plan-en.pdf").data))

    assert "There are no pitches yet" in words(reader)


def test_a_long_street_fills_the_pages_that_it_takes(client: CarefulClient) -> None:
    edition = factories.edition("long")
    factories.street(edition, widths_m=[3] * 30)
    factories.sign_in(client, factories.organiser(edition))

    told = of_street_plan(edition, None, language="en", cutoff=factories.NOW)
    pages = PdfReader(BytesIO(client.get("/organise/long/street-plan-en.pdf").data)).pages
    drawn = [page for page in pages if page.mediabox.width * page.mediabox.height > 900_000]

    heights = [within[3] * 1_000 / told.scale + BELOW_MM for within, _lying, _pitches in told.parts]
    assert len(drawn) == pages_of(heights, told.sheet) == 1
    assert len(heights) > 1


def test_names_are_cut_where_there_is_no_room_for_more() -> None:
    assert lines_that_fit("Kor", width=40, high=20) == ["Kor"]
    assert lines_that_fit("", width=40, high=20) == []
    assert lines_that_fit("Kor", width=40, high=3) == []
    [line] = lines_that_fit("Nørrebro Kvindeforening af 1998", width=40, high=8)
    assert line.endswith("…")


def test_what_else_lies_on_the_ground_is_drawn_and_called_by_its_name(client: CarefulClient, edition: Edition) -> None:
    site = queries.site_of(edition)
    assert site is not None
    line = {"type": "LineString", "coordinates": [[12.54, 55.690015], [12.56, 55.690015]]}
    db.session.add(SiteFeature(site_id=site.id, kind=FeatureKind.FIRE_LANE, code="F1", geometry=line, width_cm=350))
    db.session.commit()

    said = words(paper(client))
    assert said.count("Fire lane") == 2, "in its place and in the legend"
    assert "Quiet zone" not in said
    page = client.get("/organise/fest/booths").text
    assert 'aria-label="Fire lane' in page
    assert re.search(r'map-swatch-fire-lane" aria-hidden="true"></span>Fire lane<', page)


def beside(edition: Edition, kind: FeatureKind, code: str, geometry: dict[str, Any], **more: Any) -> None:
    site = queries.site_of(edition)
    assert site is not None
    db.session.add(SiteFeature(site_id=site.id, kind=kind, code=code, geometry=geometry, **more))
    db.session.commit()


def square(size: float) -> dict[str, Any]:
    west, south = 12.5498, 55.6899
    corners = [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]
    return {"type": "Polygon", "coordinates": [corners]}


def test_no_zone_hides_a_lane_and_signs_tell_boards_water_and_toilets(client: CarefulClient, edition: Edition) -> None:
    [board] = queries.boards_on(edition)
    board.position = [12.5501, 55.69005]
    beside(edition, FeatureKind.QUIET_ZONE, "Q1", square(0.0004))
    line = {"type": "LineString", "coordinates": [[12.5499, 55.690015], [12.5504, 55.690015]]}
    beside(edition, FeatureKind.FIRE_LANE, "F1", line, width_cm=350)
    beside(edition, FeatureKind.WATER_POINT, "W1", {"type": "Point", "coordinates": [12.55005, 55.68995]})
    beside(edition, FeatureKind.TOILET, "T1", square(0.00004))
    beside(edition, FeatureKind.OBSTACLE, "O1", {"type": "Point", "coordinates": [12.5501, 55.6950]}, label="Far off")

    said = words(paper(client))
    page = client.get("/organise/fest/booths").text

    assert all(word in said for word in ("Electric board", "EL1", "Water", "Toilets", "Quiet zone"))
    assert "Far off" not in said
    drawn = re.findall(r'class="map-shape map-([a-z-]+)"', page)
    assert [tone for tone in drawn if tone != "free"] == [
        "quiet-zone", "toilet", "fire-lane", "obstacle", "water-point", "board",
    ]  # fmt: skip
    assert re.search(r'map-board" role="img" aria-label="Electric board \(EL1\)"', page)
    told = of_street_plan(edition, None, language="en", cutoff=factories.NOW)
    [(_within, lying, _pitches)] = told.parts
    assert [one.tone for one in lying] == ["quiet-zone", "toilet", "fire-lane", "water-point", "board"]
    assert [one.name for one in lying] == ["Quiet zone", "", "Fire lane", "", "EL1"]


def test_a_zone_is_hatched_within_its_outline_and_the_legend_goes_on_in_the_next_row() -> None:
    pdf.paragraph("")  # Fonts are there.
    zone = ground.area("quiet-zone", [(0, 0), (60, 0), (60, 40), (0, 40)])
    lines = [one for one in zone.contents if isinstance(one, Line)]
    assert len(lines) > 8
    assert all(
        -0.01 <= x <= 60.01 and -0.01 <= y <= 40.01 for one in lines for x, y in ((one.x1, one.y1), (one.x2, one.y2))
    )
    assert not [one for one in ground.area("fire-lane", [(0, 0), (9, 0), (9, 9)]).contents if isinstance(one, Line)]
    entries = [("board", "Electric board"), ("quiet-zone", "Quiet zone"), ("toilet", "Toilets")]
    assert ground.legend(entries, width=100).height > ground.legend(entries, width=1_000).height
