"""The list as a file: the same choice, everything told, and read back by the importer."""

from __future__ import annotations

import io

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.accounts.rules import Role
from eventsys.applications.actions import decisions
from eventsys.applications.actions.imports import import_file
from eventsys.applications.rules.states import Act, State
from eventsys.audit.models import AuditEntry
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient

pytestmark = pytest.mark.usefixtures("moment")
LIST = "/organise/fest/applications"


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made))
    return made


def test_csv_holds_the_choice_and_is_read_back_unchanged(client: CarefulClient, edition: Edition) -> None:
    factories.application(edition, name="Nørrebro Kor", width_cm=450, about={"da": "=cmd|' /C calc'!A0"})
    factories.application(edition, name="Café Nord", kind=Kind.RESTAURANT, allergens=[])
    factories.application(edition, name="Ude", state=State.REJECTED)

    response = client.get(f"{LIST}/export/csv?what=codes&state=submitted&sort=name")

    assert response.content_type.startswith("text/csv")
    assert "attachment" in response.headers["Content-Disposition"]
    content = response.get_data()
    lines = content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert ",4.5," in lines[2], "as an English reader writes it"
    assert "'=cmd|" in lines[2]
    imported = import_file(edition, content, by=factories.BY, now=factories.NOW)
    assert (imported.rows, imported.unchanged, imported.refused) == (2, 2, ())


def exported(client: CarefulClient, what: str, **more: str) -> dict[str, object]:
    """The one line of a file, by its headings."""
    address = f"{LIST}/export/xlsx"
    book = openpyxl.load_workbook(io.BytesIO(client.get(address, query_string={"what": what, **more}).get_data()))
    header, line = book.active.iter_rows(values_only=True)  # type: ignore[union-attr]
    return dict(zip(header, line, strict=True))


@pytest.mark.parametrize("what", ["list", "all", "codes"])
def test_files_say_what_was_told_and_what_is_staged_only_where_the_name_warns(
    client: CarefulClient, edition: Edition, what: str
) -> None:
    kor = factories.application(edition, name="Kor")
    decisions.decide(kor, Act.REJECT, by=factories.BY, now=factories.NOW, note="Too loud.")
    db.session.commit()

    told = exported(client, what)

    warned = {name: cell for name, cell in told.items() if name.lower().replace("_", " ").startswith("not announced")}
    open_ones = {str(cell).lower() for name, cell in told.items() if name not in warned}
    assert "submitted" in open_ones
    assert not open_ones & {"rejected", "too loud."}
    assert "rejected" in {str(cell).lower() for cell in warned.values()}
    assert ("Too loud." in warned.values()) == (what != "list")


@pytest.mark.parametrize("what", ["list", "all", "codes"])
def test_what_is_announced_stands_in_the_open(client: CarefulClient, edition: Edition, what: str) -> None:
    kor = factories.application(edition, name="Kor")
    decisions.decide(kor, Act.REJECT, by=factories.BY, now=factories.NOW, note="Too loud.")
    decisions.announce([kor], by=factories.BY, now=factories.NOW)
    db.session.commit()

    told = exported(client, what)

    warned = {name for name in told if name.lower().replace("_", " ").startswith("not announced")}
    assert not any(told[name] for name in warned)
    assert "rejected" in {str(cell).lower() for cell in told.values()}
    assert ("Too loud." in told.values()) == (what != "list")


def test_export_is_noted_and_for_organisers_alone(client: CarefulClient, session: Session, edition: Edition) -> None:
    client.get(f"{LIST}/export/csv")
    assert session.scalars(select(AuditEntry.act).where(AuditEntry.act == "applications.exported")).all() != []

    factories.sign_out(client)
    factories.sign_in(client, factories.team_member(edition, Role.REVIEWER))
    assert client.get(f"{LIST}/export/csv").status_code == 403
