"""A survey on paper: the form that one audience gets in one language."""

from __future__ import annotations

from flask_babel import gettext as _

from eventsys.base import clock, pdf
from eventsys.base.i18n import direction_of, in_language, listed, long_date, quoted
from eventsys.base.pdf_forms import Form, Tick
from eventsys.surveys import queries
from eventsys.surveys.asked import audience_of
from eventsys.surveys.models import Survey
from eventsys.surveys.rules.instruments import Audience, Breakdown, Item, ItemKind
from eventsys.surveys.rules.paper import breakdowns_of
from eventsys.surveys.sheet_shown import question_of
from eventsys.surveys.texts import AUDIENCES, BREAKDOWN_WORDS, BREAKDOWNS

LINES = 3


def form_of(survey: Survey, audience: Audience, *, language: str) -> bytes:
    """The PDF for an audience. The language is spoken already."""
    form = Form(is_right_to_left=direction_of(language) == "rtl")
    name = in_language(survey.instrument.name)
    frame = pdf.Frame(
        title=name,
        author="eventsys",
        language=language,
        footer=f"{name} · {in_language(survey.edition.name)}",
        page_word=str(_("Page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s")),
        is_right_to_left=form.is_right_to_left,
    )
    return pdf.document(frame, [*_head(survey, audience, form), *_questions(survey, audience, form)])


def _head(survey: Survey, audience: Audience, form: Form) -> list[pdf.Part]:
    asked = audience_of(survey, audience)
    told = [
        form.words(in_language(survey.instrument.name), pdf.TITLE),
        form.words(
            _("%(edition)s · for %(audience)s", edition=in_language(survey.edition.name), audience=AUDIENCES[audience]),
            pdf.SMALL,
        ),
        pdf.gap(2),
    ]
    if asked is not None and asked.is_attributed:
        told += [
            form.words(_("Your answers are not anonymous: the organisers see them under your organisation's name."))
        ]
        told += [form.words(_("Name of the organisation"), pdf.SUBHEADING), form.lines(1)]
    else:
        told.append(
            form.words(
                _(
                    "Your answers are anonymous: don't write your name or anybody else's. Whoever types this form in reads "
                    "it; once the survey has closed, the organisers see only what at least five people answered together."
                )
            )
        )
    told.append(form.words(_("Put one cross for each question, where nothing else is said.")))
    if audience is not Audience.VISITOR:
        told.append(form.words(_("Answer once: either on this form or by the link in the mail.")))
    if survey.closes_at is not None:
        until = long_date(clock.local(survey.closes_at).date())
        told.append(form.words(_("Give the form to the organisers well before %(date)s.", date=until)))
    return told


def _questions(survey: Survey, audience: Audience, form: Form) -> list[pdf.Part]:
    instrument = queries.as_rules(survey.instrument)
    items = instrument.items_for(audience)
    by_key = {item.key: item for item in items}
    told = [form.together([*_asked(item, form, by_key), *_answers(item, form)]) for item in items]
    for number, breakdown in enumerate(breakdowns_of(instrument, audience), len(items) + 1):
        told.append(form.together(_stated(breakdown, number, form)))
    return told


def _asked(item: Item, form: Form, items: dict[str, Item]) -> list[pdf.Part]:
    """The question, after which answers it is asked, and how it is answered."""
    numbers = {key: number for number, key in enumerate(items, 1)}
    told = [form.words(f"{numbers[item.key]}. {in_language(item.text)}", pdf.SUBHEADING)]
    before = items.get(item.shown_if.item) if item.shown_if else None
    if item.shown_if is not None and before is not None:
        answers = [quoted(in_language(one.text)) for one in before.options if one.value in item.shown_if.values]
        told.append(
            form.words(
                _(
                    "Only if you answered %(answers)s to question %(number)s.",
                    answers=listed(answers),
                    number=numbers[before.key],
                ),
                pdf.SMALL,
            )
        )
    hint = question_of(item, {}).hint
    return [*told, form.words(hint, pdf.SMALL)] if item.kind is ItemKind.MULTIPLE else told


def _answers(item: Item, form: Form) -> list[pdf.Part]:
    choices = question_of(item, {}).choices
    if not choices:
        return [form.lines(1, is_short=True) if item.kind is ItemKind.NUMBER else form.lines(LINES)]
    ticks: list[Tick] = []
    for choice in choices:
        ticks.append(Tick(choice.text, is_apart=choice.is_apart and not (ticks and ticks[-1].is_apart)))
    return [form.ticks(ticks)]


def _stated(breakdown: Breakdown, number: int, form: Form) -> list[pdf.Part]:
    ticks = [Tick(str(word)) for word in BREAKDOWN_WORDS.values()]
    return [form.words(f"{number}. {BREAKDOWNS[breakdown]}", pdf.SUBHEADING), form.ticks(ticks)]
