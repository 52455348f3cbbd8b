"""Review: items, reviews, saved filters, proposals, amends, and the index of their words."""

import sqlalchemy as sa
from alembic import op

from bot.review.index import create_index
from bot.store.tables import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("message_id", sa.String(32)))
    op.create_index("ix_outbox_message_id", "outbox", ["message_id"])
    op.create_table(
        "review_items",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "conversation_id",
            sa.String(32),
            sa.ForeignKey("conversations.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("question_id", sa.String(32), nullable=False, unique=True),
        sa.Column("answer_id", sa.String(32), unique=True),
        sa.Column("at", Moment, nullable=False, index=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("city", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("abstained", sa.Boolean, nullable=False),
        sa.Column("milliseconds", sa.Integer, nullable=False),
        sa.Column("corpus", sa.String(20), nullable=False),
        sa.Column("rules", sa.String(20), nullable=False),
        sa.Column("prompts", sa.String(20), nullable=False),
        sa.Column("model", sa.String(100), nullable=False),
        sa.Column("flags", sa.Text, nullable=False),
        sa.Column("touched", sa.Text, nullable=False),
        sa.Column("sampled", sa.Boolean, nullable=False),
        sa.Column("doubled", sa.Boolean, nullable=False),
        sa.Column("stage", sa.String(8), nullable=False, index=True),
        sa.Column("place", sa.Integer),
        sa.Column("verdict", sa.String(10)),
        sa.Column("leased_by", sa.String(40), index=True),
        sa.Column("leased_until", Moment),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_review_items_queue", "review_items", ["place", "id"])
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "item_id", sa.Integer, sa.ForeignKey("review_items.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("reviewer", sa.String(40), nullable=False, index=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("reviews.id", ondelete="CASCADE")),
        sa.Column("verdict", sa.String(10)),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("severity", sa.Integer),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("corrected", sa.Text, nullable=False),
        sa.Column("seconds", sa.Integer),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "saved_filters",
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("saved_by", sa.String(40), nullable=False),
        sa.Column("saved_at", Moment, nullable=False),
    )
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "item_id", sa.Integer, sa.ForeignKey("review_items.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("proposed_by", sa.String(40), nullable=False),
        sa.Column("proposed_at", Moment, nullable=False),
        sa.Column("decided_by", sa.String(40)),
        sa.Column("decided_at", Moment),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "amends",
        sa.Column("message_id", sa.String(32), primary_key=True),
        sa.Column(
            "item_id", sa.Integer, sa.ForeignKey("review_items.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("said_by", sa.String(40), nullable=False),
        sa.Column("said_at", Moment, nullable=False),
        sa.Column("delivered_at", Moment),
    )
    create_index(op.get_bind())
