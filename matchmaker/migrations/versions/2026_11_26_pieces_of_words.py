"""A search in SQLite asks an index of three letters instead of reading every text."""

from alembic import op

revision = "2026_11_26_pieces"
down_revision = "2026_11_26_warned"
branch_labels = None
depends_on = None

SEARCHED = {
    "organisations": ("name", "department", "org_number"),
    "challenges": ("title", "need", "situation", "effect"),
    "profiles": ("search_text",),
}


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for name, columns in SEARCHED.items():
        kept, own = f"{name}_pieces", ", ".join(columns)
        new, old = (", ".join(f"{row}.{each}" for each in columns) for row in ("new", "old"))
        put = f"INSERT INTO {kept}(rowid, {own}) VALUES (new.id, {new});"  # noqa: S608  # the names are our own
        take = f"INSERT INTO {kept}({kept}, rowid, {own}) VALUES ('delete', old.id, {old});"  # noqa: S608  # the names are our own
        op.execute(f"CREATE VIRTUAL TABLE {kept} USING fts5({own}, content='{name}', content_rowid='id', tokenize='trigram', detail=none)")
        op.execute(f"INSERT INTO {kept}({kept}) VALUES ('rebuild')")  # noqa: S608  # the names are our own
        op.execute(f"CREATE TRIGGER {kept}_put AFTER INSERT ON {name} BEGIN {put} END")
        op.execute(f"CREATE TRIGGER {kept}_taken AFTER DELETE ON {name} BEGIN {take} END")
        op.execute(f"CREATE TRIGGER {kept}_changed AFTER UPDATE OF {own} ON {name} BEGIN {take} {put} END")


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for name in SEARCHED:
        for act in ("put", "taken", "changed"):
            op.execute(f"DROP TRIGGER {name}_pieces_{act}")
        op.execute(f"DROP TABLE {name}_pieces")
