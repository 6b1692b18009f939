"""How often every session was ended at once, after which browsers known before are strangers."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_known"
down_revision = "2026_11_26_listed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.add_column(sa.Column("times_ended", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_column("times_ended")
