"""What people read about applications: `refusals`, `words` for states and acts, `content` of what is told."""

from eventsys.applications.texts.content import (
    ALLERGENS,
    APPLIANCES,
    ASKED_BACK,
    DIETS,
    DOUBTS,
    FIELDS,
    MISSING,
    PURPOSES,
    STATEMENTS,
)
from eventsys.applications.texts.mails import LETTERS, PLACEHOLDERS
from eventsys.applications.texts.refusals import TEXTS, code_of
from eventsys.applications.texts.sheets import SHEET_COLUMNS, SHEET_STATES
from eventsys.applications.texts.words import (
    ACTORS,
    ACTS,
    BATCH_ACTS,
    BATCH_STATES,
    COLUMN_WORDS,
    MAIL_STATES,
    NEXT,
    SORTS,
    STATES,
    STEPS,
    STORY,
    TITLES,
    TONES,
    WANTS,
)

__all__ = [
    "ACTORS",
    "ACTS",
    "ALLERGENS",
    "APPLIANCES",
    "ASKED_BACK",
    "BATCH_ACTS",
    "BATCH_STATES",
    "COLUMN_WORDS",
    "DIETS",
    "DOUBTS",
    "FIELDS",
    "LETTERS",
    "MAIL_STATES",
    "MISSING",
    "NEXT",
    "PLACEHOLDERS",
    "PURPOSES",
    "SHEET_COLUMNS",
    "SHEET_STATES",
    "SORTS",
    "STATEMENTS",
    "STATES",
    "STEPS",
    "STORY",
    "TEXTS",
    "TITLES",
    "TONES",
    "WANTS",
    "code_of",
]
