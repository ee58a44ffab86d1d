"""A test client that looks at every page it loads."""

from __future__ import annotations

import re
from typing import Any

import html5lib
from flask import g
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from eventsys.base.db import db

HTML = "{http://www.w3.org/1999/xhtml}"
# What html5lib calls an error though today's HTML allows it.
FORGIVEN = {"unknown-element"}


class CarefulClient(FlaskClient):
    """Every HTML page must be sound; no request may leave something uncommitted behind. It reads English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """A request; POSTs get a CSRF token of this client's session unless `csrf=False`."""
        with_csrf = kwargs.pop("csrf", True)
        if with_csrf and kwargs.get("method") == "POST" and not kwargs.get("json"):
            data = dict(kwargs.get("data") or {})
            data.setdefault("csrf_token", self.csrf_token())
            kwargs["data"] = data
        left: list[str] = []
        session = db.session()
        session.expire_all()
        for name in list(g):  # The test's application context is the request's: forget the last request's reader.
            g.pop(name)

        def flushed(flushing: Session, _context: object) -> None:
            left.append("flushed, not committed: " + ", ".join(type(o).__name__ for o in flushing.new | flushing.dirty))

        def settled(_session: Session) -> None:
            left.clear()

        event.listen(session, "after_flush", flushed)
        event.listen(session, "after_commit", settled)
        event.listen(session, "after_rollback", settled)
        try:
            response = super().open(*args, **kwargs)
        finally:
            for name, listener in (("after_flush", flushed), ("after_commit", settled), ("after_rollback", settled)):
                event.remove(session, name, listener)
        assert not left, f"{args} left writes behind: {left}"
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303, 308}:
            check_page(response)
        return response

    def csrf_token(self) -> str:
        """A token that the application takes from this client."""
        with self.application.test_request_context():
            from flask_wtf.csrf import generate_csrf

            with self.session_transaction() as cookie:
                g.pop("csrf_token", None)
                raw = cookie.get("csrf_token")
            if raw is None:
                from flask import session as flask_session

                token = generate_csrf()
                with self.session_transaction() as cookie:
                    cookie["csrf_token"] = flask_session["csrf_token"]
                return token
            from flask import session as flask_session

            flask_session["csrf_token"] = raw
            return generate_csrf()


def check_page(response: TestResponse) -> None:
    """The page-level rules: valid, one h1, a title, language, unique ids, labels, CSRF, nothing typed is lost, nothing inline."""
    page = response.get_data(as_text=True)
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(page)
    faults = [str(error) for error in parser.errors if error[1] not in FORGIVEN]
    where = response.request.path
    assert not faults, f"{where}: not valid HTML: {faults[:5]}"
    html = tree if tree.tag == "html" else tree.find(".//html")
    assert html is not None and html.get("lang"), f"{where}: no lang"
    assert html.get("dir") in {"ltr", "rtl"}, f"{where}: no dir"
    assert len(list(html.iter("h1"))) == 1, f"{where}: not exactly one h1"
    title = html.find(".//title")
    assert title is not None and (title.text or "").strip(), f"{where}: no title"
    ids = [e.get("id") for e in html.iter() if e.get("id")]
    assert len(ids) == len(set(ids)), f"{where}: an id twice: {sorted(i for i in ids if ids.count(i) > 1)}"
    _check_forms(html, set(ids), where)
    assert " style=" not in page, f"{where}: inline style"
    assert not re.search(r"<script(?![^>]*\b(src|type=\"application/json\"|type=\"application/ld\+json\"))", page), (
        f"{where}: inline script"
    )


def _check_forms(html: Any, ids: set[str | None], where: str) -> None:
    labelled = {label.get("for") for label in html.iter("label")}
    assert {name for name in labelled if name} <= ids, f"{where}: a label for nothing"
    for tag in ("input", "select", "textarea"):
        for field in html.iter(tag):
            if field.get("type") in {"hidden", "submit", "button"}:
                continue
            has_label = field.get("id") in labelled or field.get("aria-label") or field.get("aria-labelledby")
            assert has_label, f"{where}: field {field.get('name')} has no label"
    for form in html.iter("form"):
        if (form.get("method") or "get").lower() == "post":
            names = [field.get("name") for field in form.iter("input")]
            assert "csrf_token" in names, f"{where}: a form without CSRF token"
            assert not is_applicants(where) or _loses_nothing(html, form), (
                f"{where}: a form that a lost connection empties"
            )


def is_applicants(path: str) -> bool:
    """Whether a page is where an organisation signs up, or looks after its application."""
    return path.startswith("/my/") or path.endswith("/apply")


def _loses_nothing(html: Any, form: Any) -> bool:
    """Whether what is typed is kept on the device, and a lost connection is said on the page itself (static/js/keep.js)."""
    return form.get("data-keep") is not None and any(one.get("data-offline") is not None for one in html.iter("div"))
