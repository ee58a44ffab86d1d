"""Instruments with their items; surveys; responses that lead back to nobody."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.base.db import Model, Texts, internal, public, sensitive
from eventsys.surveys.rules.instruments import LARGEST_NUMBER, InstrumentState, ItemKind

KEEP_DAYS = 3650


class ResponseEntry(StrEnum):
    """How a response came in."""

    WEB = "web"
    PAPER = "paper"
    IMPORT = "import"


class Instrument(Model):
    """A version of a questionnaire. Triggers refuse changes once it is published (migration 0001)."""

    __table_args__ = (
        UniqueConstraint("key", "version"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = public()
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[Texts] = public()
    state: Mapped[InstrumentState] = mapped_column(default=InstrumentState.DRAFT)
    published_at: Mapped[datetime | None]
    # Declared before the first answer: by what results may be split.
    breakdowns: Mapped[list[str]] = public(default=list)
    items: Mapped[list[Item]] = relationship(order_by="Item.position", lazy="selectin")


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
    # Bounds of a number; a rating goes from 0 to 10.
    lowest: Mapped[int] = mapped_column(default=0)
    highest: Mapped[int] = mapped_column(default=LARGEST_NUMBER)


class Survey(Model):
    """An instrument put to the audiences of an edition."""

    __table_args__ = (
        UniqueConstraint("edition_id", "instrument_id"),
        CheckConstraint("closes_at IS NULL OR closes_at > opens_at", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id"))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    instrument: Mapped[Instrument] = relationship(lazy="joined")


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
