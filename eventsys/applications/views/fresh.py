"""Two windows on one step: whether a page that was sent knows what is kept, and choosing between the two."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from flask import request
from flask_babel import gettext as _

from eventsys.applications import queries
from eventsys.applications.models import Application
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.steps import ASKED_OF, Step
from eventsys.base.i18n import listed
from eventsys.base.ids import hash_of
from eventsys.base.refusals import Refusal

SHORT = 16
CHOOSE = "choose-"
NO_ANSWERS = frozenset({"CSRFTokenField", "HiddenField"})


class Two(NamedTuple):
    """A field that says one thing where it is kept, and another on the page that was sent."""

    name: str
    label: str
    kept: str
    typed: str


def check_is_fresh(application: Application, step: Step, form: Any) -> None:
    """Whether the page that was sent is of this program's version, and knows what is kept where it says otherwise.

    Refusal: FORM_OLD, CHANGED_ELSEWHERE, with both versions in the form's `two_versions`.
    """
    if request.form.get("shape", shape_of(form)) != shape_of(form):
        raise Refusal(Code.FORM_OLD)
    stands = fingerprint_of(application, step)
    if request.form.get("before", stands) == stands:
        return
    form.two_versions = two_versions(form)
    if form.two_versions:
        raise Refusal(Code.CHANGED_ELSEWHERE)


def shape_of(form: Any) -> str:
    """What tells one form from another one: the names of its fields, and what an edition's own questions say."""
    names = [field.short_name for field in form]
    words = [(one.label, one.help, one.options) for one in getattr(form, "questions", ())]
    return hash_of(json.dumps([names, words], sort_keys=True))[:SHORT]


def fingerprint_of(application: Application, step: Step) -> str:
    """What tells whether anything that a step keeps has changed."""
    wished, organisation = queries.as_wished(application), application.organisation
    contact = next((one for one in organisation.contacts if one.email == application.email), None)
    kept: dict[str, Any] = {
        "contact": (contact.name, contact.phone) if contact else None,
        "questions": (queries.stands(application, "questions"), queries.wished_answers(application)),
    }
    fields = [field for field, asked_at in ASKED_OF.items() if asked_at is step]
    values = [kept[one] if one in kept else _value(wished, one) for one in fields]
    return hash_of(json.dumps(values, sort_keys=True, default=str))[:SHORT]


def _value(application: Application, field: str) -> Any:
    return getattr(application if hasattr(application, field) else application.organisation, field)


def two_versions(form: Any) -> list[Two]:
    """Each field that was sent with something else than what is kept, both in the reader's words."""
    return [
        Two(field.name, str(field.label.text), _said(field, field.object_data), _said(field, field.data))
        for field in form
        if field.type not in NO_ANSWERS and _plain(field.object_data) != _plain(field.data)
    ]


def take_chosen(form: Any) -> None:
    """Put what is kept back into the fields where the reader chose it over what the page says."""
    for sent, choice in request.form.items():
        name = sent.removeprefix(CHOOSE)
        if sent.startswith(CHOOSE) and choice == "kept" and name in form:
            form[name].data = form[name].object_data


def _plain(value: Any) -> Any:
    return sorted(str(one) for one in value) if isinstance(value, list) else value or ""


def _said(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    words = {str(key): str(label) for key, label in getattr(field, "choices", None) or ()}
    given = value if isinstance(value, list) else [value] if value else []
    return listed(words.get(str(one), str(one)) for one in given) or "–"
