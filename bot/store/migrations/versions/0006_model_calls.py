"""What calls of models cost."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_calls",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("tokens", sa.Integer, nullable=False),
        sa.Column("micro_yuan", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_model_calls_day", "model_calls", ["day", "person"])
