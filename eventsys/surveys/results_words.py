"""What is said about the figures of a survey: who answered, how many, how sure; for page and file alike."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from babel.lists import format_list
from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _

from eventsys.base.i18n import DEFAULT_LANGUAGE, in_language, listed, quoted
from eventsys.base.rounding import HUNDRED, percent_shown, rounded
from eventsys.surveys.rules.disclosure import FEWEST
from eventsys.surveys.rules.figures import Figures, PanelKind, Who
from eventsys.surveys.rules.instruments import Item, ItemKind
from eventsys.surveys.rules.splits import OTHERS
from eventsys.surveys.texts import AUDIENCES, STATED


def percent(share: Fraction, *, answers: int) -> str:
    """A share as it is printed, with as many decimals as so many answers bear."""
    return f"{format_decimal(percent_shown(share, answers=answers))} %"


def either(words: Iterable[str]) -> str:
    """Words of which one is meant, as the reader's language lists them: `to a high degree or to some degree`."""
    return str(format_list(list(words), style="or", locale=get_locale() or DEFAULT_LANGUAGE))


def panel_called(figures: Figures) -> str:
    """Whose answers these are: `associations and restaurants`."""
    return listed(AUDIENCES[audience.value] for audience in figures.audiences)


def kind_called(name: str) -> str:
    """An audience as the row of a split."""
    return str(AUDIENCES.get(name, name))


def part_called(name: str) -> str:
    """What a part of a kind stated of itself."""
    return str(STATED[name])


def language_called(code: str) -> str:
    """A language in the reader's own; those that stand together."""
    if code == OTHERS:
        return str(_("other languages"))
    locale = get_locale()
    return str(locale.languages.get(code, code)) if locale else code


def positive_called(item: Item) -> str:
    """The answers that were said to be positive before anybody answered."""
    return either(quoted(in_language(option.text)) for option in item.options if option.is_positive)


def told_too_few(figures: Figures) -> str:
    """Why there is no figure."""
    return str(
        _(
            "Too few answers: under %(fewest)s with an opinion no figure is shown, so that nobody's answer can be told.",
            fewest=FEWEST,
        )
        if figures.result.answers
        else _("Nobody answered this.")
    )


def sentences_of(item: Item, figures: Figures) -> list[str]:
    """All that is to be known about a figure, in whole sentences: the share, how sure it is, and who isn't in it."""
    return [*_of_figure(item, figures), *_of_the_rest(figures)]


def _of_figure(item: Item, figures: Figures) -> list[str]:
    result = figures.result
    said = []
    if result.mean is not None:
        said.append(_("The mean is %(mean)s.", mean=format_decimal(rounded(result.mean, decimals=1))))
    if any(option.is_positive for option in item.options) and item.kind is not ItemKind.MULTIPLE:
        share = percent_shown(Fraction(result.positive, result.opinions), answers=result.opinions)
        said.append(
            _(
                "%(answers)s: %(positive)s of the %(opinions)s who had an opinion, %(percent)s %%.",
                answers=positive_called(item),
                positive=format_decimal(result.positive),
                opinions=format_decimal(result.opinions),
                percent=format_decimal(share),
            )
        )
        said += [_of_interval(figures), *_of_bounds(figures)]
    return [str(one) for one in said]


def _of_interval(figures: Figures) -> str:
    interval = figures.interval(figures.result.positive)
    if interval.members is not None:
        low, high = (format_decimal(end) for end in interval.members)
        return str(
            _(
                "Between %(low)s and %(high)s of all %(population)s, with 95 %% confidence.",
                low=low,
                high=high,
                population=format_decimal(interval.population),
            )
        )
    low, high = (
        format_decimal(percent_shown(end, answers=figures.result.opinions)) for end in (interval.low, interval.high)
    )
    return str(_("Between %(low)s %% and %(high)s %%, with 95 %% confidence.", low=low, high=high))


def _of_bounds(figures: Figures) -> list[str]:
    certain = figures.bounds(figures.result.positive)
    if certain is None:
        return []
    low, high = (format_decimal(percent_shown(share, answers=certain.population)) for share in certain.shares)
    return [
        str(
            _(
                "If all the silent and undecided said no: %(low)s of %(population)s (%(low_percent)s %%). "
                "If all of them said yes: %(high)s (%(high_percent)s %%).",
                low=format_decimal(certain.low),
                high=format_decimal(certain.high),
                population=format_decimal(certain.population),
                low_percent=low,
                high_percent=high,
            )
        )
    ]


def _of_the_rest(figures: Figures) -> list[str]:
    """How many answered, who left the denominator, and what the figure doesn't speak of: never silently."""
    result, said = figures.result, []
    if figures.population:
        rate = rounded(Fraction(figures.responses, figures.population) * HUNDRED)
        said.append(
            _(
                "%(answers)s of %(population)s answered: %(percent)s %%.",
                answers=format_decimal(figures.responses),
                population=format_decimal(figures.population),
                percent=format_decimal(rate),
            )
        )
    if result.no_opinion:
        said.append(
            _("%(count)s had no opinion and are left out of the share.", count=format_decimal(result.no_opinion))
        )
    if result.missing:
        said.append(_("%(count)s left this question blank.", count=format_decimal(result.missing)))
    if figures.screened_out:
        said.append(
            _("%(count)s weren't asked, because it doesn't concern them.", count=format_decimal(figures.screened_out))
        )
    if figures.panel is PanelKind.SELF_SELECTED:
        said.append(_("Who answered chose to answer: the figure speaks of them alone."))
    if figures.panel is PanelKind.UNKNOWN:
        said.append(_("Nobody knows how many were there to be asked, so there is no response rate."))
    return [str(one) for one in said]


def rate_of(who: Who) -> str:
    """The response rate of an audience, where there is one."""
    if not who.population or who.has_surplus:
        return "–"
    return percent(Fraction(who.responses, who.population), answers=who.population)
