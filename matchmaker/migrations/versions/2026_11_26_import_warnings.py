"""A row of an import remembers what it was warned of."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_warned"
down_revision = "2026_11_26_newest"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("import_rows", schema=None) as batch_op:
        batch_op.add_column(sa.Column("warned", sa.String(length=60), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("import_rows", schema=None) as batch_op:
        batch_op.drop_column("warned")
