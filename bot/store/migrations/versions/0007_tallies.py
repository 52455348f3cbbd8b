"""Counts of each day, channel and city, and what they need of each item; indexes of what is asked for by time."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_PIECE = 2000
_EAST = timedelta(hours=8)


def upgrade() -> None:
    op.add_column("review_items", sa.Column("steps", sa.Text, nullable=False, server_default="{}"))
    op.add_column("review_items", sa.Column("begins", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("review_items", sa.Column("kinds", sa.String(120), nullable=False, server_default=""))
    tallies = op.create_table(
        "tallies",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("channel", sa.String(20), primary_key=True),
        sa.Column("city", sa.String(20), primary_key=True),
        sa.Column("counts", sa.Text, nullable=False),
    )
    counted = _fill(op.get_bind())
    if counted:
        rows = [
            {"day": day, "channel": channel, "city": city, "counts": json.dumps(dict(sorted(counts.items())))}
            for (day, channel, city), counts in counted.items()
        ]
        op.bulk_insert(tallies, rows)
    is_waiting = sa.text("place IS NOT NULL")
    op.create_index(
        "ix_review_items_waiting",
        "review_items",
        ["kinds", "at", "place"],
        sqlite_where=is_waiting,
        postgresql_where=is_waiting,
    )
    op.create_index("ix_reviews_at", "reviews", ["at"])
    op.create_index("ix_tickets_opened_at", "tickets", ["opened_at"])
    op.drop_index("ix_model_calls_day", "model_calls")
    op.create_index("ix_model_calls_day", "model_calls", ["day", "person", "tokens", "micro_yuan"])


def _fill(connection: sa.Connection) -> Mapping[tuple[date, str, str], Counter[str]]:
    """Give the items that are there what later ones are kept with: the counts of all of them."""
    items = sa.table(
        "review_items",
        *(sa.column(name) for name in ("id", "conversation_id", "answer_id", "channel", "city", "outcome")),
        *(sa.column(name) for name in ("milliseconds", "flags", "steps", "kinds", "verdict")),
        sa.column("begins", sa.Boolean),
        sa.column("at", Moment),
    )
    messages = sa.table("messages", sa.column("id"), sa.column("trace"))
    firsts = set(connection.execute(sa.select(sa.func.min(items.c.id)).group_by(items.c.conversation_id)).scalars())
    columns = (items, messages.c.trace)
    query = sa.select(*columns).join_from(items, messages, messages.c.id == items.c.answer_id, isouter=True)
    change = (
        items.update()
        .where(items.c.id == sa.bindparam("item"))
        .values(steps=sa.bindparam("laps"), kinds=sa.bindparam("names"), begins=sa.bindparam("first", type_=sa.Boolean))
    )
    found: dict[tuple[date, str, str], Counter[str]] = {}
    last = 0
    while rows := connection.execute(query.where(items.c.id > last).order_by(items.c.id).limit(_PIECE)).all():
        changes = []
        for row in rows:
            laps = (json.loads(row.trace or "{}") or {}).get("steps") or {}
            steps = {name: round(seconds * 1000) for name, seconds in laps.items()}
            flags = sorted({flag for flag, _ in json.loads(row.flags)})
            begins = row.id in firsts
            changes.append({"item": row.id, "laps": json.dumps(steps), "names": " ".join(flags), "first": begins})
            names = ["turns", f"outcome:{row.outcome}", *(f"flag:{flag}" for flag in flags)]
            names += ["talks"] if begins else []
            names += [f"verdict:{row.verdict}"] if row.verdict else []
            if row.answer_id is not None:
                times = steps | {"whole": row.milliseconds}
                names += [f"step:{name}:{_bound(took)}" for name, took in times.items()]
            cell = ((row.at + _EAST).date(), row.channel, row.city)
            found.setdefault(cell, Counter()).update(names)
        connection.execute(change, changes)
        last = rows[-1].id
    return found


def _bound(milliseconds: int) -> int:
    """Times are counted by bounds a quarter apart."""
    if milliseconds <= 10:
        return milliseconds
    scale = 1
    while milliseconds > 100 * scale:
        scale *= 10
    bounds = (12, 16, 20, 25, 32, 40, 50, 63, 80, 100)
    return next(step * scale for step in bounds if step * scale >= milliseconds)
