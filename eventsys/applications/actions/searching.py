"""Keeping the words by which an application is found beside it, whenever what they come from changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from eventsys.applications import queries
from eventsys.applications.models import Application, Dish, Note, QuestionAnswer
from eventsys.applications.rules.parts import AllergenStatement
from eventsys.applications.rules.searching import search_text
from eventsys.applications.texts import ALLERGENS, DIETS
from eventsys.base.db import db
from eventsys.base.rendering import speaking
from eventsys.organisations.models import Contact, Organisation
from eventsys.questions.models import Question
from eventsys.questions.rules.asking import chosen_of
from eventsys.questions.rules.types import QuestionType

SOURCES = (Application, Dish, QuestionAnswer, Note, Contact, Organisation)
SAID = (
    "organisation_id", "reference", "email", "cuisine", "food_registration", "about", "near_wish", "apart_wish", "sells_food",
    "dietary", "allergens",
)  # fmt: skip
SEARCHED_IN = ("da", "en")
Row = TypeVar("Row", Dish, QuestionAnswer, Note)


def refresh(application: Application, organisation: Organisation) -> None:
    """Write the search text anew. Persons' names and numbers are in it, so it is kept no longer than they are."""
    people = [word for contact in organisation.contacts for word in (contact.name, contact.email, contact.phone)]
    is_stored = inspect(application).has_identity
    dishes = _with_pending(Dish, application, queries.dishes_of(application)) if is_stored else []
    notes = _with_pending(Note, application, queries.notes_of(application)) if is_stored else []
    # What isn't given yet is None here: defaults come with the first flush.
    application.search_text = search_text(
        (
            application.reference, organisation.name, organisation.native_name, organisation.cvr, organisation.area,
            application.email, *people, application.cuisine, application.food_registration, *_eaten(application, dishes),
            *(application.about or {}).values(), application.near_wish, application.apart_wish,
            *(dish.name for dish in dishes), *(_answered(application) if is_stored else ()), *(note.text for note in notes),
        )
    )  # fmt: skip


def _eaten(application: Application, dishes: Sequence[Dish]) -> Iterator[str]:
    """What the food is fit for and what is in it, in Danish and in English; what it is free of is nothing to find it by."""
    diets = {*(application.dietary or ()), *(diet for dish in dishes for diet in dish.dietary or ())}
    inside = {
        key for dish in dishes for key, said in (dish.allergens or {}).items() if said != AllergenStatement.FREE_OF
    }
    for key in sorted(diets):
        yield from _called("diet", key)
    for key in sorted(inside | set(application.allergens or ())):
        yield from _called("allergen", key)


@cache
def _called(sort: str, key: str) -> tuple[str, ...]:
    """What a diet or an allergen is called in the languages that the team searches in."""
    words = DIETS if sort == "diet" else ALLERGENS
    found = []
    for language in SEARCHED_IN:
        with speaking(language):
            found.append(str(words.get(key, "")))
    return tuple(found)


def _with_pending(kind: type[Row], application: Application, stored: Iterable[Row]) -> list[Row]:
    """The rows of an application as they are about to be: without those that go, with those that come."""
    coming: list[Row] = [
        row for row in db.session.new if isinstance(row, kind) and row.application_id == application.id
    ]
    return [row for row in stored if row not in db.session.deleted] + coming


def _answered(application: Application) -> Iterator[str]:
    """The answers to the edition's own questions: what was typed, and the words of what was chosen in every language."""
    for one in _with_pending(QuestionAnswer, application, queries.question_answers_of(application)):
        question, chosen = db.session.get_one(Question, one.question_id), chosen_of(one.answer["value"])
        words = [word for option in question.options if option["key"] in chosen for word in option["label"].values()]
        yield from words or (chosen if question.type is not QuestionType.YES_NO else ())


def _of(changed: Any) -> list[tuple[Application, Organisation]]:
    """The applications whose words a changed row belongs to."""
    if isinstance(changed, Application):
        # A row that is not stored yet may know its organisation by the key alone.
        known = changed.__dict__.get("organisation") or db.session.get(Organisation, changed.organisation_id)
        return [(changed, known)] if known is not None else []
    if isinstance(changed, Dish | QuestionAnswer | Note):
        application = db.session.get(Application, changed.application_id)
        return _of(application) if application is not None else []
    if isinstance(changed, Contact):
        changed = db.session.get(Organisation, changed.organisation_id) if changed.organisation_id else None
    if isinstance(changed, Organisation) and changed.id is not None:
        return [(application, changed) for application in queries.every_of(changed)]
    return []


def _says_more(row: Any) -> bool:
    """Whether a changed row may say something else: of an application, most that changes is no word of it."""
    known = inspect(row)
    is_said = isinstance(row, Application) and known.persistent
    return not is_said or any(known.attrs[name].history.has_changes() for name in SAID)


def _before_flush(session: Session, _context: object, _instances: object) -> None:
    changed = [
        row for row in (*session.new, *session.dirty, *session.deleted) if isinstance(row, SOURCES) and _says_more(row)
    ]
    with session.no_autoflush:
        found = {
            id(application): (application, organisation) for row in changed for application, organisation in _of(row)
        }
        for application, organisation in found.values():
            refresh(application, organisation)


event.listen(Session, "before_flush", _before_flush)
