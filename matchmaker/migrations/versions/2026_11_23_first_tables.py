"""The first tables: people, organisations, needs, abilities, matches, and what the core keeps."""

import sqlalchemy as sa
from alembic import op

import matchmaker.core.database

revision = "2026_11_23_first"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("on_behalf_of", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entries_action"), ["action"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_user_id"), ["user_id"], unique=False)

    op.create_table(
        "imports",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("stored_name", sa.String(length=100), nullable=False),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("preview", sa.JSON(), nullable=False),
        sa.Column("problem", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("remarked", sa.Integer(), nullable=False, comment="rows that came in, but not with every cell"),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("finished_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("undone_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imports_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_imports_state"), ["state"], unique=False)

    op.create_table(
        "jobs",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("heartbeat_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("finished_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_jobs_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_jobs_state"), ["state"], unique=False)

    op.create_table(
        "letters",
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("sent_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("about_kind", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letters_recipient"), ["recipient"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_state"), ["state"], unique=False)

    op.create_table(
        "organisations",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("department", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("org_number", sa.String(length=9), nullable=False),
        sa.Column("municipality_number", sa.String(length=4), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("name", "department", "kind", name=op.f("uq_organisations_name_department_kind")),
    )
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisations_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisations_municipality_number"), ["municipality_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisations_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisations_org_number"), ["org_number"], unique=False)

    op.create_table(
        "runs",
        sa.Column("direction", sa.String(length=20), nullable=False, comment="need_to_offers or offer_to_needs"),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("recipe", sa.JSON(), nullable=False),
        sa.Column("recipe_hash", sa.String(length=64), nullable=False),
        sa.Column("generation", sa.String(length=64), nullable=False, comment="the state of the index"),
        sa.Column("compared", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_runs_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "users",
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=True),
        sa.Column("theme", sa.String(length=10), nullable=True),
        sa.Column("email_confirmed_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("deleted_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "challenges",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("affected", sa.Text(), nullable=False),
        sa.Column("test_places", sa.Text(), nullable=False),
        sa.Column("test_from", sa.Date(), nullable=True),
        sa.Column("test_to", sa.Date(), nullable=True),
        sa.Column("contribution", sa.Text(), nullable=False, comment="what the municipality offers: staff, data, sites"),
        sa.Column("themes", matchmaker.core.database.Tags(length=2000), nullable=False),
        sa.Column("sdgs", matchmaker.core.database.Tags(length=2000), nullable=False),
        sa.Column("maturity_wanted", sa.Integer(), nullable=True, comment="lowest technology readiness level wanted, 1-9"),
        sa.Column("budget_from", sa.Integer(), nullable=True, comment="NOK"),
        sa.Column("budget_to", sa.Integer(), nullable=True, comment="NOK"),
        sa.Column("questions_due", sa.Date(), nullable=True),
        sa.Column("answers_due", sa.Date(), nullable=True),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("published_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.Column("changed_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("creation_key", sa.String(length=80), nullable=True, comment="person and form that made it; a second submission finds the first"),
        sa.Column("copied_from_id", sa.Integer(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("import_key", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("budget_from IS NULL OR budget_to IS NULL OR budget_from <= budget_to", name=op.f("ck_challenges_budget_order")),
        sa.ForeignKeyConstraint(["copied_from_id"], ["challenges.id"], name=op.f("fk_challenges_copied_from_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_challenges_created_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_challenges_import_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_challenges_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenges")),
        sa.UniqueConstraint("creation_key", name=op.f("uq_challenges_creation_key")),
    )
    with op.batch_alter_table("challenges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenges_answers_due"), ["answers_due"], unique=False)
        batch_op.create_index(batch_op.f("ix_challenges_import_id"), ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_challenges_import_key"), ["import_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_challenges_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_challenges_state_published", ["state", "published_at"], unique=False)

    op.create_table(
        "import_rows",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("flawed", sa.Boolean(), nullable=False, comment="there are problems to read"),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_import_rows_import_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_rows")),
    )
    with op.batch_alter_table("import_rows", schema=None) as batch_op:
        batch_op.create_index("ix_import_rows_flawed", ["import_id", "flawed"], unique=False)
        batch_op.create_index("ix_import_rows_line", ["import_id", "line"], unique=True)
        batch_op.create_index("ix_import_rows_outcome", ["import_id", "outcome"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("accepted_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("withdrawn_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["invited_by_id"], ["users.id"], name=op.f("fk_invitations_invited_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_invitations_organisation_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "memberships",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("ended_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_memberships_organisation_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_memberships_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint("user_id", "organisation_id", "role", name=op.f("uq_memberships_user_id_organisation_id_role")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_memberships_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_memberships_user_id"), ["user_id"], unique=False)

    op.create_table(
        "one_time_links",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=254), nullable=False),
        sa.Column("expires_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("used_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_one_time_links_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_links_token_hash")),
    )
    with op.batch_alter_table("one_time_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_links_user_id"), ["user_id"], unique=False)

    op.create_table(
        "profiles",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False, comment="what it does and for whom"),
        sa.Column("problem", sa.Text(), nullable=False, comment="the problem it solves"),
        sa.Column("how", sa.Text(), nullable=False, comment="how it works"),
        sa.Column("maturity", sa.Integer(), nullable=True, comment="technology readiness level 1-9"),
        sa.Column("themes", matchmaker.core.database.Tags(length=2000), nullable=False),
        sa.Column("sdgs", matchmaker.core.database.Tags(length=2000), nullable=False),
        sa.Column("places", matchmaker.core.database.Tags(length=2000), nullable=False, comment="county or municipality numbers served; empty is everywhere"),
        sa.Column("languages", matchmaker.core.database.Tags(length=2000), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True, comment="new pilots it can take on now"),
        sa.Column("links", matchmaker.core.database.Tags(length=2000), nullable=False),
        sa.Column(
            "keywords", matchmaker.core.database.Tags(length=2000), nullable=False, comment="the owner's own words for the trade, searched but not matched"
        ),
        sa.Column("location", sa.String(length=500), nullable=False),
        sa.Column("logo", sa.String(length=100), nullable=False, comment="file name in the upload folder"),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("consent_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("hidden_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("confirmed_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("reminded_at", matchmaker.core.database.Moment(timezone=True), nullable=True, comment="when the owners were last asked to confirm"),
        sa.Column("search_text", sa.Text(), nullable=False, comment="what people search in, folded; kept by `folded`"),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("import_key", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("maturity IS NULL OR maturity BETWEEN 1 AND 9", name=op.f("ck_profiles_maturity")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_profiles_import_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_profiles_organisation_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profiles")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_profiles_organisation_id")),
    )
    with op.batch_alter_table("profiles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_profiles_consent_at"), ["consent_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_profiles_import_id"), ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_profiles_import_key"), ["import_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_profiles_name"), ["name"], unique=False)

    op.create_table(
        "registrations",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("organisation_name", sa.String(length=200), nullable=False),
        sa.Column("department", sa.String(length=120), nullable=False),
        sa.Column("org_number", sa.String(length=9), nullable=False),
        sa.Column("municipality_number", sa.String(length=4), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'approved', 'declined')", name=op.f("ck_registrations_state")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_registrations_decided_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_registrations_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
    )
    with op.batch_alter_table("registrations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registrations_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_registrations_user_id"), ["user_id"], unique=False)

    op.create_table(
        "user_sessions",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("last_seen_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_sessions_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_sessions_token_hash")),
    )
    with op.batch_alter_table("user_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_sessions_user_id"), ["user_id"], unique=False)

    op.create_table(
        "challenge_revisions",
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_challenge_revisions_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_challenge_revisions_challenge_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_revisions")),
    )
    with op.batch_alter_table("challenge_revisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_revisions_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "challenge_transitions",
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=20), nullable=False),
        sa.Column("after", sa.String(length=20), nullable=False),
        sa.Column("at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_challenge_transitions_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_challenge_transitions_challenge_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_transitions")),
    )
    with op.batch_alter_table("challenge_transitions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_transitions_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "dismissals",
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_dismissals_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_dismissals_challenge_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["profile_id"], ["profiles.id"], name=op.f("fk_dismissals_profile_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dismissals")),
        sa.UniqueConstraint("challenge_id", "profile_id", "side", name=op.f("uq_dismissals_challenge_id_profile_id_side")),
    )
    with op.batch_alter_table("dismissals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dismissals_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dismissals_profile_id"), ["profile_id"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("act", sa.String(length=30), nullable=False),
        sa.Column("at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_feedback_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_feedback_challenge_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["profile_id"], ["profiles.id"], name=op.f("fk_feedback_profile_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_feedback_run_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_act"), ["act"], unique=False)
        batch_op.create_index(batch_op.f("ix_feedback_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_feedback_profile_id"), ["profile_id"], unique=False)

    op.create_table(
        "interests",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False, comment="how it would be tried"),
        sa.Column("needs_from_municipality", sa.Text(), nullable=False),
        sa.Column("price", sa.String(length=300), nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False, comment="a coordinator wrote it for the company"),
        sa.Column("sent_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("reminded_at", matchmaker.core.database.Moment(timezone=True), nullable=True, comment="when the department was last reminded that it waits"),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("feedback_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("feedback_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_interests_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_interests_challenge_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["feedback_by_id"], ["users.id"], name=op.f("fk_interests_feedback_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["profile_id"], ["profiles.id"], name=op.f("fk_interests_profile_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interests")),
        sa.UniqueConstraint("challenge_id", "profile_id", name=op.f("uq_interests_challenge_id_profile_id")),
    )
    with op.batch_alter_table("interests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interests_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interests_profile_id"), ["profile_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interests_state"), ["state"], unique=False)

    op.create_table(
        "introductions",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("expires_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("reminded_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("answered_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_on_behalf", sa.Boolean(), nullable=False, comment="a coordinator answered for the company"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("need_read_at", matchmaker.core.database.Moment(timezone=True), nullable=True, comment="when the department last opened the thread"),
        sa.Column("offer_read_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column(
            "need_noticed_at",
            matchmaker.core.database.Moment(timezone=True),
            nullable=True,
            comment="when the department last got a letter about something unread",
        ),
        sa.Column("offer_noticed_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by_id"], ["users.id"], name=op.f("fk_introductions_answered_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_introductions_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_introductions_challenge_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["profile_id"], ["profiles.id"], name=op.f("fk_introductions_profile_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introductions")),
    )
    with op.batch_alter_table("introductions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_introductions_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_introductions_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_introductions_profile_id"), ["profile_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_introductions_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_introductions_open",
            ["challenge_id", "profile_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('sent', 'accepted')"),
            postgresql_where=sa.text("state IN ('sent', 'accepted')"),
        )

    op.create_table(
        "profile_references",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("customer", sa.String(length=200), nullable=False),
        sa.Column("period", sa.String(length=60), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("verified_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["profile_id"], ["profiles.id"], name=op.f("fk_profile_references_profile_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_references")),
    )
    with op.batch_alter_table("profile_references", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_profile_references_profile_id"), ["profile_id"], unique=False)

    op.create_table(
        "questions",
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answered_by_id"], ["users.id"], name=op.f("fk_questions_answered_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name=op.f("fk_questions_asked_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_questions_challenge_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_questions_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "recommendations",
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_recommendations_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_recommendations_challenge_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["profile_id"], ["profiles.id"], name=op.f("fk_recommendations_profile_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendations")),
        sa.UniqueConstraint("challenge_id", "profile_id", name=op.f("uq_recommendations_challenge_id_profile_id")),
    )
    with op.batch_alter_table("recommendations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendations_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recommendations_profile_id"), ["profile_id"], unique=False)

    op.create_table(
        "requirements",
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("essential", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_requirements_challenge_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirements")),
    )
    with op.batch_alter_table("requirements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_requirements_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "shortlistings",
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_shortlistings_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_shortlistings_challenge_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["profile_id"], ["profiles.id"], name=op.f("fk_shortlistings_profile_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlistings")),
        sa.UniqueConstraint("challenge_id", "profile_id", name=op.f("uq_shortlistings_challenge_id_profile_id")),
    )
    with op.batch_alter_table("shortlistings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shortlistings_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shortlistings_profile_id"), ["profile_id"], unique=False)

    op.create_table(
        "suggestions",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("band", sa.String(length=10), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("need_hash", sa.String(length=64), nullable=False),
        sa.Column("offer_hash", sa.String(length=64), nullable=False),
        sa.Column("stale_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("shown_at", matchmaker.core.database.Moment(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_suggestions_challenge_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["profile_id"], ["profiles.id"], name=op.f("fk_suggestions_profile_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_suggestions_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
        sa.UniqueConstraint("challenge_id", "profile_id", name=op.f("uq_suggestions_challenge_id_profile_id")),
    )
    with op.batch_alter_table("suggestions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suggestions_band"), ["band"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestions_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index("ix_suggestions_need_score", ["challenge_id", "score"], unique=False)
        batch_op.create_index("ix_suggestions_offer_band", ["profile_id", "band"], unique=False)
        batch_op.create_index("ix_suggestions_offer_score", ["profile_id", "score"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestions_profile_id"), ["profile_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestions_run_id"), ["run_id"], unique=False)

    op.create_table(
        "messages",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("side", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", matchmaker.core.database.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_messages_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["introduction_id"], ["introductions.id"], name=op.f("fk_messages_introduction_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index("ix_messages_thread", ["introduction_id", "created_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index("ix_messages_thread")

    op.drop_table("messages")
    with op.batch_alter_table("suggestions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suggestions_run_id"))
        batch_op.drop_index(batch_op.f("ix_suggestions_profile_id"))
        batch_op.drop_index("ix_suggestions_offer_score")
        batch_op.drop_index("ix_suggestions_offer_band")
        batch_op.drop_index("ix_suggestions_need_score")
        batch_op.drop_index(batch_op.f("ix_suggestions_challenge_id"))
        batch_op.drop_index(batch_op.f("ix_suggestions_band"))

    op.drop_table("suggestions")
    with op.batch_alter_table("shortlistings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shortlistings_profile_id"))
        batch_op.drop_index(batch_op.f("ix_shortlistings_challenge_id"))

    op.drop_table("shortlistings")
    with op.batch_alter_table("requirements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_requirements_challenge_id"))

    op.drop_table("requirements")
    with op.batch_alter_table("recommendations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recommendations_profile_id"))
        batch_op.drop_index(batch_op.f("ix_recommendations_challenge_id"))

    op.drop_table("recommendations")
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questions_challenge_id"))

    op.drop_table("questions")
    with op.batch_alter_table("profile_references", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_profile_references_profile_id"))

    op.drop_table("profile_references")
    with op.batch_alter_table("introductions", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_introductions_open", sqlite_where=sa.text("state IN ('sent', 'accepted')"), postgresql_where=sa.text("state IN ('sent', 'accepted')")
        )
        batch_op.drop_index(batch_op.f("ix_introductions_state"))
        batch_op.drop_index(batch_op.f("ix_introductions_profile_id"))
        batch_op.drop_index(batch_op.f("ix_introductions_expires_at"))
        batch_op.drop_index(batch_op.f("ix_introductions_challenge_id"))

    op.drop_table("introductions")
    with op.batch_alter_table("interests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interests_state"))
        batch_op.drop_index(batch_op.f("ix_interests_profile_id"))
        batch_op.drop_index(batch_op.f("ix_interests_challenge_id"))

    op.drop_table("interests")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_profile_id"))
        batch_op.drop_index(batch_op.f("ix_feedback_challenge_id"))
        batch_op.drop_index(batch_op.f("ix_feedback_act"))

    op.drop_table("feedback")
    with op.batch_alter_table("dismissals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dismissals_profile_id"))
        batch_op.drop_index(batch_op.f("ix_dismissals_challenge_id"))

    op.drop_table("dismissals")
    with op.batch_alter_table("challenge_transitions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_challenge_transitions_challenge_id"))

    op.drop_table("challenge_transitions")
    with op.batch_alter_table("challenge_revisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_challenge_revisions_challenge_id"))

    op.drop_table("challenge_revisions")
    with op.batch_alter_table("user_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_sessions_user_id"))

    op.drop_table("user_sessions")
    with op.batch_alter_table("registrations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registrations_user_id"))
        batch_op.drop_index(batch_op.f("ix_registrations_state"))

    op.drop_table("registrations")
    with op.batch_alter_table("profiles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_profiles_name"))
        batch_op.drop_index(batch_op.f("ix_profiles_import_key"))
        batch_op.drop_index(batch_op.f("ix_profiles_import_id"))
        batch_op.drop_index(batch_op.f("ix_profiles_consent_at"))

    op.drop_table("profiles")
    with op.batch_alter_table("one_time_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_time_links_user_id"))

    op.drop_table("one_time_links")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_memberships_user_id"))
        batch_op.drop_index(batch_op.f("ix_memberships_organisation_id"))

    op.drop_table("memberships")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitations_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_invitations_email"))

    op.drop_table("invitations")
    with op.batch_alter_table("import_rows", schema=None) as batch_op:
        batch_op.drop_index("ix_import_rows_outcome")
        batch_op.drop_index("ix_import_rows_line")
        batch_op.drop_index("ix_import_rows_flawed")

    op.drop_table("import_rows")
    with op.batch_alter_table("challenges", schema=None) as batch_op:
        batch_op.drop_index("ix_challenges_state_published")
        batch_op.drop_index(batch_op.f("ix_challenges_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_challenges_import_key"))
        batch_op.drop_index(batch_op.f("ix_challenges_import_id"))
        batch_op.drop_index(batch_op.f("ix_challenges_answers_due"))

    op.drop_table("challenges")
    op.drop_table("users")
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_runs_subject_id"))

    op.drop_table("runs")
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisations_org_number"))
        batch_op.drop_index(batch_op.f("ix_organisations_name"))
        batch_op.drop_index(batch_op.f("ix_organisations_municipality_number"))
        batch_op.drop_index(batch_op.f("ix_organisations_kind"))

    op.drop_table("organisations")
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letters_state"))
        batch_op.drop_index(batch_op.f("ix_letters_recipient"))

    op.drop_table("letters")
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_jobs_state"))
        batch_op.drop_index(batch_op.f("ix_jobs_kind"))

    op.drop_table("jobs")
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imports_state"))
        batch_op.drop_index(batch_op.f("ix_imports_kind"))

    op.drop_table("imports")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entries_user_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_action"))

    op.drop_table("audit_entries")
