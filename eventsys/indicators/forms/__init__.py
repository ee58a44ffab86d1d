"""What organisers type for indicators: the `definition` of one, entries of the `register` and published figures."""

from eventsys.indicators.forms.definition import IndicatorForm
from eventsys.indicators.forms.register import EntryForm, PublishedForm, RegisterFilter

__all__ = ["EntryForm", "IndicatorForm", "PublishedForm", "RegisterFilter"]
