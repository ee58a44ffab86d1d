"""eventsys carries a city festival whole: sign-up, review, booths, passes, gate, surveys, indicators, report."""

__version__ = "0.1.0"
