"""Counting the listed profiles reads an index instead of every profile's texts."""

from alembic import op

revision = "2026_11_26_listed"
down_revision = "2026_11_23_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("profiles", schema=None) as batch_op:
        batch_op.drop_index("ix_profiles_consent_at")
        batch_op.create_index("ix_profiles_listed", ["hidden_at", "consent_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("profiles", schema=None) as batch_op:
        batch_op.drop_index("ix_profiles_listed")
        batch_op.create_index("ix_profiles_consent_at", ["consent_at"], unique=False)
