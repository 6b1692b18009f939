"""Events: slots, tables, participants, wishes, plans with their meetings, and the computations that made them."""

import sqlalchemy as sa
from alembic import op

import matchmaker.core.database

revision = "2026_11_26_meetings"
down_revision = "2026_11_26_new"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("wishes_due", sa.Date(), nullable=False),
        sa.Column("need_least", sa.Integer(), nullable=False, comment="meetings a department has at least, where nothing else is said"),
        sa.Column("need_most", sa.Integer(), nullable=False),
        sa.Column("offer_least", sa.Integer(), nullable=False),
        sa.Column("offer_most", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("copied_from_id", sa.Integer(), nullable=True),
        sa.Column("creation_key", sa.String(length=80), nullable=True, comment="person and form that made it; a second submission finds the first"),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_events_days")),
        sa.CheckConstraint("need_least <= need_most AND offer_least <= offer_most AND need_least >= 0 AND offer_least >= 0", name=op.f("ck_events_limits")),
        sa.ForeignKeyConstraint(["copied_from_id"], ["events.id"], name=op.f("fk_events_copied_from_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_events_created_by_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("creation_key", name=op.f("uq_events_creation_key")),
    )
    op.create_table(
        "event_participants",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=True),
        sa.Column("profile_id", sa.Integer(), nullable=True),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.CheckConstraint("(challenge_id IS NULL) = (side = 'offer') AND (profile_id IS NULL) = (side = 'need')", name=op.f("ck_event_participants_side")),
        sa.CheckConstraint("least >= 0 AND least <= most", name=op.f("ck_event_participants_limits")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_event_participants_challenge_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_participants_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["profile_id"], ["profiles.id"], name=op.f("fk_event_participants_profile_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_participants")),
        sa.UniqueConstraint("event_id", "challenge_id", name=op.f("uq_event_participants_event_id_challenge_id")),
        sa.UniqueConstraint("event_id", "profile_id", name=op.f("uq_event_participants_event_id_profile_id")),
    )
    with op.batch_alter_table("event_participants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_participants_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_participants_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_participants_profile_id"), ["profile_id"], unique=False)

    op.create_table(
        "event_slots",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("ends_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_event_slots_order")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_slots_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_slots")),
        sa.UniqueConstraint("event_id", "starts_at", name=op.f("uq_event_slots_event_id_starts_at")),
    )
    with op.batch_alter_table("event_slots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_slots_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event_tables",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_tables_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_tables")),
        sa.UniqueConstraint("event_id", "name", name=op.f("uq_event_tables_event_id_name")),
    )
    with op.batch_alter_table("event_tables", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_tables_event_id"), ["event_id"], unique=False)

    op.create_table(
        "plan_runs",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("anew", sa.Boolean(), nullable=False, comment="without keeping anything but locked meetings"),
        sa.Column("stop_asked_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("ended_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("progress", sa.JSON(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_plan_runs_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_plan_runs_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_plan_runs_job_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_runs")),
    )
    with op.batch_alter_table("plan_runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_runs_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_runs_state"), ["state"], unique=False)

    op.create_table(
        "plans",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False, comment="changed by somebody since it was computed"),
        sa.Column("published_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_plans_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["published_by_id"], ["users.id"], name=op.f("fk_plans_published_by_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_plans_event_id_number")),
    )
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plans_event_id"), ["event_id"], unique=False)
        batch_op.create_index("uq_plans_draft", ["event_id"], unique=True, sqlite_where=sa.text("state = 'draft'"), postgresql_where=sa.text("state = 'draft'"))
        batch_op.create_index(
            "uq_plans_published", ["event_id"], unique=True, sqlite_where=sa.text("state = 'published'"), postgresql_where=sa.text("state = 'published'")
        )

    op.create_table(
        "event_absences",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["event_participants.id"], name=op.f("fk_event_absences_participant_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["slot_id"], ["event_slots.id"], name=op.f("fk_event_absences_slot_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("participant_id", "slot_id", name=op.f("pk_event_absences")),
    )
    with op.batch_alter_table("event_absences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_absences_slot_id"), ["slot_id"], unique=False)

    op.create_table(
        "event_representatives",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> '' OR email <> ''", name=op.f("ck_event_representatives_somebody")),
        sa.ForeignKeyConstraint(["participant_id"], ["event_participants.id"], name=op.f("fk_event_representatives_participant_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_representatives")),
    )
    with op.batch_alter_table("event_representatives", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_representatives_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "event_wishes",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=12), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_event_wishes_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_wishes_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["need_id"], ["event_participants.id"], name=op.f("fk_event_wishes_need_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["offer_id"], ["event_participants.id"], name=op.f("fk_event_wishes_offer_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_wishes")),
        sa.UniqueConstraint("need_id", "offer_id", "side", name=op.f("uq_event_wishes_need_id_offer_id_side")),
    )
    with op.batch_alter_table("event_wishes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_wishes_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_wishes_need_id"), ["need_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_wishes_offer_id"), ["offer_id"], unique=False)

    op.create_table(
        "meetings",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["event_participants.id"], name=op.f("fk_meetings_need_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["event_participants.id"], name=op.f("fk_meetings_offer_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_meetings_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["slot_id"], ["event_slots.id"], name=op.f("fk_meetings_slot_id")),
        sa.ForeignKeyConstraint(["table_id"], ["event_tables.id"], name=op.f("fk_meetings_table_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("plan_id", "need_id", "offer_id", name=op.f("uq_meetings_plan_id_need_id_offer_id")),
        sa.UniqueConstraint("plan_id", "slot_id", "need_id", name=op.f("uq_meetings_plan_id_slot_id_need_id")),
        sa.UniqueConstraint("plan_id", "slot_id", "offer_id", name=op.f("uq_meetings_plan_id_slot_id_offer_id")),
        sa.UniqueConstraint("plan_id", "slot_id", "table_id", name=op.f("uq_meetings_plan_id_slot_id_table_id")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetings_need_id"), ["need_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meetings_offer_id"), ["offer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meetings_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meetings_slot_id"), ["slot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meetings_table_id"), ["table_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meetings_table_id"))
        batch_op.drop_index(batch_op.f("ix_meetings_slot_id"))
        batch_op.drop_index(batch_op.f("ix_meetings_plan_id"))
        batch_op.drop_index(batch_op.f("ix_meetings_offer_id"))
        batch_op.drop_index(batch_op.f("ix_meetings_need_id"))

    op.drop_table("meetings")
    with op.batch_alter_table("event_wishes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_wishes_offer_id"))
        batch_op.drop_index(batch_op.f("ix_event_wishes_need_id"))
        batch_op.drop_index(batch_op.f("ix_event_wishes_event_id"))

    op.drop_table("event_wishes")
    with op.batch_alter_table("event_representatives", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_representatives_participant_id"))

    op.drop_table("event_representatives")
    with op.batch_alter_table("event_absences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_absences_slot_id"))

    op.drop_table("event_absences")
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_index("uq_plans_published", sqlite_where=sa.text("state = 'published'"), postgresql_where=sa.text("state = 'published'"))
        batch_op.drop_index("uq_plans_draft", sqlite_where=sa.text("state = 'draft'"), postgresql_where=sa.text("state = 'draft'"))
        batch_op.drop_index(batch_op.f("ix_plans_event_id"))

    op.drop_table("plans")
    with op.batch_alter_table("plan_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_runs_state"))
        batch_op.drop_index(batch_op.f("ix_plan_runs_event_id"))

    op.drop_table("plan_runs")
    with op.batch_alter_table("event_tables", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_tables_event_id"))

    op.drop_table("event_tables")
    with op.batch_alter_table("event_slots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_slots_event_id"))

    op.drop_table("event_slots")
    with op.batch_alter_table("event_participants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_participants_profile_id"))
        batch_op.drop_index(batch_op.f("ix_event_participants_event_id"))
        batch_op.drop_index(batch_op.f("ix_event_participants_challenge_id"))

    op.drop_table("event_participants")
    op.drop_table("events")
