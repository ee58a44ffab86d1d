"""The same questionnaire put to an edition once more, so many months later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.checks import add_check, change_unique, drop_check

revision = "0034"
down_revision = "0033"

ONCE = ("edition_id", "instrument_id")
EACH_TIME = (*ONCE, "months_after")

LATER = (
    "SELECT again.id FROM survey AS again JOIN survey AS first ON first.edition_id = again.edition_id"
    " AND first.instrument_id = again.instrument_id AND first.months_after < again.months_after"
)


def upgrade() -> None:
    """Forwards."""
    op.add_column("survey", sa.Column("months_after", sa.Integer(), nullable=False, server_default="0"))
    add_check("survey", "ck_survey_months_after", "months_after >= 0")
    change_unique("survey", ONCE, EACH_TIME)


def downgrade() -> None:
    """Back. Of several surveys with one questionnaire the first stays; what was asked later goes with its answers."""
    for part in ("answer", "attribution"):
        op.execute(f"DELETE FROM {part} WHERE response_id IN (SELECT id FROM response WHERE survey_id IN ({LATER}))")  # noqa: S608 - our own words
    op.execute(f"DELETE FROM response WHERE survey_id IN ({LATER})")  # noqa: S608 - our own words
    for part in ("answer_import", "survey_draft", "text_tag", "survey_invitation", "survey_audience"):
        op.execute(f"DELETE FROM {part} WHERE survey_id IN ({LATER})")  # noqa: S608 - our own words
    op.execute(f"DELETE FROM survey WHERE id IN ({LATER})")  # noqa: S608 - our own words
    change_unique("survey", EACH_TIME, ONCE)
    drop_check("survey", "ck_survey_months_after")
    op.drop_column("survey", "months_after")
