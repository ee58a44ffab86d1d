"""Two organisers at once: what one takes away, the other can't make a condition of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from eventsys.audit.actions import Actor
from eventsys.base.db import db, writing
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition
from eventsys.questions import actions, queries
from eventsys.questions.rules.editing import Said
from eventsys.questions.rules.types import QuestionType
from tests import factories
from tests.conftest import BACKENDS
from tests.together import all_at_once, served_on

BY = Actor("user", "1")
ROUNDS = 12


@pytest.fixture(params=BACKENDS)
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with served_on(request.param, tmp_path, at=factories.NOW) as app:
        yield app


def said(name: str, shown_if: dict[str, object] | None = None) -> Said:
    label = {"da": name, "en": name}
    return Said(
        type=QuestionType.YES_NO, kind=None, label=label, help={}, options=[], is_required=False, shown_if=shown_if or {}
    )  # fmt: skip


def attempt(app: Flask, act: Callable[[Edition], object]) -> Callable[[], bool]:
    """A task in a transaction of its own: whether it was done."""

    def run() -> bool:
        token = writing.set(True)
        try:
            with app.app_context():
                edition = db.session.scalars(select(Edition)).one()
                list(queries.questions_of(edition))  # As a page does, before anything is held.
                try:
                    act(edition)
                    db.session.commit()
                except Refusal:
                    db.session.rollback()
                    return False
                finally:
                    db.session.remove()
                return True
        finally:
            writing.reset(token)

    return run


def test_a_condition_and_taking_away_at_once_leave_nothing_dangling(served: Flask) -> None:
    edition = factories.edition("fest", number=7)
    done = []
    for number in range(ROUNDS):
        tent = actions.add(edition, said(f"Tent {number}?"), by=BY, now=factories.NOW)
        db.session.commit()
        code, key = tent.code, tent.key

        def take_away(edition: Edition, code: str = code) -> None:
            question = queries.question(edition, code)
            assert question is not None
            actions.retire(edition, question, by=BY, now=factories.NOW)

        def hang_on(edition: Edition, key: str = key) -> None:
            actions.add(edition, said("Wide?", {"key": key, "answers": ["yes"]}), by=BY, now=factories.NOW)

        db.session.remove()
        done.append(all_at_once([attempt(served, take_away), attempt(served, hang_on)]))
        edition = db.session.scalars(select(Edition)).one()
        put = queries.questions_of(edition)
        keys = {one.key for one in put}
        assert all(one.shown_if["key"] in keys for one in put if one.shown_if)

    assert all(sorted(both) == [False, True] for both in done), done
