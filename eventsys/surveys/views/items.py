"""The items of a draft: out of the library or written, changed, moved, taken out and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.base.web.access import access
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.editions.access import actor
from eventsys.editions.models import Edition
from eventsys.surveys import building, queries
from eventsys.surveys.building_forms import STARTS, ItemForm, LibraryForm, item_form
from eventsys.surveys.building_shown import offered, shown_of
from eventsys.surveys.building_texts import STARTS_CALLED
from eventsys.surveys.rules.building import stamp
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.texts import TEXTS
from eventsys.surveys.views.blueprint import bp
from eventsys.surveys.views.building import METHODS, draft_or_404, to_instrument

if TYPE_CHECKING:
    from eventsys.surveys.models import Instrument
    from eventsys.surveys.rules.instruments import Item

DRAFT = "/organise/<edition:edition>/instruments/<code>"
# By what the rules call a field: the field of the form that it is said beside.
FIELDS = {
    "items.key": "key", "items.text": "text_da", "items.options": "options", "options.value": "options",
    "options.positive": "options", "items.highest": "highest", "items.shown_if": "condition",
}  # fmt: skip


@bp.route(f"{DRAFT}/library", methods=METHODS)
@access(Allow.ORGANISER)
@once_more_on_conflict
def from_library(edition: Edition, code: str) -> ResponseReturnValue:
    draft = draft_or_404(code)
    form = LibraryForm()
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            count = building.add_items(draft, form.told(), by=actor(), now=clock.now())
            db.session.commit()
            flash(ngettext("%(num)d question is added.", "%(num)d questions are added.", count), "success")
            return to_instrument(edition, draft)
    values = {"form": form, "groups": offered(draft)}
    page = render_template("surveys/from_library.html", edition=edition, instrument=draft, **values)
    return page, 422 if form.form_errors else 200


@bp.get(f"{DRAFT}/write")
@access(Allow.ORGANISER)
def choose_kind(edition: Edition, code: str) -> ResponseReturnValue:
    draft = draft_or_404(code)
    return render_template("surveys/choose_kind.html", edition=edition, instrument=draft, kinds=STARTS_CALLED)


@bp.route(f"{DRAFT}/write/<start>", methods=METHODS)
@access(Allow.ORGANISER)
@once_more_on_conflict
def write_item(edition: Edition, code: str, start: str) -> ResponseReturnValue:
    draft = draft_or_404(code)
    if start not in STARTS:
        abort(404)
    form = item_form(start, None, queries.as_rules(draft).items)
    return _page(edition, draft, form, called=STARTS_CALLED[start][0])


@bp.route(f"{DRAFT}/items/<item>", methods=METHODS)
@access(Allow.ORGANISER)
@once_more_on_conflict
def change_item(edition: Edition, code: str, item: str) -> ResponseReturnValue:
    draft = draft_or_404(code)
    items = queries.as_rules(draft).items
    place = next((place for place, one in enumerate(items) if one.key == item), None)
    if place is None:
        flash(_("This question isn't in the draft any more."), "info")
        return to_instrument(edition, draft)
    return _page(edition, draft, item_form("", items[place], items[:place]), before=items[place])


def _page(
    edition: Edition, draft: Instrument, form: ItemForm, *, before: Item | None = None, called: object = ""
) -> ResponseReturnValue:
    is_rearranged = form.rearrange(request.form)
    with refusals_of(form, TEXTS):
        if not is_rearranged and form.validate_on_submit():
            _keep(draft, form, before)
            db.session.commit()
            flash(_("The question is kept."), "success")
            return to_instrument(edition, draft)
    page = render_template(
        "surveys/item.html", edition=edition, instrument=draft, form=form, before=before, called=called,
        is_added="add_row" in request.form,
    )  # fmt: skip
    return page, 422 if form.is_submitted() and not is_rearranged else 200


def _keep(draft: Instrument, form: ItemForm, before: Item | None) -> None:
    """Refusals come beside the field that they speak of."""
    try:
        item = form.told(before, taken=[one.key for one in draft.items])
        if before is None:
            building.write_item(draft, item, by=actor(), now=clock.now())
        else:
            building.change_item(draft, item, seen=form.seen.data or "", by=actor(), now=clock.now())
    except Refusal as refusal:
        if refusal.code is Code.CHANGED_SINCE and before is not None:  # Told once: whoever keeps it then means to.
            form.seen.data = stamp(before)
        refusal.field = FIELDS.get(refusal.field or "", refusal.field)
        if refusal.field == "options" and not form.has_rows:
            refusal.field = "positive"
        raise


@bp.post(f"{DRAFT}/items/<item>/up")
@access(Allow.ORGANISER)
@once_more_on_conflict
def move_up(edition: Edition, code: str, item: str) -> ResponseReturnValue:
    return _move(edition, draft_or_404(code), item, steps=-1)


@bp.post(f"{DRAFT}/items/<item>/down")
@access(Allow.ORGANISER)
@once_more_on_conflict
def move_down(edition: Edition, code: str, item: str) -> ResponseReturnValue:
    return _move(edition, draft_or_404(code), item, steps=1)


def _move(edition: Edition, draft: Instrument, item: str, *, steps: int) -> ResponseReturnValue:
    with refusals_of(None, TEXTS):
        building.move(draft, item, steps=steps, by=actor(), now=clock.now())
        db.session.commit()
    return to_instrument(edition, draft, _anchor=f"item-{item}")


@bp.route(f"{DRAFT}/items/<item>/remove", methods=METHODS)
@access(Allow.ORGANISER)
@once_more_on_conflict
def remove_item(edition: Edition, code: str, item: str) -> ResponseReturnValue:
    draft = draft_or_404(code)
    row = next((one for one in shown_of(draft).items if one.key == item), None)
    if row is None:
        return to_instrument(edition, draft)
    is_sure = "is_sure" in request.form or not row.uses
    if request.method == "GET" or not is_sure:
        return render_template("surveys/remove_item.html", edition=edition, instrument=draft, item=row)
    removed = None
    with refusals_of(None, TEXTS):
        building.remove_item(draft, item, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The question is taken out."), "success")
        removed = item
    return to_instrument(edition, draft, removed=removed)


@bp.post(f"{DRAFT}/items/<item>/restore")
@access(Allow.ORGANISER)
@once_more_on_conflict
def restore_item(edition: Edition, code: str, item: str) -> ResponseReturnValue:
    draft = draft_or_404(code)
    with refusals_of(None, TEXTS):
        building.restore_item(draft, item, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The question is back where it stood."), "success")
    return redirect(url_for(".instrument", edition=edition, code=code))
