"""The factory, and with it the table of contents of the program."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from sqlalchemy.engine import make_url
from werkzeug.middleware.proxy_fix import ProxyFix

from config import ROOT, Config, Mode
from eventsys import reactions
from eventsys.accounts import security
from eventsys.accounts.rules import Allow, Role
from eventsys.base import i18n, jobs, pages
from eventsys.base.db import db, writing
from eventsys.base.web import access, address, assets, errors, headers, language
from eventsys.base.web.limits import limiter
from eventsys.editions import access as who
from eventsys.editions import queries as editions
from eventsys.editions.models import Edition

# The story, first to last. The same order stands in the import contract and in the README.
FEATURES = (
    "accounts",
    "editions",
    "organisations",
    "questions",
    "applications",
    "reviews",
    "booths",
    "passes",
    "gate",
    "surveys",
    "indicators",
    "reports",
)
GROUND = ("mail", "audit", "files", "base")
TOP = ("demo",)

# The pages of an edition, as organisers see them at the side: name, first page. Those that a reader may open are shown.
NAVIGATION = (
    (_("Overview"), "reports.overview"),
    (_("Applications"), "applications.index"),
    (_("Waiting list"), "applications.waiting_list"),
    (_("The call"), "applications.call"),
    (_("Questions"), "questions.index"),
    (_("Criteria"), "reviews.criteria"),
    (_("Booths"), "booths.plan"),
    (_("Arrivals of vehicles"), "booths.arrivals"),
    (_("Passes"), "passes.index"),
    (_("Gates"), "gate.control"),
    (_("Surveys"), "surveys.index"),
    (_("Indicators"), "indicators.index"),
    (_("Team"), "editions.team"),
)

LARGEST_REQUEST = 12 * 1024 * 1024
# So much text is read, so that a field that is far too long gets its message and isn't lost.
LONGEST_FORM = 4 * 1024 * 1024

csrf = CSRFProtect()
migrate = Migrate(directory=str(ROOT / "migrations"), render_as_batch=False, compare_type=True)


def create_app(config: Config) -> Flask:
    """An application with these settings; every part is mounted here and nowhere else."""
    app = Flask("eventsys", root_path=str(ROOT), static_folder="static", template_folder="templates")
    app.config.from_mapping(_flask_settings(config))
    _mount_ground(app, config)
    _guard(app)
    for name in (*FEATURES, *(TOP if config.is_demo or config.mode is Mode.TEST else ())):
        _mount(app, name)
    reactions.connect()
    _register_commands(app)
    return app


def _flask_settings(config: Config) -> dict[str, Any]:
    is_secure = config.base_url.startswith("https://")
    return {
        "EVENTSYS": config,
        "SECRET_KEY": config.secret_key,
        "SECURITY_PASSWORD_SALT": config.secret_key,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": is_secure,
        "PERMANENT_SESSION_LIFETIME": 14 * 24 * 3600,
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LONGEST_FORM,
        "WTF_CSRF_TIME_LIMIT": None,  # As long as the session: nobody loses a long form to the clock.
        "BABEL_DEFAULT_LOCALE": i18n.DEFAULT_LANGUAGE,
        "BABEL_DEFAULT_TIMEZONE": "Europe/Copenhagen",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
        "RATELIMIT_STORAGE_URI": config.limiter_storage,
        "RATELIMIT_ENABLED": config.mode is not Mode.TEST,
        "RATELIMIT_HEADERS_ENABLED": True,
        "MAIL_SERVER": config.mail_server,
        "MAIL_PORT": config.mail_port,
        "MAIL_USERNAME": config.mail_username or None,
        "MAIL_PASSWORD": config.mail_password or None,
        "MAIL_USE_TLS": config.mail_use_tls,
        "MAIL_TIMEOUT": 10,
        "TEMPLATES_AUTO_RELOAD": False,
        **security.settings(fast_hashes=config.mode is Mode.TEST, is_secure=is_secure),
    }


def _mount_ground(app: Flask, config: Config) -> None:
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1) if config.mode is Mode.PRODUCTION else app.wsgi_app  # type: ignore[method-assign]
    db.init_app(app)
    migrate.init_app(app, db)
    i18n.babel.init_app(app, locale_selector=i18n.chosen_language)
    csrf.init_app(app)
    # Before anything that asks who is there or notes who is not let in: the first statement begins the transaction.
    app.before_request(_say_whether_writing)
    limiter.init_app(app)
    jobs.queue_for(
        app,
        database_url=config.database_url,
        path=str(config.var / "jobs.sqlite3") if config.is_embedded else make_url(config.database_url).database or "",
    )
    jobs.install(db.session)
    importlib.import_module("flask_mailman").Mail(app)
    security.install(app)
    errors.install(app, when_forgotten=_lead_applicants_back)
    headers.install(app)
    assets.install(app)
    pages.install(app)
    app.jinja_env.globals["organiser_nav"] = organiser_nav
    app.jinja_env.globals["url_if_open"] = url_if_open
    for name in (*GROUND, *FEATURES):
        for part in ("models", "counters", "jobs", "delivery"):
            _part(name, part)


def _say_whether_writing() -> None:
    writing.set(request.method not in {"GET", "HEAD", "OPTIONS"})


def _guard(app: Flask) -> None:
    address.install(app, name="edition", find=editions.find)
    app.add_url_rule("/language/<language>", "web.set_language", access.access(Allow.PUBLIC)(language.set_language))
    app.add_url_rule("/healthz", "web.healthz", access.access(Allow.PUBLIC)(language.healthz))
    access.install(
        app,
        guards={
            Allow.PUBLIC: who.is_public,
            Allow.DEVICE: who.is_public,  # The API looks at the token itself and answers in its own form.
            Allow.DEMO: lambda _values: app.config["EVENTSYS"].is_demo,
            Allow.SIGNED_IN: who.is_signed_in,
            Allow.ADMINISTRATOR: who.is_administrator,
            Allow.ORGANISER: who.has(Role.ORGANISER),
            Allow.REVIEWER: who.has(Role.REVIEWER),
            Allow.SUPERVISOR: who.has(Role.SUPERVISOR),
            Allow.EVALUATOR: who.has(Role.EVALUATOR),
            Allow.APPLICANT: _is_applicant,
        },
        foreign={**security.PAGES, "static": frozenset({Allow.PUBLIC})},
        when_denied=_deny,
    )


def organiser_nav(edition: Edition) -> list[tuple[str, str, bool]]:
    """The entries of NAVIGATION that exist and are open to this reader: name, address, whether we are there."""
    here = _entry_of(request.endpoint or "")
    entries = [(str(label), url_if_open(endpoint, edition), endpoint == here) for label, endpoint in NAVIGATION]
    return [entry for entry in entries if entry[1]]


def url_if_open(endpoint: str, edition: Edition) -> str:
    """The address of a page of an edition; empty where this reader may not open it."""
    kinds = access.allowed_at(current_app, endpoint)
    is_open = any(access.is_allowed(kind, {"edition": edition}) for kind in kinds)
    return url_for(endpoint, edition=edition) if is_open else ""


def _entry_of(endpoint: str) -> str:
    """The entry of NAVIGATION under which a page stands: itself, else the first one of its feature."""
    known = [entry for _label, entry in NAVIGATION]
    same_feature = [entry for entry in known if entry.partition(".")[0] == endpoint.partition(".")[0]]
    return endpoint if endpoint in known else next(iter(same_feature), "")


def _is_applicant(values: Mapping[str, Any]) -> bool:
    holds: Mapping[str, Any] = importlib.import_module("eventsys.applications.access").held_codes()
    return values.get("code") in holds


def _lead_applicants_back() -> None:
    """Applicants have no password: the mailed link lets them in again, on any device."""
    values = request.view_args or {}
    is_theirs = request.endpoint is not None and Allow.APPLICANT in access.allowed_at(current_app, request.endpoint)
    if not is_theirs or access.is_allowed(Allow.APPLICANT, values):
        return
    if request.method == "POST":
        g.denied_as = _("Open the link in your mail again")
        g.why_denied = _(
            "This was not saved: this browser no longer knows whose application it is, as happens after a long while away. "
            "Open the link in our mail again, or let us send you a new one."
        )
    else:
        g.why_denied = _(
            "An application opens by the link in the mail to its own applicant. Open that link here, "
            "or let us send you a new one."
        )
    g.way_on = (_("Let us send you the link to your application"), url_for("applications.lost_link"))


def _deny(allowed: frozenset[Any]) -> ResponseReturnValue:
    _lead_applicants_back()
    is_for_team = not allowed & {Allow.APPLICANT, Allow.DEMO}
    if is_for_team and who.signed_in_user() is None and request.method == "GET":
        return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
    return abort(404 if Allow.DEMO in allowed else 403)


def _part(feature: str, part: str) -> Any:
    name = f"eventsys.{feature}.{part}"
    return importlib.import_module(name) if find_spec(name) else None


def _mount(app: Flask, feature: str) -> None:
    views = _part(feature, "views")
    if views is not None:
        app.register_blueprint(views.bp)
    api = _part(feature, "api")
    if api is not None:
        api.install(app)
        for blueprint in api.blueprints:
            csrf.exempt(blueprint)  # Devices show a token in a header; there is no cookie to ride on.


def _register_commands(app: Flask) -> None:
    importlib.import_module("eventsys.cli").install(app, (*GROUND, *FEATURES, *TOP))
