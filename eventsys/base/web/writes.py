"""What views do around a write: turn a refusal into a message by its field, survive a lost race."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from functools import wraps
from types import MappingProxyType
from typing import Any, TypeVar, cast

from flask import Response, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError

from eventsys.base.db import db, writing
from eventsys.base.i18n import apart, in_language, listed, plain_number, quoted
from eventsys.base.refusals import Refusal, RowRefusal

View = TypeVar("View", bound=Callable[..., Any])


def sentence_of(refusal: Refusal | RowRefusal, texts: Mapping[Any, Any]) -> str:
    """The sentence for a refusal in the reader's language. What was typed keeps its own writing direction in it."""
    return str(texts[refusal.code]) % {name: _shown(value) for name, value in refusal.values.items()}


def _shown(value: object) -> object:
    if isinstance(value, str):
        return apart(value)
    if isinstance(value, tuple):  # Texts by language, such as what questions are called.
        return listed(quoted(apart(in_language(one))) for one in value)
    if isinstance(value, list):  # Several that were typed, such as names.
        return listed(apart(one) for one in value)
    return plain_number(value) if isinstance(value, Decimal) else value


@contextmanager
def refusals_of(
    form: FlaskForm | None, texts: Mapping[Any, Any], ways: Mapping[Any, tuple[str, str]] = MappingProxyType({})
) -> Iterator[None]:
    """A Refusal inside becomes the message by its field (or at the top), and nothing is stored.

    `ways`: for a code, what to call the page where it can be put right, and its address.
    """
    try:
        yield
    except Refusal as refusal:
        db.session.rollback()
        sentence = sentence_of(refusal, texts)
        if refusal.code in ways:
            words, url = ways[refusal.code]
            sentence = Markup('{} <a href="{}">{}</a>').format(sentence, url, words)
        if form is None:
            flash(sentence, "error")
        elif refusal.field and refusal.field in form:
            form[refusal.field].errors = [*form[refusal.field].errors, sentence]
        else:
            form.form_errors.append(sentence)


def led_to(url: str) -> ResponseReturnValue:
    """The way on from a file; the script that shows progress goes there itself, so that what is said there is read there."""
    if "X-Progress" in request.headers:
        return Response(status=201, headers={"Location": url}, mimetype="text/plain")
    return redirect(url)


def has_arrived(path: str = "") -> None:
    """Tell the browser that what was typed into the form of this address, or another one, is kept here: it forgets its copy (keep.js)."""
    flash(path or request.path, "saved")


def moment_or_none(written: str | None) -> datetime | None:
    """The moment that a page sends back to say what it looked at (ISO 8601 with its zone); None for anything else."""
    try:
        moment = datetime.fromisoformat(written or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


@contextmanager
def begun_by_writing() -> Iterator[None]:
    """A transaction of its own that writes, in a request that reads; committed at its end.

    SQLite refuses at once, whatever its patience, when somebody else has written since a transaction began to read.
    """
    db.session.rollback()
    token = writing.set(True)
    try:
        yield
        db.session.commit()
    except Exception:
        db.session.rollback()
        raise
    finally:
        writing.reset(token)


def once_more_on_conflict(view: View) -> View:
    """Run a view a second time when the database refused: now its rules see the row that won the race."""

    @wraps(view)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return view(*args, **kwargs)
        except IntegrityError:
            db.session.rollback()
            return view(*args, **kwargs)

    return cast("View", run)
