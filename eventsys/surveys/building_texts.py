"""The words of building a questionnaire: kinds of items, breakdowns, the library's groups and where its questions come from."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from eventsys.surveys.library import Group, Origin
from eventsys.surveys.rules.instruments import Breakdown, ItemKind

KINDS = {
    ItemKind.SCALE: _("agreement scale"),
    ItemKind.SINGLE: _("one of several answers"),
    ItemKind.MULTIPLE: _("several of several answers"),
    ItemKind.RATING: _("0 to 10"),
    ItemKind.NUMBER: _("number"),
    ItemKind.TEXT: _("free text"),
}

# What can be written, by what it starts from: its name, and when to take it.
STARTS_CALLED = {
    "scale": (
        _("Agreement scale"),
        _("From “to a high degree” to “not at all”, with “don't know” apart: the municipality's own scale since 2008."),
    ),
    "yes_no": (_("Yes or no"), _("With “don't know” apart.")),
    "single": (_("One of several answers"), _("You write the answers.")),
    "multiple": (_("Several of several answers"), _("You write the answers; more than one may be chosen.")),
    "rating": (_("0 to 10"), _("The results show the mean.")),
    "number": (_("Number"), _("A whole number within bounds that you set.")),
    "text": (_("Free text"), _("In their own words; shown in shuffled order.")),
}

BREAKDOWNS = {Breakdown.MINORITY_ASSOCIATION: _("whether an association is an ethnic minority's")}

GROUPS = {
    Group.EVENT: _("The event"),
    Group.COOPERATION: _("Cooperation and advice"),
    Group.COURSES: _("Courses and meetings"),
    Group.YOUNG: _("Young people"),
    Group.OPEN: _("Open questions"),
}

ORIGINS = {
    Origin.CRITERION: _("measures a success criterion of %(year)s"),
    Origin.RESULT: _("a result of %(year)s was measured by it"),
    Origin.SURVEY: _("from the satisfaction survey of %(year)s"),
    Origin.ASKED: _("was asked after the International Days of %(year)s"),
    Origin.COMMON: _("in common use; no criterion hangs on it"),
}
