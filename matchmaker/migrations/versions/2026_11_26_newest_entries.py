"""A page of the log, newest first, reads an index instead of sorting every entry."""

from alembic import op

revision = "2026_11_26_newest"
down_revision = "2026_11_26_known"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entries_newest", ["created_at", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entries_newest")
