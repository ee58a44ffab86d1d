"""The database: typed base class, column kinds, data classes of columns, and how a connection is opened."""

from __future__ import annotations

import sqlite3
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import psycopg
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, Dialect, Engine, Enum, MetaData, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column, registry
from sqlalchemy.types import DateTime, TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Texts = dict[str, str]  # A text per language code; "da" and "en" are expected, others welcome.


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. A naive one is an error, never a guess."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To the database: UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment in the database needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From the database: aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enumerated(kind: type[StrEnum], name: str) -> Enum:
    """An enum's type with a name for its check constraint: for a second column of one kind in a table."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


# Flask-SQLAlchemy 3.1 rebuilds the base class, so both must sit in an explicit registry
# (pallets-eco/flask-sqlalchemy#1361).
class Base(DeclarativeBase):
    """The parent of every model."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: UTCDateTime,
            StrEnum: Enum(
                StrEnum,
                native_enum=False,
                create_constraint=True,
                length=40,
                values_callable=lambda members: [member.value for member in members],
            ),
            dict[str, str]: JSON,
            dict[str, Any]: JSON,
            list[str]: JSON,
            list[Any]: JSON,
        },
    )


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:

    class Model(Base):
        """What models inherit from, as type checkers see it."""

        __abstract__ = True

else:
    Model = db.Model


class DataClass(StrEnum):
    """Who a column's content concerns: everybody, the organisers, a person, a person's protected sides."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


def public(**options: Any) -> MappedColumn[Any]:
    """A column that anybody may read."""
    return mapped_column(info={"class": DataClass.PUBLIC}, **options)


def internal(**options: Any) -> MappedColumn[Any]:
    """A column for those who run the event; it says nothing about a person."""
    return mapped_column(info={"class": DataClass.INTERNAL}, **options)


def personal(purpose: str, *, keep_days: int, **options: Any) -> MappedColumn[Any]:
    """A column about a person: why it is kept, and for how many days after the edition's last day."""
    return mapped_column(info={"class": DataClass.PERSONAL, "purpose": purpose, "keep_days": keep_days}, **options)


def sensitive(purpose: str, *, keep_days: int, **options: Any) -> MappedColumn[Any]:
    """A column that may reveal a person's belief or origin (GDPR article 9): as `personal`."""
    return mapped_column(info={"class": DataClass.SENSITIVE, "purpose": purpose, "keep_days": keep_days}, **options)


# Whether what runs now means to write. SQLite then takes its lock at the start, so that two writers wait
# for each other instead of one failing when it turns from reading to writing.
writing: ContextVar[bool] = ContextVar("writing", default=False)

BUSY_TIMEOUT_MS = 15_000


@event.listens_for(Engine, "connect")
def _open_sqlite(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # We say BEGIN ourselves, below.
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            "journal_mode = WAL",
            "foreign_keys = ON",
            "synchronous = FULL",
        ):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "connect")
def _open_postgresql(connection: Any, _record: object) -> None:
    if isinstance(connection, psycopg.Connection):
        # In the server's own zone the first and the last moments that Python knows can be written, but not read again.
        connection.execute("SET TIME ZONE 'UTC'")
        connection.commit()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")
