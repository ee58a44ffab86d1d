"""Making an organisation known, changing it, keeping whom to reach there."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from eventsys.audit.models import AuditEntry
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.organisations import actions, queries
from eventsys.organisations.actions import Facts
from eventsys.organisations.rules.codes import Code
from eventsys.organisations.rules.kinds import Kind
from tests import factories


def test_organisation_is_found_by_number_and_by_folded_name(app: Flask) -> None:
    made = factories.organisation("Café Sølvgade & Co.", kind=Kind.RESTAURANT, cvr="97847584")

    assert queries.by_cvr("97847584") is made
    assert queries.find(made.code) is made
    assert queries.named("cafe soelvgade og co", Kind.RESTAURANT) == [made]
    assert queries.named("cafe soelvgade og co", Kind.ASSOCIATION) == []


def test_number_belongs_to_one_organisation(app: Flask) -> None:
    holder = factories.organisation("Et Kor", cvr="97847584")
    other = factories.organisation("To Kor")

    for act in (
        lambda: actions.create(
            Facts(name="Tre", cvr="97847584"), kind=Kind.ASSOCIATION, by=factories.BY, now=factories.NOW
        ),
        lambda: actions.change(other, Facts(name="To Kor", cvr="97847584"), by=factories.BY, now=factories.NOW),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert (refused.value.code, refused.value.field) == (Code.CVR_TAKEN, "cvr")
    assert actions.change(holder, Facts(name="Et Kor", cvr="97847584"), by=factories.BY, now=factories.NOW) == []


def test_change_names_what_changed_and_folds_the_name_anew(app: Flask) -> None:
    made = factories.organisation("Et Kor", area="Valby")

    changed = actions.change(made, Facts(name="Ét Kør", area="Valby"), by=factories.BY, now=factories.NOW)
    db.session.commit()

    assert changed == ["name"]
    assert made.name_key == "et koer"
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.act, entry.subject_code, entry.detail) == ("organisations.changed", made.code, "name")


def test_first_contact_is_primary_and_none_stands_twice(app: Flask) -> None:
    made = factories.organisation("Et Kor", email="first@example.org", language="da")

    actions.reach(made, "second@example.org", language="en", name="Bo")
    actions.reach(made, "first@example.org", language="ar", phone="+4527475923")
    db.session.commit()

    assert [(c.email, c.name, c.phone, c.language, c.is_primary) for c in made.contacts] == [
        ("first@example.org", "", "+4527475923", "ar", True),
        ("second@example.org", "Bo", "", "en", False),
    ]
    assert queries.is_reached_by(made, " FIRST@example.org")
    assert not queries.is_reached_by(made, "third@example.org")


def test_silence_about_name_and_phone_keeps_what_is_known(app: Flask) -> None:
    made = factories.organisation("Et Kor", email="first@example.org")
    actions.reach(made, "first@example.org", language="en", name="Bo", phone="+4527475923")

    actions.reach(made, "first@example.org", language="en")

    assert (made.contacts[0].name, made.contacts[0].phone) == ("Bo", "+4527475923")
