"""Staff: accounts, sessions, known devices, failed log-ins, the audit log."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NO_CHANGE = {
    "sqlite": (
        "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit: append only'); END",
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit: append only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit: append only'; END $$",
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()",
    ),
}


def upgrade() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("disabled_at", Moment),
        sa.UniqueConstraint("name"),
        sqlite_autoincrement=True,
    )
    for name in ("staff_sessions", "staff_devices"):
        began = [sa.Column("began_at", Moment, nullable=False)] if name == "staff_sessions" else []
        op.create_table(
            name,
            sa.Column("token_hash", sa.String(64), primary_key=True),
            sa.Column(
                "staff_id", sa.Integer, sa.ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True
            ),
            *began,
            sa.Column("seen_at", Moment, nullable=False),
        )
    op.create_table(
        "login_tries",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("times", sa.Text, nullable=False),
        sa.Column("last_at", Moment, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", Moment, nullable=False, index=True),
        sa.Column("who", sa.String(40), nullable=False, index=True),
        sa.Column("action", sa.String(40), nullable=False, index=True),
        sa.Column("object", sa.String(200), nullable=False),
        sa.Column("reason", sa.String(400), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "audit_end",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.execute(f"INSERT INTO audit_end (id, sequence, hash) VALUES (1, 0, '{'0' * 64}')")
    for statement in _NO_CHANGE[op.get_bind().dialect.name]:
        op.execute(statement)
