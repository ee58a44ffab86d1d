"""Templates: they compile, import what they use, know their variables, hold nothing inline, and somebody shows them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import meta, nodes

from config import ROOT
from tests.guards.source import modules

FOLDER = ROOT / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())
# What layouts look at; a page may set it or leave it out.
LAYOUT = {"breadcrumbs", "edition", "edition_url", "back_url"}
# What `base.pages` and the libraries give to every page.
EVERYWHERE = {
    "caller", "current_user", "direction", "format_datetime", "get_locale", "language", "languages", "now", "path_and_query",
    "request", "self", "session", "super",
}  # fmt: skip
# Public pages with forms that aren't the applicant's: visitors, guests and volunteers take a pass, the team signs in and tries a
# questionnaire out.
NOT_APPLICANTS = {
    "accounts/take_up.html", "passes/join.html", "passes/take.html",
    "security/forgot_password.html", "security/login_user.html", "security/reset_password.html", "base_web/gallery.html",
    "surveys/try_out.html",
}  # fmt: skip
# Parts of the applicant's page that other features bring.
PARTS = {"booths/own_place.html"}
FORBIDDEN = {
    r"\|\s*safe\b": "`|safe`: make markup with a macro or a {% set %} block",
    r"\sstyle=": "inline style",
    r"<style": "inline style",
    r"\son[a-z]+=": "inline script",
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:json|ld\+json)\")": "inline script",
    r"{%-?\s*include\b": "include: its variables are hidden; write a macro",
    r"{%-?\s*import\b": "import of a whole file: import macros by name",
    r"https?://(?!www\.w3\.org)": "something from elsewhere",
}


def source_of(name: str) -> str:
    return (FOLDER / name).read_text()


def syntax_of(app: Flask, name: str) -> nodes.Template:
    return app.jinja_env.parse(source_of(name))


def without_comments(source: str) -> str:
    return re.sub(r"{#.*?#}", "", source, flags=re.DOTALL)


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_templates_hold_nothing_of_the_kind(pattern: str) -> None:
    pages = [name for name in TEMPLATES if not name.startswith("mail/")]
    found = [name for name in pages if re.search(pattern, without_comments(source_of(name)))]

    assert found == [], FORBIDDEN[pattern]


def test_templates_compile(app: Flask) -> None:
    for name in TEMPLATES:
        app.jinja_env.get_template(name)


def names_of(tree: nodes.Template, kind: type[nodes.Node], field: str) -> set[str]:
    return {str(getattr(node, field)) for node in tree.find_all(kind)}


def imports_of(tree: nodes.Template) -> set[str]:
    return {
        alias[1] if isinstance(alias, tuple) else alias
        for node in tree.find_all(nodes.FromImport)
        for alias in node.names
    }


def test_templates_import_what_they_use(app: Flask) -> None:
    idle = []
    for name in TEMPLATES:
        tree = syntax_of(app, name)
        used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
        idle += [f"{name}: {alias}" for alias in sorted(imports_of(tree) - used)]

    assert idle == []


def named_in(name: str) -> set[str]:
    """Words of the first comment, and of the page's that it extends."""
    source = source_of(name)
    comment = re.match(r"\s*{#(.*?)#}", source, re.DOTALL)
    words = set(re.findall(r"\w+", comment[1])) if comment else set()
    parent = re.search(r'{% extends "(?!layouts/)([^"]+)" %}', source)
    return words | (named_in(parent[1]) if parent else set())


def given_by_feature(app: Flask, name: str) -> set[str]:
    """What a feature's blueprint gives to all its pages."""
    with app.test_request_context():
        processors = app.template_context_processors.get(name.partition("/")[0], [])
        return {key for processor in processors for key in processor()}  # type: ignore[union-attr]


def test_templates_say_which_variables_they_want(app: Flask) -> None:
    """The first comment of a page names its variables; macros get theirs as arguments."""
    unknown = []
    for name in TEMPLATES:
        if name.startswith("mail/"):
            continue  # Given by name where the mail is queued; a missing one shows in that flow's test.
        tree = syntax_of(app, name)
        set_here = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
        wanted = (
            meta.find_undeclared_variables(tree) - imports_of(tree) - names_of(tree, nodes.Macro, "name") - set_here
        )
        wanted -= set(app.jinja_env.globals) | EVERYWHERE | LAYOUT
        unknown += [f"{name}: {variable}" for variable in sorted(wanted - named_in(name) - given_by_feature(app, name))]

    assert unknown == [], "name it in the template's first comment, or give it"


def test_pages_have_a_title_of_their_own() -> None:
    untitled = [
        name
        for name in TEMPLATES
        if re.search(r'{% extends "layouts/(public|organiser|print)\.html" %}', source_of(name))
        and "{% block title %}" not in source_of(name)
        and "/_" not in name  # A part that pages extend, which have the title.
    ]
    assert untitled == []


def test_somebody_shows_every_template() -> None:
    shown = "\n".join(path.read_text() for path in modules("eventsys/**/*.py"))
    shown += "\n".join(source_of(name) for name in TEMPLATES)
    # Flask-Security asks for its pages by name; some features make a name of the step or the act.
    made = {folder for folder in {name.partition("/")[0] for name in TEMPLATES} if f'f"{folder}/{{' in shown}
    idle = [
        name
        for name in TEMPLATES
        if name.partition("/")[0] not in {"security", "layouts", "mail", "base_web", *made}
        and not re.search(rf"[\"'/]{re.escape(stem(name))}\.html[\"']", shown)
    ]
    assert idle == []


def stem(name: str) -> str:
    return Path(name).with_suffix("").as_posix()


def test_forms_of_pages_carry_their_token() -> None:
    bare = [
        name
        for name in TEMPLATES
        for form in re.findall(r'<form[^>]*method="post".*?</form>', source_of(name), re.DOTALL | re.IGNORECASE)
        if "csrf_token" not in form and "hidden_tag()" not in form
    ]
    assert bare == []


def is_public(name: str) -> bool:
    """Whether a page is for everybody, by itself or by the page that it extends."""
    parent = re.search(r'{% extends "([^"]+)" %}', source_of(name))
    return parent is not None and (parent[1] == "layouts/public.html" or is_public(parent[1]))


def test_no_form_of_applicants_loses_what_is_typed() -> None:
    """A lost connection empties no form, and the browser's own error page stays away (static/js/keep.js)."""
    found = []
    for name in sorted({one for one in TEMPLATES if is_public(one)} - NOT_APPLICANTS | PARTS):
        source = source_of(name)
        forms = re.findall(r'<form[^>]*method="post"[^>]*>(.*?)</form>', source, re.DOTALL)
        heads = re.findall(r'<form[^>]*method="post"[^>]*>', source)
        found += [f"{name}: {head} without data-keep" for head in heads if "data-keep" not in head]
        found += [
            f"{name}: a form with fields without kept()"
            for form in forms
            if "field(" in form and "{{ kept() }}" not in form
        ]
        found += [f"{name}: no offline()"] if heads and "{{ offline(" not in source else []
        found += [
            f"{name}: confirm() without is_kept"
            for call in re.findall(r"confirm\((?:.*)\) %}", source)
            if "is_kept=true" not in call
        ]

    assert found == []
