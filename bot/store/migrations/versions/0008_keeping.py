"""Where the audit log begins, exports that two people answer for, costs found by person, conversations by age."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_BEGINS = "COALESCE((SELECT sequence FROM audit_start), 0)"
# Entries are never changed; those before the beginning of the log may go.
_ONLY_BEFORE_THE_BEGINNING = {
    "sqlite": (
        "DROP TRIGGER audit_no_delete",
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit WHEN OLD.sequence > {_BEGINS} "
        "BEGIN SELECT RAISE(ABORT, 'audit: append only'); END",
    ),
    "postgresql": (
        "DROP TRIGGER audit_no_change ON audit",
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()",
        "CREATE FUNCTION audit_begins_later() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF OLD.sequence > {_BEGINS} THEN RAISE EXCEPTION 'audit: append only'; END IF; RETURN OLD; END $$",
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_begins_later()",
    ),
}


def upgrade() -> None:
    op.create_table(
        "audit_start",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.execute(f"INSERT INTO audit_start (id, sequence, hash) VALUES (1, 0, '{'0' * 64}')")
    for statement in _ONLY_BEFORE_THE_BEGINNING[op.get_bind().dialect.name]:
        op.execute(statement)
    op.create_table(
        "exports",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("what", sa.String(10), nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("form", sa.String(5), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("asked_by", sa.String(40), nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("approved", sa.Boolean),
        sa.Column("decided_by", sa.String(40)),
        sa.Column("decided_at", Moment),
        sa.Column("fetched_at", Moment),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_exports_asked_at", "exports", ["asked_at"])
    op.create_index("ix_model_calls_person", "model_calls", ["person"])
    op.create_index("ix_conversations_updated_at", "conversations", ["updated_at"])
    op.drop_index("ix_review_items_leased_by", "review_items")
    held = sa.text("leased_by IS NOT NULL")
    op.create_index("ix_review_items_held", "review_items", ["leased_by"], sqlite_where=held, postgresql_where=held)
