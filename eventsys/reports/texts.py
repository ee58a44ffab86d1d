"""The words of the map: what is drawn, and who stands there."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from eventsys.booths.rules.features import FeatureKind
from eventsys.organisations.rules.kinds import Kind

KINDS = {
    Kind.ASSOCIATION: _("Association"),
    Kind.RESTAURANT: _("Restaurant"),
}
# Tone of a shape → what it means; the order is the legend's.
LEGEND = {
    "taken": _("Booth"),
    "found": _("Found"),
    "ask": _("Not stated: ask at the booth"),
    "faint": _("Other booth"),
    "out": _("Nobody here"),
}
# What visitors look for beside booths, and the sign that is drawn for it; the rest of the ground is for organisers.
SIGNS = {
    FeatureKind.STAGE: "♪",
    FeatureKind.GATE: "∩",
    FeatureKind.FIRST_AID: "+",
    FeatureKind.TOILET: "WC",
    FeatureKind.WATER_POINT: "≈",
}
