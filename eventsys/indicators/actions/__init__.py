"""Writing for indicators: `defining` and freezing them, and keeping the `register` with figures that others published."""

from eventsys.indicators.actions.defining import Defined, change, define, freeze, keep_figures, remove
from eventsys.indicators.actions.register import (
    Published,
    add_entry,
    begin_year,
    correct_entry,
    import_register,
    keep_published,
    remove_entry,
    remove_published,
    restore_entry,
    restore_published,
)

__all__ = [
    "Defined",
    "Published",
    "add_entry",
    "begin_year",
    "change",
    "correct_entry",
    "define",
    "freeze",
    "import_register",
    "keep_figures",
    "keep_published",
    "remove",
    "remove_entry",
    "remove_published",
    "restore_entry",
    "restore_published",
]
