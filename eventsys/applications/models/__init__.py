"""Applications and what hangs on them: `application`, its `parts`, `places` under a limit, what `reviewing` adds."""

from eventsys.applications.models.application import ApplicantLink, Application, Transition
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

__all__ = [
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
    "Tag",
    "Transition",
]
