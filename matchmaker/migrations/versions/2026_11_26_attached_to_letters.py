"""Letters carry attachments: the calendar of a programme."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_attached"
down_revision = "2026_11_26_day"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("attached", sa.JSON(), nullable=True, comment="name, kind and text of each; see Attachment"))


def downgrade() -> None:
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_column("attached")
