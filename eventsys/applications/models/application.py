"""Applications and their history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.applications.rules.states import Act, State
from eventsys.base.db import Model, Texts, db, enumerated, internal, personal, public, sensitive
from eventsys.editions.models import Edition
from eventsys.organisations.models import Organisation

KEEP_DAYS = 365
# Open as long as anybody may take it to be: a decision that is staged is not known outside.
OPEN = "state NOT IN ('rejected', 'withdrawn') OR announced_state NOT IN ('rejected', 'withdrawn')"


class Application(Model):
    """A request of an organisation to take part in an edition: one record from draft to history."""

    __table_args__ = (
        UniqueConstraint("edition_id", "reference"),
        Index(
            "uq_application_open",
            "edition_id",
            "organisation_id",
            unique=True,
            sqlite_where=db.text(OPEN),
            postgresql_where=db.text(OPEN),
        ),
        CheckConstraint("days BETWEEN 0 AND 65535", name="days"),
        CheckConstraint("crew IS NULL OR crew >= 0", name="crew"),
        CheckConstraint("width_cm IS NULL OR width_cm > 0", name="width_cm"),
        CheckConstraint("power_watts IS NULL OR power_watts >= 0", name="power_watts"),
        CheckConstraint("state IN ('draft', 'withdrawn') OR submitted_at IS NOT NULL", name="submitted_at"),
        CheckConstraint(
            "(state = 'waitlisted' OR announced_state = 'waitlisted') = (waitlist_rank IS NOT NULL)",
            name="waitlist_rank",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # In addresses and mails; random.
    code: Mapped[str] = internal(unique=True)
    # The organisers' own number; made from the edition when nobody gives one.
    reference: Mapped[str] = internal()
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[State] = mapped_column(default=State.DRAFT, index=True)
    # What everybody outside the team sees: the state that was last told. It differs while a decision is staged.
    announced_state: Mapped[State] = mapped_column(
        enumerated(State, "announced_state"), default=State.DRAFT, index=True
    )
    # Whom to write to about this application, and in which language; copied so that a draft has them at once.
    email: Mapped[str] = personal("reached about the application", keep_days=KEEP_DAYS)
    language: Mapped[str] = sensitive("mails in the reader's language", keep_days=KEEP_DAYS, default="da")
    # When the link in the first mail was opened: the address is theirs. Imported ones count as confirmed.
    email_confirmed_at: Mapped[datetime | None]
    # Bit n-1 for day n, as on a pass.
    days: Mapped[int] = mapped_column(default=0)
    crew: Mapped[int | None]
    width_cm: Mapped[int | None]
    power_watts: Mapped[int | None]
    # [{"key": "fridge", "count": 2, "watts": 200}]; where there are any, `power_watts` is their sum.
    appliances: Mapped[list[Any]] = internal(default=list)
    needs_three_phase: Mapped[bool] = mapped_column(default=False)
    needs_water: Mapped[bool] = mapped_column(default=False)
    uses_gas: Mapped[bool] = mapped_column(default=False)
    uses_open_fire: Mapped[bool] = mapped_column(default=False)
    plays_amplified_sound: Mapped[bool] = mapped_column(default=False)
    needs_vehicle_access: Mapped[bool] = mapped_column(default=False)
    needs_step_free: Mapped[bool] = mapped_column(default=False)
    has_children_activities: Mapped[bool] = mapped_column(default=False)
    # The association declares that it has obtained the background checks (børneattester) that the law asks for.
    declares_background_checks: Mapped[bool] = mapped_column(default=False)
    # Stated by the organisation; empty when it hasn't said.
    has_liability_insurance: Mapped[bool | None]
    sells_food: Mapped[bool] = mapped_column(default=False)
    cuisine: Mapped[str] = public(default="")
    dietary: Mapped[list[str]] = public(default=list)
    # Keys of Regulation (EU) 1169/2011, annex II; None = not stated, which is never "none".
    allergens: Mapped[list[str] | None] = public()
    food_registration: Mapped[str] = public(default="")
    # Declares to sell so seldom that no registration is needed (bagatelgrænsen).
    is_below_food_limit: Mapped[bool] = mapped_column(default=False)
    has_taken_part_before: Mapped[bool] = mapped_column(default=False)
    is_in_development_course: Mapped[bool] = mapped_column(default=False)
    # What visitors read about the booth.
    about: Mapped[Texts] = public(default=dict)
    # Whom they wish to stand near or apart from, in their own words; private.
    near_wish: Mapped[str] = internal(default="")
    apart_wish: Mapped[str] = internal(default="")
    # References that must not stand within ten metres, and wished neighbours; private to organisers.
    keep_apart: Mapped[list[str]] = internal(default=list)
    next_to: Mapped[list[str]] = internal(default=list)
    consented_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    # When the last decision was taken, empty while there is none; and when `announced_state` was told.
    decided_at: Mapped[datetime | None]
    announced_at: Mapped[datetime | None]
    # What the applicant is told with the decision, or asked to change.
    decision_note: Mapped[str] = internal(default="")
    # The words that came with what was last told.
    announced_note: Mapped[str] = internal(default="")
    # What organisers keep to themselves about the decision.
    kept_note: Mapped[str] = internal(default="")
    # Fields that are asked to be changed, each with the words for it.
    asked: Mapped[dict[str, str]] = internal(default=dict)
    # A decision that is staged and was left out when others were announced: so it stays out until somebody says otherwise.
    is_held_back: Mapped[bool] = mapped_column(default=False)
    # The place on the waiting list among the edition's applications of the same kind: the lowest comes first.
    waitlist_rank: Mapped[int | None]
    # Folded words of all that is told, for finding it; written by actions.
    search_text: Mapped[str] = personal("found by its words", keep_days=KEEP_DAYS, default="")
    edition: Mapped[Edition] = relationship(lazy="joined")
    organisation: Mapped[Organisation] = relationship(lazy="joined")


class Transition(Model):
    """One step in an application's history: who, when, from, to, why. Append-only by trigger."""

    __table_args__ = (CheckConstraint("from_state <> to_state OR act = 'submit'", name="changes_state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str] = internal()
    act: Mapped[Act]
    from_state: Mapped[State] = mapped_column(enumerated(State, "from_state"))
    to_state: Mapped[State] = mapped_column(enumerated(State, "to_state"))
    note: Mapped[str] = internal(default="")
    # What the team kept to itself about the decision.
    kept: Mapped[str] = internal(default="")
