"""The ground: the site of an edition, its electric boards, pitches, and what else stands or lies there."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.base.db import Model, internal, public
from eventsys.booths.rules.features import FeatureKind
from eventsys.files.models import StoredFile


class Site(Model):
    """The ground of an edition."""

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), unique=True)
    name: Mapped[str] = public(default="")
    # Counts each change of the drawing: two who draw at once don't overwrite each other.
    version: Mapped[int] = mapped_column(default=0)


class Board(Model):
    """An electric board."""

    __table_args__ = (
        UniqueConstraint("site_id", "code"),
        CheckConstraint("capacity_watts >= 0", name="capacity_watts"),
        CheckConstraint("phases IN (1, 3)", name="phases"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = public()
    capacity_watts: Mapped[int]
    phases: Mapped[int] = mapped_column(default=3)
    # [longitude, latitude], WGS 84; empty when nobody has drawn it.
    position: Mapped[list[Any] | None] = public()


class Pitch(Model):
    """A fixed place on the ground with what it offers."""

    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        CheckConstraint("width_cm > 0", name="width_cm"),
        CheckConstraint("depth_cm > 0", name="depth_cm"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), index=True)
    board_id: Mapped[int | None] = mapped_column(ForeignKey("board.id"), index=True)
    number: Mapped[str] = public()
    # Ring of [longitude, latitude], WGS 84, closed.
    polygon: Mapped[list[Any]] = public()
    width_cm: Mapped[int]
    depth_cm: Mapped[int]
    zone: Mapped[str] = public(default="")
    side: Mapped[str] = public(default="")
    # Distance along the kerb of `side`.
    along_cm: Mapped[int | None]
    has_three_phase: Mapped[bool] = mapped_column(default=False)
    has_water: Mapped[bool] = mapped_column(default=False)
    allows_gas: Mapped[bool] = mapped_column(default=False)
    allows_open_fire: Mapped[bool] = mapped_column(default=False)
    allows_amplified_sound: Mapped[bool] = mapped_column(default=False)
    has_vehicle_access: Mapped[bool] = mapped_column(default=False)
    is_step_free: Mapped[bool] = mapped_column(default=False)
    # Out of the way: who stood there comes first for another place the next time.
    is_remote: Mapped[bool] = mapped_column(default=False)
    board: Mapped[Board | None] = relationship(lazy="joined")


class SiteFeature(Model):
    """Something else on the ground: a water point, a fire lane, a stage, a gate, a quiet zone."""

    __table_args__ = (
        UniqueConstraint("site_id", "code"),
        CheckConstraint("width_cm IS NULL OR width_cm > 0", name="width_cm"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = public()
    kind: Mapped[FeatureKind]
    # What people call it, such as "Main stage"; empty: its kind says enough.
    label: Mapped[str] = public(default="")
    # GeoJSON (RFC 7946): type and coordinates, WGS 84.
    geometry: Mapped[dict[str, Any]] = public()
    # Of a fire lane that is drawn as a line.
    width_cm: Mapped[int | None]


class SiteBackground(Model):
    """A picture beneath the plan, for those who draw: an aerial view, an architect's drawing."""

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), unique=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    # Two points of it: [{pixel: [u, v], position: [longitude, latitude]}]; empty until it has been laid on the plan.
    points: Mapped[list[Any]] = internal(default=list)
    file: Mapped[StoredFile] = relationship(lazy="joined")
