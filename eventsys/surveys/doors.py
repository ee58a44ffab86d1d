"""How a respondent comes to a survey: by a link of their own, by a poster, or at a tablet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eventsys.base.ids import hash_of
from eventsys.surveys import asked, queries
from eventsys.surveys.models import Survey, SurveyAudience, SurveyInvitation
from eventsys.surveys.rules.answering import pages_of
from eventsys.surveys.rules.asking import Phase, phase_of
from eventsys.surveys.rules.instruments import Item


@dataclass(frozen=True, slots=True)
class Door:
    """Who is asked by which address. Without an invitation whoever comes may answer."""

    asked: SurveyAudience
    path: str
    invitation: SurveyInvitation | None = None
    is_kiosk: bool = False

    @property
    def survey(self) -> Survey:
        """What is asked here."""
        return self.asked.survey

    @property
    def is_answered(self) -> bool:
        """Whether an answer came by this link already."""
        return self.invitation is not None and self.invitation.is_spent

    @property
    def is_by_name(self) -> bool:
        """Whether the organisers see whose answer it is."""
        return self.asked.is_attributed

    @property
    def pages(self) -> tuple[tuple[Item, ...], ...]:
        """What is asked here, page by page."""
        return pages_of(queries.as_rules(self.survey.instrument), self.asked.audience)

    def items_on(self, number: int) -> tuple[Item, ...]:
        """The items of a page; none where there is no such page."""
        return self.pages[number - 1] if 0 < number <= len(self.pages) else ()

    def page(self, number: int) -> str:
        """The address of a page."""
        return f"{self.path}?page={number}"

    def phase(self, now: datetime) -> Phase:
        """Where the survey stands."""
        return phase_of(self.survey.opens_at, self.survey.closes_at, now=now)


def by_link(token: str, path: str) -> Door | None:
    """The door that a mailed link opens."""
    invitation = asked.by_token_hash(hash_of(token))
    row = asked.audience_by_key(invitation.survey_id, invitation.audience) if invitation is not None else None
    return None if row is None else Door(row, path, invitation)


def by_poster(code: str, path: str) -> Door | None:
    """The door that is open to everybody who sees the poster."""
    row = asked.by_poster(code)
    return None if row is None else Door(row, path)


def by_kiosk(code: str, path: str) -> Door | None:
    """The tablet at the exit."""
    row = asked.by_kiosk(code)
    return None if row is None else Door(row, path, is_kiosk=True)
