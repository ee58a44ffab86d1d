"""Instruments with their items; surveys; responses that lead back to nobody."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.base.db import Model, Texts, enumerated, internal, personal, public, sensitive
from eventsys.editions.models import Edition
from eventsys.organisations.models import Organisation
from eventsys.surveys.rules.instruments import LARGEST_NUMBER, Audience, InstrumentState, ItemKind

KEEP_DAYS = 3650
INVITATION_KEEP_DAYS = 365


class ResponseEntry(StrEnum):
    """How a response came in."""

    WEB = "web"
    PAPER = "paper"
    IMPORT = "import"


class Instrument(Model):
    """A version of a questionnaire. Triggers refuse changes once it is published (migration 0011)."""

    __table_args__ = (
        UniqueConstraint("key", "version"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published_at"),
        CheckConstraint("removed_at IS NULL OR state = 'draft'", name="removed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = public()
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[Texts] = public()
    state: Mapped[InstrumentState] = mapped_column(default=InstrumentState.DRAFT)
    published_at: Mapped[datetime | None]
    # Declared before the first answer: by what results may be split.
    breakdowns: Mapped[list[str]] = public(default=list)
    # Items that were taken out of the draft, each with its place: until it is published they can be put back.
    removed_items: Mapped[list[Any]] = public(default=list, server_default="[]")
    # When the draft was thrown away; it can be taken up again.
    removed_at: Mapped[datetime | None]
    items: Mapped[list[Item]] = relationship(order_by="Item.position", lazy="selectin")

    @property
    def code(self) -> str:
        """What the version is called in addresses and in the audit trail."""
        return f"{self.key}.{self.version}"


class Item(Model):
    """One question with its scale and texts."""

    __table_args__ = (
        UniqueConstraint("instrument_id", "key"),
        UniqueConstraint("instrument_id", "position"),
        CheckConstraint("lowest <= highest", name="bounds"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = public()
    position: Mapped[int]
    kind: Mapped[ItemKind]
    text: Mapped[Texts] = public()
    # Each with value, text per language, whether it is positive and whether it is an opinion.
    options: Mapped[list[Any]] = public(default=list)
    # Audiences that are asked this; empty for all.
    audiences: Mapped[list[str]] = public(default=list)
    is_required: Mapped[bool] = mapped_column(default=False)
    # By which answer before it this is asked at all: an item's key and values; empty for always.
    shown_if: Mapped[dict[str, Any]] = public(default=dict, server_default="{}")
    # Bounds of a number; a rating goes from 0 to 10.
    lowest: Mapped[int] = mapped_column(default=0)
    highest: Mapped[int] = mapped_column(default=LARGEST_NUMBER)


class Survey(Model):
    """An instrument put to the audiences of an edition."""

    __table_args__ = (
        UniqueConstraint("edition_id", "instrument_id", "months_after"),
        CheckConstraint("months_after >= 0", name="months_after"),
        CheckConstraint("closes_at IS NULL OR closes_at > opens_at", name="order"),
        CheckConstraint(
            "second_reminder_at IS NULL OR first_reminder_at IS NOT NULL AND second_reminder_at > first_reminder_at",
            name="reminders",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id"))
    # How many months after the edition it asks again; 0 for the first time.
    months_after: Mapped[int] = mapped_column(default=0, server_default="0")
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    # From when on those are reminded who haven't answered.
    first_reminder_at: Mapped[datetime | None]
    second_reminder_at: Mapped[datetime | None]
    # When responses and invitations were last rewritten in the order of their keys.
    rewritten_at: Mapped[datetime | None]
    instrument: Mapped[Instrument] = relationship(lazy="joined")
    edition: Mapped[Edition] = relationship(lazy="joined")


class SurveyAudience(Model):
    """That an audience is asked, and whether its answers stand under the organisation's name."""

    __table_args__ = (
        UniqueConstraint("survey_id", "audience", "is_attributed"),
        CheckConstraint("is_attributed = false OR audience IN ('association', 'restaurant')", name="attributed"),
        CheckConstraint("(poster_code IS NULL) = (kiosk_code IS NULL)", name="kiosk"),
        CheckConstraint("replaced >= 0", name="replaced"),
    )

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True)
    audience: Mapped[Audience] = mapped_column(primary_key=True)
    is_attributed: Mapped[bool] = mapped_column(default=False)
    # In the address on the poster, which is for everybody, and of the tablet at the exit.
    poster_code: Mapped[str | None] = internal(unique=True)
    kiosk_code: Mapped[str | None] = internal(unique=True)
    # How many attributed responses gave way to a later one of the same organisation.
    replaced: Mapped[int] = mapped_column(default=0)
    survey: Mapped[Survey] = relationship(lazy="joined")


class SurveyInvitation(Model):
    """That somebody was asked, and whether the link is spent. It knows no response, and nothing of when it was spent."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["survey_id", "audience"], ["survey_audience.survey_id", "survey_audience.audience"], ondelete="CASCADE"
        ),
        UniqueConstraint("survey_id", "organisation_id"),
        UniqueConstraint("survey_id", "audience", "email"),
        CheckConstraint("length(id) = 32", name="random_id"),
        CheckConstraint("organisation_id IS NOT NULL OR email IS NOT NULL", name="whom"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("reminders BETWEEN 0 AND 2", name="reminders"),
        CheckConstraint("reminders = 0 OR invited_at IS NOT NULL", name="invited"),
        {"sqlite_with_rowid": False},
    )

    # 16 random bytes in hex: like responses these have no order.
    id: Mapped[str] = internal(primary_key=True)
    survey_id: Mapped[int]
    audience: Mapped[Audience] = mapped_column(enumerated(Audience, "invited_audience"))
    # An organisation has one invitation, whoever of its contacts uses it; others are known by their mail address.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    email: Mapped[str | None] = personal("is asked by mail", keep_days=INVITATION_KEEP_DAYS)
    language: Mapped[str] = sensitive("mails in the reader's language", keep_days=INVITATION_KEEP_DAYS, default="da")
    token_hash: Mapped[str] = internal(unique=True)
    invited_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0)
    # While an answer is being stored; empty again once it is, so that nothing tells when.
    reserved_until: Mapped[datetime | None]
    is_spent: Mapped[bool] = mapped_column(default=False)
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class SurveyDraft(Model):
    """A half-finished response, locked with a key that only the respondent's device has."""

    __table_args__ = (CheckConstraint("length(id) = 64", name="id"), {"sqlite_with_rowid": False})

    # A hash of the key.
    id: Mapped[str] = internal(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"), index=True)
    content: Mapped[bytes]
    kept_on: Mapped[date]


class Response(Model):
    """What one respondent gave. Random key, no rowid, no time but the day: nothing leads back."""

    __table_args__ = (
        CheckConstraint("length(id) = 32", name="random_id"),
        Index("ix_response_survey", "survey_id"),
        {"sqlite_with_rowid": False},
    )

    # 16 random bytes in hex; never a uuid7, never a counter (`architecture.md` §12).
    id: Mapped[str] = internal(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    audience: Mapped[str] = internal()
    language: Mapped[str] = sensitive("results by language", keep_days=KEEP_DAYS)
    # Only the breakdowns that the instrument declared.
    breakdowns: Mapped[dict[str, Any]] = sensitive("declared breakdowns", keep_days=KEEP_DAYS, default=dict)
    # Of those that came by a link only until the next rewrite, which puts the survey's first day: beside the days of
    # reminders it would tell who answered before them.
    answered_on: Mapped[date]
    entry: Mapped[ResponseEntry]


class AnswerImport(Model):
    """That a file of answers is in, so that a second import changes nothing. Leads to no response."""

    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    # SHA-256 of the file.
    digest: Mapped[str] = internal(primary_key=True)
    imported_at: Mapped[datetime]


class Answer(Model):
    """The value that a response gives for one item."""

    __table_args__ = (
        ForeignKeyConstraint(["response_id"], ["response.id"], ondelete="CASCADE"),
        Index("ix_answer_item", "item_id", "value"),
        {"sqlite_with_rowid": False},
    )

    response_id: Mapped[str] = internal(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    # One option's value, a number as text, or free text; several options as a JSON list.
    value: Mapped[str] = sensitive("what was answered", keep_days=KEEP_DAYS)


class Attribution(Model):
    """Whose response it is, where the audience is attributed: the database refuses one for any other audience."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["survey_id", "audience", "is_attributed"],
            ["survey_audience.survey_id", "survey_audience.audience", "survey_audience.is_attributed"],
        ),
        ForeignKeyConstraint(["response_id"], ["response.id"], ondelete="CASCADE"),
        UniqueConstraint("survey_id", "organisation_id"),
        CheckConstraint("is_attributed = true", name="is_attributed"),
        {"sqlite_with_rowid": False},
    )

    response_id: Mapped[str] = internal(primary_key=True)
    survey_id: Mapped[int]
    audience: Mapped[Audience] = mapped_column(enumerated(Audience, "attributed_audience"))
    is_attributed: Mapped[bool] = mapped_column(default=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    organisation: Mapped[Organisation] = relationship(lazy="joined")


class TextTag(Model):
    """A word that an organiser stuck on a free text, for whoever wrote exactly this. It knows no response."""

    __table_args__ = (
        CheckConstraint("length(text_key) = 64", name="text_key"),
        CheckConstraint("length(name) BETWEEN 1 AND 40", name="name"),
        {"sqlite_with_rowid": False},
    )

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True, index=True)
    # SHA-256 of the text (`rules.free_text.key_of`): an answer's own key would stand beside other answers of the same person.
    text_key: Mapped[str] = internal(primary_key=True)
    name: Mapped[str] = internal(primary_key=True)
