"""The figures of an edition on paper: each indicator with its target, how sure it is, and what is behind it."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from reportlab.platypus import Flowable, KeepTogether

from eventsys.base import pdf
from eventsys.indicators.shown import Shown


@dataclass(frozen=True, slots=True)
class Contents:
    """What the document tells; texts are in its language already.

    `headline` is pairs of name and value; `visits` and `earlier` are rows of their tables; `cutoff` is the data's.
    """

    edition: str
    dates: str
    language: str
    cutoff: str
    headline: tuple[tuple[str, str], ...]
    indicators: tuple[Shown, ...]
    visits: tuple[tuple[str, ...], ...]
    earlier: tuple[tuple[str, ...], ...]


def draw(contents: Contents) -> bytes:
    """The PDF."""
    title = _("Figures: %(edition)s", edition=contents.edition)
    frame = pdf.Frame(
        title=title,
        author="eventsys",
        language=contents.language,
        footer=f"{contents.edition} · " + _("data as of %(cutoff)s", cutoff=contents.cutoff),
        page_word=str(_("Page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s")),
    )
    story: list[Flowable] = [
        pdf.paragraph(title, pdf.TITLE),
        pdf.paragraph(f"{contents.dates} · " + _("Data as of %(cutoff)s.", cutoff=contents.cutoff)),
        pdf.table([_("What"), _("Figure")], list(contents.headline), [0.6, 0.4]),
        *_summary(contents),
        *_details(contents),
        *_visits(contents),
        *_earlier(contents),
    ]
    return pdf.document(frame, story)


def _summary(contents: Contents) -> list[Flowable]:
    rows: list[list[str | Flowable]] = [
        [
            indicator.name,
            indicator.figure,
            _bar(indicator),
            indicator.target,
            indicator.status,
        ]
        for indicator in contents.indicators
    ]
    if not rows:
        return [pdf.paragraph(_("No indicators are defined for this edition."))]
    return [
        pdf.paragraph(_("Indicators and targets"), pdf.HEADING),
        pdf.paragraph(
            _("The bar is the figure, the thick line the target, the bracket the range that the answers leave open."),
            pdf.SMALL,
        ),
        pdf.table(
            [_("Indicator"), _("Figure"), _("Against the target"), _("Target"), _("Status")],
            rows,
            [0.32, 0.1, 0.26, 0.18, 0.14],
        ),
    ]


def _bar(indicator: Shown) -> str | Flowable:
    drawn = indicator.bar
    if drawn is None:
        return ""
    return pdf.bar(drawn.value, target=drawn.target, low=drawn.low, high=drawn.high)


def _details(contents: Contents) -> list[Flowable]:
    story: list[Flowable] = [pdf.paragraph(_("How each figure came about"), pdf.HEADING)] if contents.indicators else []
    for indicator in contents.indicators:
        told: list[Flowable] = [pdf.paragraph(indicator.name, pdf.SUBHEADING)]
        told += [pdf.paragraph(sentence) for sentence in (*indicator.sentences, *indicator.notes)]
        story.append(KeepTogether(told))
    return story


def _visits(contents: Contents) -> list[Flowable]:
    if not contents.visits:
        return []
    return [
        pdf.paragraph(_("Visits by day"), pdf.HEADING),
        pdf.paragraph(
            _(
                "Visits are visitors and guests admitted with a pass that day, and people tallied by hand as they came in."
            ),
            pdf.SMALL,
        ),
        pdf.table([_("Day"), _("With a pass"), _("Tallied"), _("Visits")], contents.visits, [0.4, 0.2, 0.2, 0.2]),
    ]


def _earlier(contents: Contents) -> list[Flowable]:
    if not contents.earlier:
        return []
    return [
        pdf.paragraph(_("Earlier years, kept by hand"), pdf.HEADING),
        pdf.table(
            [_("Year"), _("What"), _("Figure"), _("Days"), _("How we know")],
            contents.earlier,
            [0.1, 0.2, 0.15, 0.1, 0.45],
        ),
    ]
