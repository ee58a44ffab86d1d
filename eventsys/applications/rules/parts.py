"""The kinds of things that belong to an application."""

from __future__ import annotations

from enum import StrEnum


class AttachmentPurpose(StrEnum):
    """What a document shows."""

    LOGO = "logo"
    FOOD_CONTROL = "food_control"
    GAS_CERTIFICATE = "gas_certificate"
    INSURANCE = "insurance"
    BOOTH_PHOTO = "booth_photo"
    OTHER = "other"


class AllergenStatement(StrEnum):
    """What a dish says about one allergen; nothing said is a fourth case, and never "none"."""

    CONTAINS = "contains"
    MAY_CONTAIN = "may_contain"
    FREE_OF = "free_of"


class AmendmentOutcome(StrEnum):
    """How a change asked for after the approval ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    RETRACTED = "retracted"
