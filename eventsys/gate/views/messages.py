"""Messages to the phones at the gates: written, asked about, sent, listed with who has read them, taken back."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import current_language
from eventsys.base.ids import new_code
from eventsys.base.web.access import access
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.editions import queries as editions
from eventsys.editions.access import actor
from eventsys.editions.models import Edition
from eventsys.gate import messages as told
from eventsys.gate import messages_shown
from eventsys.gate.forms import ConfirmForm, MessageForm
from eventsys.gate.messages import MessageSaid
from eventsys.gate.texts import TEXTS
from eventsys.gate.views.blueprint import IN_CHARGE, bp


@bp.route("/organise/<edition:edition>/gate/messages", methods=["GET", "POST"])
@access(*IN_CHARGE)
@once_more_on_conflict
def messages(edition: Edition) -> ResponseReturnValue:
    now, form = clock.now(), MessageForm()
    form.offer(editions.gates_of(edition))
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            said = form.said()
            if not said.code:
                return _asked(edition, said)
            told.send(edition, said, by=actor(), now=now)
            db.session.commit()
            flash(_("Sent. Phones show it with their next contact; who has read it stands here."), "success")
            return redirect(url_for("gate.messages", edition=edition))
    page = render_template(
        "gate/messages.html",
        edition=edition,
        form=form,
        history=messages_shown.history(edition, now=now),
        live=url_for("gate.live", edition=edition, language=current_language()),
    )
    return page, 422 if form.errors else 200


def _asked(edition: Edition, said: MessageSaid) -> ResponseReturnValue:
    """Ask before it goes out; the code makes a second press of the button the same message."""
    text, gate = told.checked(edition, said)
    phones = messages_shown.meant_for(edition, gate, now=clock.now())
    return render_template(
        "gate/confirm_message.html", edition=edition, text=text, gate=gate, phones=phones, code=new_code()
    )


@bp.route("/organise/<edition:edition>/gate/messages/<code>/retract", methods=["GET", "POST"])
@access(*IN_CHARGE)
@once_more_on_conflict
def retract_message(edition: Edition, code: str) -> ResponseReturnValue:
    message, form = told.find(edition, code) or abort(404), ConfirmForm()
    if form.validate_on_submit():
        with refusals_of(None, TEXTS):
            told.retract(message, by=actor(), now=clock.now())
            db.session.commit()
            flash(_("Taken back. Phones forget it with their next contact."), "success")
        return redirect(url_for("gate.messages", edition=edition))
    return render_template("gate/retract_message.html", edition=edition, message=message)
