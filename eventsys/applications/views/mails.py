"""Mails about applications: their words, as organisers want them; which went, came back, and go again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.models import User
from eventsys.accounts.rules import Allow
from eventsys.applications import queries
from eventsys.applications.actions import letters, wordings
from eventsys.applications.forms.deciding import OutboxForm, WordingForm
from eventsys.applications.models import Application
from eventsys.applications.rules.wordings import NEEDED, Letter, Words, check_wording, placeholders_of
from eventsys.applications.texts import LETTERS, PLACEHOLDERS, TEXTS
from eventsys.applications.views.blueprint import bp
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.fields import clean_line
from eventsys.base.i18n import LANGUAGES
from eventsys.base.web.access import access
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.editions.access import actor, signed_in_user
from eventsys.editions.models import Edition
from eventsys.mail import queries as mail
from eventsys.mail.models import MessageState

ADDRESS = "/organise/<edition:edition>/mail"
LONGEST_SEARCH = 100


@bp.get(f"{ADDRESS}/words")
@access(Allow.ORGANISER)
def wordings_page(edition: Edition) -> ResponseReturnValue:
    own = {(one.template, one.language): one.changed_at for one in mail.wordings_of(letters.scope_of(edition))}
    return render_template(
        "applications/wordings.html", edition=edition, own=own, letters=[(one, LETTERS[one]) for one in NEEDED]
    )


def _letter_or_404(template: str, language: str) -> Letter:
    return Letter(template, language) if template in NEEDED and language in LANGUAGES else abort(404)


@bp.route(f"{ADDRESS}/words/<template>/<language>", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def wording(edition: Edition, template: str, language: str) -> ResponseReturnValue:
    """Change a mail's words: `keep` keeps them, `test` mails them to oneself, anything else only shows how they read."""
    letter = _letter_or_404(template, language)
    named = clean_line(request.form.get("named"))[:LONGEST_SEARCH]
    examples = queries.examples_of(edition, named=named) or queries.examples_of(edition)
    form = WordingForm(data=wordings.words_of(edition, letter)._asdict())
    form.offer(examples)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            words = check_wording(template, form.words())
            if "keep" in request.form:
                wordings.keep(edition, letter, words, by=actor(), now=clock.now())
                db.session.commit()
                flash(_("Kept. Mails that go from now on read like this."), "success")
                return redirect(url_for(".wordings_page", edition=edition))
            if "test" in request.form:
                _send_test(_read_with(form, examples, letter), language)
    page = render_template(
        "applications/wording.html", edition=edition, letter=letter, form=form, examples=examples,
        word=LETTERS[template], placeholders=[(one, PLACEHOLDERS[one]) for one in placeholders_of(template)],
        is_own=wordings.is_own(edition, letter), reads=_read_with(form, examples, letter),
    )  # fmt: skip
    return page, 422 if form.errors or form.form_errors else 200


def _send_test(words: Words, language: str) -> None:
    user = cast("User", signed_in_user())
    wordings.send_test(user, words, language=language, now=clock.now())
    db.session.commit()
    flash(_("A test is on its way to %(email)s.", email=user.email), "success")


def _read_with(form: WordingForm, examples: Sequence[Application], letter: Letter) -> Words:
    """How the words read with a real application; as they are where there is none yet."""
    if not examples:
        return form.words()
    chosen = next((one for one in examples if one.code == form.about.data), examples[0])
    note = str(_("(what you write to the applicant)"))
    told = letters.Told(link="https://…", note=note, until=chosen.edition.call_closes_at)
    return letters.worded(form.words(), chosen, letter.language, told=told)


@bp.post(f"{ADDRESS}/words/<template>/<language>/restore")
@access(Allow.ORGANISER)
def restore_wording(edition: Edition, template: str, language: str) -> ResponseReturnValue:
    wordings.restore(edition, _letter_or_404(template, language), by=actor(), now=clock.now())
    db.session.commit()
    flash(_("The program's own words are back."), "success")
    return redirect(url_for(".wording", edition=edition, template=template, language=language))


@bp.get(ADDRESS)
@access(Allow.ORGANISER)
def outbox(edition: Edition) -> ResponseReturnValue:
    written, text = request.args.get("state", ""), clean_line(request.args.get("text"))[:LONGEST_SEARCH]
    state = MessageState(written) if written in list(MessageState) else None
    page = queries.mails_of(edition, state=state, text=text, number=request.args.get("page", 1, type=int))
    values = {name: word for name, word in (("state", state.value if state else ""), ("text", text)) if word}
    return render_template(
        "applications/outbox.html", edition=edition, page=page, counts=queries.mail_counts(edition), values=values,
        form=OutboxForm(data={"state": written, "text": text}),
    )  # fmt: skip


@bp.get(f"{ADDRESS}/<code>")
@access(Allow.ORGANISER)
def show_mail(edition: Edition, code: str) -> ResponseReturnValue:
    message, application = queries.mail_of(edition, code) or abort(404)
    return render_template(
        "applications/show_mail.html", edition=edition, message=message, application=application,
        text=letters.without_links(message.text),
    )  # fmt: skip


@bp.post(f"{ADDRESS}/<code>/again")
@access(Allow.ORGANISER)
def send_again(edition: Edition, code: str) -> ResponseReturnValue:
    message, application = queries.mail_of(edition, code) or abort(404)
    again = wordings.send_again(message, application, by=actor(), now=clock.now())
    db.session.commit()
    flash(_("On its way once more, to %(email)s.", email=application.email), "success")
    return redirect(url_for(".show_mail", edition=edition, code=again.code))
