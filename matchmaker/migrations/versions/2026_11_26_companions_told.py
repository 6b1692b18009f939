"""What coordinators who sit in on meetings were last told of them."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_companions"
down_revision = "2026_11_26_newcomers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_companions_told",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_event_companions_told_user_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["need_id"], ["event_participants.id"], name=op.f("fk_event_companions_told_need_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["offer_id"], ["event_participants.id"], name=op.f("fk_event_companions_told_offer_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_companions_told_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["slot_id"], ["event_slots.id"], name=op.f("fk_event_companions_told_slot_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["table_id"], ["event_tables.id"], name=op.f("fk_event_companions_told_table_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "need_id", "offer_id", name=op.f("pk_event_companions_told")),
    )
    with op.batch_alter_table("event_companions_told", schema=None) as batch_op:
        for column in ("need_id", "offer_id", "event_id", "slot_id", "table_id"):
            batch_op.create_index(batch_op.f(f"ix_event_companions_told_{column}"), [column], unique=False)


def downgrade() -> None:
    op.drop_table("event_companions_told")
