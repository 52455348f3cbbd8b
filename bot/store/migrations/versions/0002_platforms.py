"""Platforms: contacts, inbox and outbox, tickets, links, subscriptions, feedback."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("pinned", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("messages", sa.Column("author", sa.String(40)))
    op.create_table(
        "contacts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("conversation_id", sa.String(32), sa.ForeignKey("conversations.id", ondelete="SET NULL"), index=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("heard_at", Moment),
        sa.Column("unreachable_at", Moment),
        sa.UniqueConstraint("channel", "address"),
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("identity", sa.String(64)),
        sa.Column("place", sa.String(60), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("received_at", Moment, nullable=False),
        sa.Column("done_at", Moment),
        sa.UniqueConstraint("channel", "key"),
        sa.UniqueConstraint("channel", "identity"),
    )
    op.create_index("ix_inbox_waiting", "inbox", ["state", "channel", "address", "place"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("contact_id", sa.String(32), sa.ForeignKey("contacts.id", ondelete="SET NULL"), index=True),
        sa.Column("inbox_id", sa.String(32), index=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("parts", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("doubtful", sa.Boolean, nullable=False),
        sa.Column("passive", sa.Boolean, nullable=False),
        sa.Column("queued_at", Moment, nullable=False),
        sa.Column("not_before", Moment, nullable=False),
        sa.Column("claimed_at", Moment),
        sa.Column("sent_at", Moment),
        sa.Column("error", sa.String(200)),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_waiting", "outbox", ["state", "channel", "address", "id"])
    op.create_table(
        "tickets",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "conversation_id",
            sa.String(32),
            sa.ForeignKey("conversations.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("taken_by", sa.String(40)),
        sa.Column("taken_at", Moment),
        sa.Column("closed_at", Moment),
        sa.Column("closed_by", sa.String(40)),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "link_codes",
        sa.Column("code_hash", sa.String(64), primary_key=True),
        sa.Column(
            "conversation_id", sa.String(32), sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("expires_at", Moment, nullable=False),
    )
    op.create_table(
        "subscriptions",
        sa.Column(
            "conversation_id", sa.String(32), sa.ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("since", Moment, nullable=False),
        sa.Column("findings", sa.Text, nullable=False),
        sa.Column("told_at", Moment, nullable=False),
    )
    op.create_table(
        "feedback",
        sa.Column("message_id", sa.String(32), sa.ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("reason", sa.String(40)),
        sa.Column("at", Moment, nullable=False),
    )
    op.create_table(
        "notes",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("expires_at", Moment),
    )
