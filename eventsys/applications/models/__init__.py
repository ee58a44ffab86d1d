"""Applications and what hangs on them: `application`, `access` to it, its `parts`, `places` under a limit, what `reviewing` adds."""

from eventsys.applications.models.access import AccessRequest, ApplicantLink
from eventsys.applications.models.application import Application, Transition
from eventsys.applications.models.parts import Amendment, Attachment, Dish, QuestionAnswer, Revision
from eventsys.applications.models.places import Offer, PlaceLimit
from eventsys.applications.models.reviewing import (
    ApplicationTag,
    AssignedReviewer,
    Batch,
    Note,
    SavedView,
    Tag,
)
from eventsys.applications.models.sheets import SheetImport

__all__ = [
    "AccessRequest",
    "Amendment",
    "ApplicantLink",
    "Application",
    "ApplicationTag",
    "AssignedReviewer",
    "Attachment",
    "Batch",
    "Dish",
    "Note",
    "Offer",
    "PlaceLimit",
    "QuestionAnswer",
    "Revision",
    "SavedView",
    "SheetImport",
    "Tag",
    "Transition",
]
