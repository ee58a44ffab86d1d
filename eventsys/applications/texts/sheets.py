"""The columns of a spreadsheet of applications, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from eventsys.applications.rules.sheets import SheetState, Stays

SHEET_STATES = {
    SheetState.WAITING: _("waits for your word"),
    SheetState.TRYING: _("is tried"),
    SheetState.QUEUED: _("waits to begin"),
    SheetState.RUNNING: _("at work"),
    SheetState.FINISHED: _("finished"),
    SheetState.UNDOING: _("is undone just now"),
    SheetState.UNDONE: _("undone"),
}
STAYS = {
    Stays.DECIDED: _("decided on, or withdrawn"),
    Stays.CHANGED: _("changed since"),
    Stays.LOOKED_AT: _("the team has written about it"),
    Stays.WRITTEN_TO: _("the applicant was written to"),
}
SHEET_COLUMNS = {
    "reference": _("Reference; without it, each row gets one"),
    "kind": _("Kind: association or restaurant"),
    "name": _("Name of the organisation"),
    "email": _("Mail address"),
    "days": _("Numbers of the days, as 1 or 1,2"),
    "submitted_at": _("Sent, as 01-03-2026 08:30"),
    "native_name": _("Name in its own script"),
    "language": _("Language, as da or ar"),
    "cvr": _("CVR number"),
    "phone": _("Phone"),
    "area": _("Part of town"),
    "returning": _("Took part before (yes or no)"),
    "minority_association": _("Association of an ethnic minority (yes or no)"),
    "development_course": _("In the development course (yes or no)"),
    "crew": _("People at the booth"),
    "cuisine": _("What is sold or served"),
    "width_m": _("Width in metres"),
    "power_kw": _("Power in kW"),
    "three_phase": _("Three-phase power (yes or no)"),
    "water": _("Running water (yes or no)"),
    "gas": _("Gas (yes or no)"),
    "open_fire": _("Open fire (yes or no)"),
    "amplified_sound": _("Loudspeakers (yes or no)"),
    "vehicle_access": _("A car or trailer at the booth (yes or no)"),
    "step_free": _("A way without steps (yes or no)"),
    "children_activities": _("Something for children (yes or no)"),
    "dietary": _("Diets: halal, kosher, vegetarian, vegan"),
    "allergens": _("Allergens, by their English keys"),
    "food_registration": _("Food registration"),
    "keep_apart": _("References to stand apart from"),
    "next_to": _("References to stand near"),
    "about_da": _("Text for visitors in Danish"),
    "about_en": _("Text for visitors in English"),
}
