"""Which message of a sheet was given as the response to a delivery."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("given", sa.Integer, nullable=False, server_default="0"))
