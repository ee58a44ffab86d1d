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


MOST_ATTACHMENTS = 12


def purposes_of(*, sells_food: bool, uses_gas: bool) -> list[AttachmentPurpose]:
    """What an applicant may send: a food control report only with food, a gas certificate only with gas."""
    left_out = {
        *(() if sells_food else (AttachmentPurpose.FOOD_CONTROL,)),
        *(() if uses_gas else (AttachmentPurpose.GAS_CERTIFICATE,)),
    }
    return [purpose for purpose in AttachmentPurpose if purpose not in left_out]


class AllergenStatement(StrEnum):
    """What a dish says about one allergen; nothing said is a fourth case, and never "none"."""

    CONTAINS = "contains"
    MAY_CONTAIN = "may_contain"
    FREE_OF = "free_of"


class AccessOutcome(StrEnum):
    """What the person known at an organisation answers to somebody who asks to be let in."""

    GRANTED = "granted"
    DENIED = "denied"


class AmendmentOutcome(StrEnum):
    """How a change asked for after the approval ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    RETRACTED = "retracted"
