"""Gates with their rules, zones and figures, the links that let phones in, the end of a day, and the scanner's page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask import send_from_directory as send
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import LANGUAGES, current_language
from eventsys.base.qr import modules_of
from eventsys.base.rendering import address_of
from eventsys.base.web.access import access, is_allowed
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.editions import queries as editions
from eventsys.editions.access import actor
from eventsys.editions.models import Edition, Gate, Zone
from eventsys.gate import actions, closings, end_shown, figures_shown, importing, queries, rules_shown, ruling, zones
from eventsys.gate.forms import (
    AddGateForm,
    CapacityForm,
    ConfirmForm,
    ImportScansForm,
    MakeLinkForm,
    RuleForm,
    ZoneForm,
)
from eventsys.gate.scanner_texts import VERDICT_TITLES, scanner_texts
from eventsys.gate.shown import day_to_show
from eventsys.gate.texts import DEVICE_ROLES, TEXTS
from eventsys.gate.views.blueprint import IN_CHARGE, bp
from eventsys.passes.rules.short_code import to_short_code
from eventsys.passes.rules.training import training_pass

AFTER_CLOSING = timedelta(hours=2)
SHORTEST_SHIFT = timedelta(hours=8)


@bp.route("/organise/<edition:edition>/gate/add", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def add_gate(edition: Edition) -> ResponseReturnValue:
    form = AddGateForm()
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            name = {language: form[f"name_{language}"].data or "" for language in LANGUAGES}
            gate = actions.add_gate(edition, code=form.code.data, name=name, by=actor(), now=clock.now())
            db.session.commit()
            flash(_("Gate %(code)s is there. Make a link to let phones in.", code=gate.code), "success")
            return redirect(url_for("gate.control", edition=edition))
    return render_template("gate/add_gate.html", edition=edition, form=form), 422 if form.errors else 200


@bp.route("/organise/<edition:edition>/gate/rules/<code>", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def rules(edition: Edition, code: str) -> ResponseReturnValue:
    gate, now = queries.gate(edition, code) or abort(404), clock.now()
    day = day_to_show(edition, wanted=request.args.get("day", type=int), now=now) or abort(404)
    form = RuleForm(data=rules_shown.filled_from(queries.rules_of(gate), day=day.number))
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            days = [each.number for each in edition.days] if form.on_all_days.data else [day.number]
            changed = ruling.set_rule(edition, gate, form.wanted(), days=days, by=actor(), now=now)
            db.session.commit()
            flash(_("Saved. Phones follow within five minutes.") if changed else _("That counted already."), "success")
            return redirect(url_for("gate.rules", edition=edition, code=gate.code, day=day.number))
    page = render_template(
        "gate/rules.html",
        edition=edition,
        gate=gate,
        day=day,
        form=form,
        by_day=rules_shown.of_days(edition, gate),
        story=rules_shown.story_of(gate),
    )
    return page, 422 if form.errors else 200


@bp.get("/organise/<edition:edition>/gate/figures")
@access(*IN_CHARGE)
def figures(edition: Edition) -> ResponseReturnValue:
    now = clock.now()
    day = day_to_show(edition, wanted=request.args.get("day", type=int), now=now)
    shown = figures_shown.of_day(edition, day, gate=request.args.get("gate", ""), now=now) if day else None
    may_change = is_allowed(Allow.ORGANISER, {"edition": edition})
    visits = queries.visits(edition)
    return render_template("gate/figures.html", edition=edition, day=shown, visits=visits, may_change=may_change)


@bp.get("/organise/<edition:edition>/gate/end")
@access(*IN_CHARGE)
def day_end(edition: Edition) -> ResponseReturnValue:
    now = clock.now()
    day = day_to_show(edition, wanted=request.args.get("day", type=int), now=now)
    may_close = is_allowed(Allow.ORGANISER, {"edition": edition})
    page = request.args.get("page", 1, type=int)
    shown = end_shown.of_day(edition, day, page=page, now=now) if day else None
    return render_template(
        "gate/day_end.html",
        edition=edition,
        end=shown,
        gates=editions.gates_of(edition),
        may_close=may_close,
        verdicts=VERDICT_TITLES,
        to_short_code=to_short_code,
    )


@bp.route("/organise/<edition:edition>/gate/close", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def close_day(edition: Edition) -> ResponseReturnValue:
    number = request.args.get("day", type=int)
    day = next((day for day in edition.days if day.number == number), None) or abort(404)
    form, is_closed = ConfirmForm(), number in closings.closings_of(edition)
    if form.validate_on_submit():
        with refusals_of(None, TEXTS):
            closings.close_day(edition, day, by=actor(), now=clock.now())
            db.session.commit()
            flash(_("The figures of day %(number)s are frozen.", number=number), "success")
        return redirect(url_for("gate.day_end", edition=edition, day=number))
    return render_template("gate/close_day.html", edition=edition, day=day, is_closed=is_closed)


@bp.route("/organise/<edition:edition>/gate/capacity", methods=["GET", "POST"])
@access(Allow.ORGANISER)
def capacity(edition: Edition) -> ResponseReturnValue:
    form = CapacityForm(obj=edition)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            zones.set_capacity(edition, form.capacity.data, by=actor(), now=clock.now())
            db.session.commit()
            flash(_("Saved."), "success")
            return redirect(url_for("gate.figures", edition=edition))
    return render_template("gate/capacity.html", edition=edition, form=form), 422 if form.errors else 200


@bp.route("/organise/<edition:edition>/gate/zones/add", methods=["GET", "POST"], defaults={"code": ""})
@bp.route("/organise/<edition:edition>/gate/zones/<code>", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def zone(edition: Edition, code: str) -> ResponseReturnValue:
    old = (editions.zone(edition, code) or abort(404)) if code else None
    gates = editions.gates_of(edition)
    form = ZoneForm(data=_told(old, gates))
    form.offer(gates, is_new=old is None)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            zones.keep_zone(edition, form.said(), old=old, by=actor(), now=clock.now())
            db.session.commit()
            flash(_("Saved."), "success")
            return redirect(url_for("gate.figures", edition=edition))
    return render_template("gate/zone.html", edition=edition, form=form, zone=old), 422 if form.errors else 200


def _told(zone: Zone | None, gates: Sequence[Gate]) -> dict[str, object]:
    """What the form of a zone begins with."""
    if zone is None:
        return {}
    names = {f"name_{language}": name for language, name in zone.name.items()}
    return {**names, "capacity": zone.capacity, "gates": [gate.code for gate in gates if gate.zone_id == zone.id]}


@bp.route("/organise/<edition:edition>/gate/link", methods=["GET", "POST"])
@access(*IN_CHARGE)
@once_more_on_conflict
def make_link(edition: Edition) -> ResponseReturnValue:
    gates = editions.gates_of(edition)
    if not gates:
        return redirect(url_for("gate.add_gate", edition=edition))
    begins, ends = _shift(edition)
    form = MakeLinkForm(valid_from=begins, valid_until=ends, gate=request.args.get("gate"))
    form.offer(gates)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            return _made_link(edition, form)
    return render_template("gate/make_link.html", edition=edition, form=form), 422 if form.errors else 200


def _made_link(edition: Edition, form: MakeLinkForm) -> ResponseReturnValue:
    made = actions.make_link(
        queries.gate(edition, form.gate.data) or abort(404),
        role=form.role.data,
        valid_from=clock.from_local(cast("datetime", form.valid_from.data)),
        valid_until=clock.from_local(cast("datetime", form.valid_until.data)),
        most_devices=form.most_devices.data or 0,
        by=actor(),
        now=clock.now(),
    )
    db.session.commit()
    scanner_address = address_of("gate.scanner")
    address = f"{scanner_address}#{made.token}"
    page = render_template(
        "gate/made_link.html",
        edition=edition,
        link=made.link,
        address=address,
        scanner_address=scanner_address,
        modules=modules_of(address),
        training_modules=modules_of(training_pass(edition.number)),
        typed_code=made.typed_code,
        role=DEVICE_ROLES[made.link.role],
    )
    return page, 201


def _shift(edition: Edition) -> tuple[datetime, datetime]:
    """From now until the day's closing and some time to go home, on the clocks of Copenhagen, to the minute."""
    now = clock.now()
    day = day_to_show(edition, wanted=None, now=now)
    closing = day.closes_at + AFTER_CLOSING if day else now
    ends = max(closing, now + SHORTEST_SHIFT)
    begins, until = (clock.local(moment).replace(second=0, microsecond=0, tzinfo=None) for moment in (now, ends))
    return begins, until


@bp.route("/organise/<edition:edition>/gate/links/<code>/revoke", methods=["GET", "POST"])
@access(*IN_CHARGE)
def revoke_link(edition: Edition, code: str) -> ResponseReturnValue:
    link, form = queries.find_link(edition, code) or abort(404), ConfirmForm()
    if form.validate_on_submit():
        actions.revoke_link(link, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The link no longer lets phones in. Those that came by it stay."), "success")
        return redirect(url_for("gate.control", edition=edition))
    return render_template("gate/revoke_link.html", edition=edition, link=link)


@bp.route("/organise/<edition:edition>/gate/phones/<code>/revoke", methods=["GET", "POST"])
@access(*IN_CHARGE)
@once_more_on_conflict
def revoke_device(edition: Edition, code: str) -> ResponseReturnValue:
    device, form = queries.find_device(edition, code) or abort(404), ConfirmForm()
    if form.validate_on_submit():
        with refusals_of(None, TEXTS):
            actions.revoke_device(device, by=actor(), now=clock.now())
            db.session.commit()
            flash(_("The phone is signed out. It sends what it holds, then forgets everything."), "success")
        return redirect(url_for("gate.control", edition=edition))
    return render_template("gate/revoke_device.html", edition=edition, device=device)


@bp.route("/organise/<edition:edition>/gate/import", methods=["GET", "POST"])
@access(*IN_CHARGE)
@once_more_on_conflict
def import_scans(edition: Edition) -> ResponseReturnValue:
    form, brought = ImportScansForm(), None
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            brought = importing.import_scans(edition, _sent_file(), by=actor(), now=clock.now())
            db.session.commit()
    page = render_template("gate/import_scans.html", edition=edition, form=form, brought=brought, reasons=TEXTS)
    return page, 422 if form.errors else 200


def _sent_file() -> bytes:
    """What the chosen file holds; nothing where none was chosen."""
    sent = request.files.get("file")
    if sent is None:
        return b""
    sent.stream.seek(0)  # The view may run once more.
    return bytes(sent.stream.read())


@bp.get("/gate/")
@access(Allow.PUBLIC)
def scanner() -> ResponseReturnValue:
    return render_template("gate/scanner.html", texts=scanner_texts(LANGUAGES), language=current_language())


@bp.get("/gate/sw.js")
@access(Allow.PUBLIC)
def worker() -> Response:
    answer = send(f"{current_app.static_folder}/dist/scanner", "sw.js", mimetype="text/javascript", max_age=0)
    answer.headers["Service-Worker-Allowed"] = "/gate/"
    return answer
