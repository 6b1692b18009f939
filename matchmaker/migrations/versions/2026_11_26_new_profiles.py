"""Which listed profiles came with an import is read in the index that lists them."""

from alembic import op

revision = "2026_11_26_new"
down_revision = "2026_11_26_pieces"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_profiles_listed", "profiles")
    op.create_index("ix_profiles_listed", "profiles", ["hidden_at", "consent_at", "import_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_profiles_listed", "profiles")
    op.create_index("ix_profiles_listed", "profiles", ["hidden_at", "consent_at"], unique=False)
