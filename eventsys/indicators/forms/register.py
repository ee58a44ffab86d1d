"""What organisers type for indicators: entries of the register, figures that others published."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField

from eventsys.base import fields
from eventsys.base.fields import Form, Needed
from eventsys.base.refusals import Refusal
from eventsys.indicators.actions import Published
from eventsys.indicators.models import PublishedFigure, RegisterEntry
from eventsys.indicators.rules.codes import Code
from eventsys.indicators.rules.figures import Quality
from eventsys.indicators.rules.register import (
    HUNDREDTHS,
    LONGEST,
    THOUSANDTHS,
    Entry,
    EntryKind,
    amount_written,
    date_written,
    kind_written,
    quality_written,
    thousandths_written,
)
from eventsys.indicators.texts import KINDS, QUALITIES


def _choices(words: dict[Any, Any], *first: tuple[str, Any]) -> list[tuple[str, str]]:
    return [(value, str(word)) for value, word in first] + [(key.value, str(word)) for key, word in words.items()]


class RegisterFilter(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    class Meta:
        csrf = False  # It only reads, by GET.

    year = SelectField(_("Programme year"), validate_choice=False)
    kind = SelectField(_("Kind"), validate_choice=False)
    quality = SelectField(_("How it was counted"), validate_choice=False)
    words = fields.line(_("Words in group or note"))

    @classmethod
    def of(cls, year: int, years: Sequence[int]) -> RegisterFilter:
        """The form as the address fills it."""
        form = cls(formdata=request.args)
        form.year.choices = [(str(each), str(each)) for each in sorted({*years, year}, reverse=True)]
        form.year.data = str(year)
        form.kind.choices = _choices(KINDS, ("", _("all")))
        form.quality.choices = _choices(QUALITIES, ("", _("all")))
        return form

    @property
    def kind_chosen(self) -> EntryKind | None:
        """The kind that the list is narrowed to."""
        return EntryKind(self.kind.data) if self.kind.data in list(EntryKind) else None

    @property
    def quality_chosen(self) -> Quality | None:
        """The quality that the list is narrowed to."""
        return Quality(self.quality.data) if self.quality.data in list(Quality) else None

    @property
    def is_narrowed(self) -> bool:
        """Whether the list leaves anything out."""
        return bool(self.kind_chosen or self.quality_chosen or self.words.data)


class EntryForm(Form):
    kind = SelectField(_("Kind"), [Needed()], validate_choice=False)
    group = fields.line(
        _("Group"), description=_("What it belongs to: a challenge, a school, an administration. Never a person.")
    )
    date = fields.line(_("Date"), description=_("Such as 2011-08-27. Leave it empty if nobody knows."))
    count = fields.number(_("How many"), Needed(), description=_("Hours may have decimals."))
    quality = SelectField(_("How it was counted"), validate_choice=False)
    note = fields.line(_("Note"))

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.kind.choices = _choices(KINDS, ("", _("Choose")))
        self.quality.choices = _choices(QUALITIES)

    @classmethod
    def of(cls, kept: RegisterEntry | None) -> EntryForm:
        """The form with what an entry says, or an empty one."""
        if kept is None:
            return cls(data={"quality": Quality.COUNTED.value})
        day = kept.happened_on.isoformat() if kept.happened_on else ""
        said = {
            "kind": kept.kind.value,
            "group": kept.group,
            "date": day,
            "quality": kept.quality.value,
            "note": kept.note,
        }
        return cls(data=said | {"count": _plain(kept.hundredths, HUNDREDTHS)})

    def told(self) -> Entry:
        """What was said. Refused by its field: what isn't sound."""
        if not self.kind.data:
            raise Refusal(Code.FIELD_NEEDED, field="kind")
        return Entry(
            kind_written(self.kind.data), self.group.data, date_written(self.date.data), amount_written(self.count.data),
            quality_written(self.quality.data or ""), self.note.data,
        )  # fmt: skip


class PublishedForm(Form):
    strand = fields.line(
        _("Series"),
        Needed(),
        description=_("A short name; an indicator that others publish reads the figures of its series."),
    )
    date = fields.line(
        _("Date"), Needed(), description=_("The day that it speaks of or was published on, such as 2011-11-30.")
    )
    value = fields.number(_("Figure"), Needed(), description=_("In its own unit, such as 21,3 for 21.3 percent."))
    source = fields.line(_("Source"), Needed(), description=_("Who published it, and where."))

    @classmethod
    def of(cls, kept: PublishedFigure | None) -> PublishedForm:
        """The form with what a figure says, or an empty one."""
        if kept is None:
            return cls()
        said = {"strand": kept.strand, "date": kept.published_on.isoformat(), "source": kept.source}
        return cls(data=said | {"value": _plain(kept.thousandths, THOUSANDTHS)})

    def told(self) -> Published:
        """What was said. Refused by its field: what isn't sound."""
        for name in ("strand", "date", "value", "source"):
            if not self[name].data:
                raise Refusal(Code.FIELD_NEEDED, field=name)
            if len(self[name].data) > LONGEST:
                raise Refusal(Code.TOO_LONG, field=name, most=LONGEST)
        day = date_written(self.date.data)
        if day is None:
            raise Refusal(Code.FIELD_NEEDED, field="date")
        return Published(self.strand.data, day, thousandths_written(self.value.data), self.source.data)


def _plain(value: int, of: int) -> str:
    """A number as a person would type it."""
    return format((Decimal(value) / of).normalize(), "f")
