"""What an organisation that comes back need not tell again."""

from __future__ import annotations

from datetime import date

from eventsys.applications.rules.parts import AttachmentPurpose

# Declarations are left out: they are made for one event. So are the days, which are others.
TAKEN_OVER = (
    "crew", "width_cm", "power_watts", "appliances", "needs_three_phase", "needs_water", "uses_gas", "uses_open_fire",
    "plays_amplified_sound", "needs_vehicle_access", "needs_step_free", "has_children_activities", "sells_food",
    "cuisine", "dietary", "allergens", "food_registration", "about", "near_wish", "apart_wish",
)  # fmt: skip


# Where one of these is told, or a dish, a document or an answer is there, somebody has begun to fill in: taking over
# would write over it.
SHOW_A_BEGINNING = ("days", "crew", "width_cm", "power_watts", "about", "cuisine")


def still_holds(purpose: AttachmentPurpose, expires_on: date | None, *, until: date) -> bool:
    """Whether a document of an earlier year is of use until a day: pictures are, others when they say so."""
    if purpose in {AttachmentPurpose.LOGO, AttachmentPurpose.BOOTH_PHOTO}:
        return True
    return expires_on is not None and expires_on >= until
