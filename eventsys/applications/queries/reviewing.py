"""What organisers have added to applications: notes, tags, reviewers; what is known from earlier years."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, func, select

from eventsys.accounts.models import User
from eventsys.applications.models import Application, ApplicationTag, AssignedReviewer, Attachment, Note, Tag
from eventsys.applications.rules.parts import AttachmentPurpose
from eventsys.applications.rules.states import OPEN, State
from eventsys.base.db import db
from eventsys.editions.models import Edition


def notes_of(application: Application) -> Sequence[Note]:
    """The team's notes about an application, the latest first."""
    return db.session.scalars(select(Note).where(Note.application_id == application.id).order_by(Note.id.desc())).all()


def note(application: Application, code: str) -> Note | None:
    """One note about an application."""
    return db.session.scalar(select(Note).where(Note.application_id == application.id, Note.code == code))


def tags_on(edition: Edition) -> Sequence[Tag]:
    """The tags that stick on applications of an edition, by name."""
    is_used = exists().where(ApplicationTag.tag_id == Tag.id)
    listed = select(Tag).where(Tag.edition_id == edition.id, is_used).order_by(func.lower(Tag.name))
    return db.session.scalars(listed).all()


def tags_of(application: Application) -> Sequence[Tag]:
    """The tags of an application, by name."""
    return db.session.scalars(
        select(Tag)
        .join(ApplicationTag, ApplicationTag.tag_id == Tag.id)
        .where(ApplicationTag.application_id == application.id)
        .order_by(func.lower(Tag.name))
    ).all()


def tag_named(edition: Edition, name: str) -> Tag | None:
    """The tag with this name, whichever its letters' case; also one that sticks nowhere now."""
    every = db.session.scalars(select(Tag).where(Tag.edition_id == edition.id).order_by(Tag.id))
    return next((tag for tag in every if tag.name.casefold() == name.casefold()), None)


def tag(edition: Edition, code: str) -> Tag | None:
    """One tag of an edition."""
    return db.session.scalar(select(Tag).where(Tag.edition_id == edition.id, Tag.code == code))


def reviewers_of(application: Application) -> Sequence[User]:
    """Who is asked to look at an application, by name."""
    return db.session.scalars(
        select(User)
        .join(AssignedReviewer, AssignedReviewer.user_id == User.id)
        .where(AssignedReviewer.application_id == application.id)
        .order_by(User.name)
    ).all()


def earlier_of(application: Application) -> Sequence[Application]:
    """What the same organisation sent to other editions, the latest edition first; drafts are nobody's business."""
    return db.session.scalars(
        select(Application)
        .join(Application.edition)
        .where(
            Application.organisation_id == application.organisation_id,
            Application.edition_id != application.edition_id,
            Application.announced_state != State.DRAFT,
        )
        .order_by(Edition.starts_on.desc())
    ).all()


def has_same_address(application: Application) -> bool:
    """Whether another organisation's open application at the edition is written to at the same mail address."""
    other = exists().where(
        Application.edition_id == application.edition_id,
        Application.organisation_id != application.organisation_id,
        Application.email == application.email,
        Application.state.in_(OPEN),
        Application.state != State.DRAFT,
    )
    return bool(db.session.scalar(select(other)))


def attachments_of(application: Application) -> Sequence[Attachment]:
    """The documents and the logo of an application, the latest last."""
    return db.session.scalars(
        select(Attachment).where(Attachment.application_id == application.id).order_by(Attachment.id)
    ).all()


def attachment(application: Application, file_code: str) -> Attachment | None:
    """The document of an application whose file has this code."""
    return next((one for one in attachments_of(application) if one.file.code == file_code), None)


def logo_of(application: Application) -> Attachment | None:
    """The logo of an application, if it has sent one."""
    return next((one for one in attachments_of(application) if one.purpose is AttachmentPurpose.LOGO), None)
