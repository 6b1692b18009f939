"""How often coordinators who sit in were told that a meeting is another, and which have fallen away."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_companion_calendars"
down_revision = "2026_11_26_companions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("event_companions_told", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sequence", sa.Integer(), server_default="0", nullable=False, comment="how often it was changed: of the calendar entry"))
        batch_op.add_column(sa.Column("cancelled", sa.Boolean(), server_default=sa.false(), nullable=False, comment="last told that it has fallen away"))


def downgrade() -> None:
    op.execute("DELETE FROM event_companions_told WHERE cancelled")
    with op.batch_alter_table("event_companions_told", schema=None) as batch_op:
        batch_op.drop_column("cancelled")
        batch_op.drop_column("sequence")
