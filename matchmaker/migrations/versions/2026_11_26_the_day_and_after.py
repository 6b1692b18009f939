"""Events: answers, substitutes, arrivals, reports of meetings, feedback; a third at the table, unexpected meetings."""

import sqlalchemy as sa
from alembic import op

import matchmaker.core.database

revision = "2026_11_26_day"
down_revision = "2026_11_26_meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_feedback",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_event_feedback_score")),
        sa.ForeignKeyConstraint(["participant_id"], ["event_participants.id"], name=op.f("fk_event_feedback_participant_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_feedback")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_event_feedback_participant_id")),
    )
    op.create_table(
        "meeting_reports",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=12), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=True),
        sa.Column("next_step", sa.String(length=12), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("said_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_meeting_reports_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_meeting_reports_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["need_id"], ["event_participants.id"], name=op.f("fk_meeting_reports_need_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["offer_id"], ["event_participants.id"], name=op.f("fk_meeting_reports_offer_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_reports")),
        sa.UniqueConstraint("need_id", "offer_id", "side", name=op.f("uq_meeting_reports_need_id_offer_id_side")),
    )
    with op.batch_alter_table("meeting_reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_reports_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_reports_need_id"), ["need_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_reports_offer_id"), ["offer_id"], unique=False)

    op.create_table(
        "event_representative_absences",
        sa.Column("representative_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["representative_id"], ["event_representatives.id"], name=op.f("fk_event_representative_absences_representative_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["event_slots.id"], name=op.f("fk_event_representative_absences_slot_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("representative_id", "slot_id", name=op.f("pk_event_representative_absences")),
    )
    with op.batch_alter_table("event_representative_absences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_representative_absences_slot_id"), ["slot_id"], unique=False)

    with op.batch_alter_table("event_participants", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("answer", sa.String(length=10), nullable=False, server_default="none", comment="to the invitation; who has declined is in no plan")
        )
        batch_op.add_column(sa.Column("answered_at", matchmaker.core.database.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("arrived_at", matchmaker.core.database.Moment(timezone=True), nullable=True, comment="the first of its people was there"))
        batch_op.add_column(
            sa.Column(
                "gone_from",
                matchmaker.core.database.Moment(timezone=True),
                nullable=True,
                comment="not there in any slot that ends after this: did not come, or has left",
            )
        )

    with op.batch_alter_table("event_representatives", schema=None) as batch_op:
        batch_op.add_column(sa.Column("substitute", sa.Boolean(), nullable=False, server_default=sa.false(), comment="comes only where another cannot"))
        batch_op.add_column(sa.Column("arrived_at", matchmaker.core.database.Moment(timezone=True), nullable=True))

    with op.batch_alter_table("event_wishes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("companion_id", sa.Integer(), nullable=True, comment="a coordinator who sits in: a meeting of three"))
        batch_op.create_foreign_key(batch_op.f("fk_event_wishes_companion_id"), "users", ["companion_id"], ["id"], ondelete="SET NULL")

    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("registration_due", sa.Date(), nullable=True, comment="last whole day to register oneself; none where only coordinators add who comes")
        )
        batch_op.add_column(sa.Column("capacity", sa.Integer(), nullable=True, comment="participants at most"))
        batch_op.add_column(
            sa.Column(
                "language", sa.String(length=5), nullable=False, server_default="nb", comment="of letters to those without an account, of signs and badges"
            )
        )
        batch_op.add_column(
            sa.Column(
                "staying", sa.String(length=10), nullable=False, server_default="need", comment="the side that stays at its table where that costs nothing"
            )
        )
        batch_op.add_column(
            sa.Column(
                "unexpected_most",
                sa.Integer(),
                nullable=False,
                server_default="0",
                comment="meetings each gives to plausible pairs far from what either has met before",
            )
        )
        batch_op.add_column(
            sa.Column(
                "reminded_at", matchmaker.core.database.Moment(timezone=True), nullable=True, comment="when those without wishes were reminded of the deadline"
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_column("reminded_at")
        batch_op.drop_column("unexpected_most")
        batch_op.drop_column("staying")
        batch_op.drop_column("language")
        batch_op.drop_column("capacity")
        batch_op.drop_column("registration_due")

    with op.batch_alter_table("event_wishes", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_event_wishes_companion_id"), type_="foreignkey")
        batch_op.drop_column("companion_id")

    with op.batch_alter_table("event_representatives", schema=None) as batch_op:
        batch_op.drop_column("arrived_at")
        batch_op.drop_column("substitute")

    with op.batch_alter_table("event_participants", schema=None) as batch_op:
        batch_op.drop_column("gone_from")
        batch_op.drop_column("arrived_at")
        batch_op.drop_column("answered_at")
        batch_op.drop_column("answer")

    with op.batch_alter_table("event_representative_absences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_representative_absences_slot_id"))

    op.drop_table("event_representative_absences")
    with op.batch_alter_table("meeting_reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_reports_offer_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_reports_need_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_reports_event_id"))

    op.drop_table("meeting_reports")
    op.drop_table("event_feedback")
