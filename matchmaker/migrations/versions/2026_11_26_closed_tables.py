"""A table may be closed from some time on."""

import sqlalchemy as sa
from alembic import op

import matchmaker.core.database

revision = "2026_11_26_closed"
down_revision = "2026_11_26_attached"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("event_tables", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("closed_from", matchmaker.core.database.Moment(timezone=True), nullable=True, comment="holds nothing in slots that begin then or later")
        )


def downgrade() -> None:
    with op.batch_alter_table("event_tables", schema=None) as batch_op:
        batch_op.drop_column("closed_from")
