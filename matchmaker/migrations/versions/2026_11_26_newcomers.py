"""Events: those who ask to take part and are not in the service yet."""

import sqlalchemy as sa
from alembic import op

import matchmaker.core.database

revision = "2026_11_26_newcomers"
down_revision = "2026_11_26_closed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_newcomers",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("organisation_name", sa.String(length=200), nullable=False),
        sa.Column("department", sa.String(length=120), nullable=False),
        sa.Column("org_number", sa.String(length=9), nullable=False),
        sa.Column("municipality_number", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("words", sa.Text(), nullable=False, comment="what they need or offer"),
        sa.Column("locale", sa.String(length=5), nullable=False, comment="of the page it was written on"),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="why it was declined"),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'approved', 'declined')", name=op.f("ck_event_newcomers_state")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_event_newcomers_decided_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_newcomers_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["participant_id"], ["event_participants.id"], name=op.f("fk_event_newcomers_participant_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_newcomers")),
    )
    with op.batch_alter_table("event_newcomers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_newcomers_event_id"), ["event_id"], unique=False)


def downgrade() -> None:
    op.drop_table("event_newcomers")
