"""The tables of the store. Changes go with a migration in `migrations/versions`."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A point in time; SQLite keeps no time zone, so it is UTC there and back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("token_hash", String(64), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("pinned", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False, index=True),
)

# A question has an even sequence, its answer the odd one after it; what staff or a notice says unasked has an odd one
# of its own and an `author`. `raw` is JSON, as it was received; `text` is for people. `reply` is the exact body that
# was sent. A question with `failed_at` waits until it is sent again.
messages = Table(
    "messages",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", String(32), ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("role", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("raw", Text),
    Column("at", Moment, nullable=False),
    Column("reply", Text),
    Column("trace", Text),
    Column("author", String(40)),
    Column("client_message_id", String(200)),
    Column("body_hash", String(64)),
    Column("failed_at", Moment),
    UniqueConstraint("conversation_id", "sequence"),
    UniqueConstraint("conversation_id", "client_message_id", "role"),
)

# Somebody on a platform: an address, and the conversation that is held with it. `state` is JSON of the front desk.
contacts = Table(
    "contacts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("address", String(200), nullable=False),
    Column("conversation_id", String(32), ForeignKey("conversations.id", ondelete="SET NULL"), index=True),
    Column("state", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("heard_at", Moment),
    Column("unreachable_at", Moment),
    UniqueConstraint("channel", "address"),
)

# What platforms delivered. `key` and `identity` are hashes, so that a delivery is known again after its words and its
# address were forgotten. `place` sorts the deliveries of one address in the order in which they were sent.
inbox = Table(
    "inbox",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("address", String(200), nullable=False),
    Column("key", String(64), nullable=False),
    Column("identity", String(64)),
    Column("place", String(60), nullable=False),
    Column("payload", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("done_at", Moment),
    UniqueConstraint("channel", "key"),
    UniqueConstraint("channel", "identity"),
    Index("ix_inbox_waiting", "state", "channel", "address", "place"),
)

# What is to be shown on platforms, a sheet in each row, in the order of `id` for one address. `parts` counts the
# messages of it that the platform has acknowledged; `doubtful` says that one was perhaps sent twice. `passive` ones
# were given as the response to the delivery. `message_id` is that of the answer which a sheet shows.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("channel", String(20), nullable=False),
    Column("address", String(200), nullable=False),
    Column("contact_id", String(32), ForeignKey("contacts.id", ondelete="SET NULL"), index=True),
    Column("inbox_id", String(32), index=True),
    Column("body", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("parts", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("doubtful", Boolean, nullable=False),
    Column("passive", Boolean, nullable=False),
    Column("given", Integer, nullable=False, server_default="0"),
    Column("queued_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("claimed_at", Moment),
    Column("sent_at", Moment),
    Column("error", String(200)),
    Column("message_id", String(32), index=True),
    Index("ix_outbox_waiting", "state", "channel", "address", "id"),
    sqlite_autoincrement=True,
)

# A conversation that staff have been asked to take over.
tickets = Table(
    "tickets",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column(
        "conversation_id", String(32), ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("opened_at", Moment, nullable=False, index=True),
    Column("taken_by", String(40)),
    Column("taken_at", Moment),
    Column("closed_at", Moment),
    Column("closed_by", String(40)),
    sqlite_autoincrement=True,
)

# A code, told once and kept as its hash, with which another channel joins a conversation.
link_codes = Table(
    "link_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("conversation_id", String(32), ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("expires_at", Moment, nullable=False),
)

# Who asked to be told of changes; `findings` is JSON: what they were told last, support by support.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("conversation_id", String(32), ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("since", Moment, nullable=False),
    Column("findings", Text, nullable=False),
    Column("told_at", Moment, nullable=False),
)

# What people thought of an answer.
feedback = Table(
    "feedback",
    metadata,
    Column("message_id", String(32), ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
    Column("helpful", Boolean, nullable=False),
    Column("reason", String(40)),
    Column("at", Moment, nullable=False),
)

# What a channel has to remember of its platform: access tokens, cursors, rights that the account lacks.
notes = Table(
    "notes",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("value", Text, nullable=False),
    Column("expires_at", Moment),
)

# What calls of models cost: tokens read and written, millionths of a yuan. `person` is a hash, forgotten a day later.
model_calls = Table(
    "model_calls",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("day", Date, nullable=False),
    Column("person", String(32), nullable=False, index=True),
    Column("tokens", Integer, nullable=False),
    Column("micro_yuan", BigInteger, nullable=False),
    Index("ix_model_calls_day", "day", "person", "tokens", "micro_yuan"),
)

# People who work in the console. A disabled one stays, for the audit log names them.
staff = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(40), nullable=False, unique=True),
    Column("role", String(10), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment),
    sqlite_autoincrement=True,
)

# Who is signed in; the token itself is only in the browser's cookie.
staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("staff_id", Integer, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("began_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

# Browsers in which a member of staff has signed in before: strangers' failures do not slow them down.
staff_devices = Table(
    "staff_devices",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("staff_id", Integer, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("seen_at", Moment, nullable=False),
)

# Failed log-ins of the last hour for one account, address or device; `key` is a hash, `times` is JSON.
login_tries = Table(
    "login_tries",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("times", Text, nullable=False),
    Column("last_at", Moment, nullable=False),
)

# What staff did, each row sealed by the hash of it and of the one before. Triggers forbid changing rows, and removing
# any but those before the beginning of the log.
audit = Table(
    "audit",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False, index=True),
    Column("who", String(40), nullable=False, index=True),
    Column("action", String(40), nullable=False, index=True),
    Column("object", String(200), nullable=False),
    Column("reason", String(400), nullable=False),
    Column("hash", String(64), nullable=False),
)

# Where the chain of the audit log ends: one row. A log that is cut short ends elsewhere.
audit_end = Table(
    "audit_end",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sequence", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

# Where the chain of the audit log begins: one row, the last entry that is no longer kept because of its age.
audit_start = Table(
    "audit_start",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sequence", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

# What staff took out of the console, or ask to. `query` says which rows (forgotten once it is settled), `last` is the
# number of the newest one, `count` how many there are. Those that somebody could take alone have nobody who decided.
exports = Table(
    "exports",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("what", String(10), nullable=False),
    Column("query", Text, nullable=False),
    Column("form", String(5), nullable=False),
    Column("count", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("asked_by", String(40), nullable=False),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("approved", Boolean),
    Column("decided_by", String(40)),
    Column("decided_at", Moment),
    Column("fetched_at", Moment),
    sqlite_autoincrement=True,
)

# An answered message (or one whose answer failed) as staff see it. `flags` is JSON: [flag, why]; `touched` is JSON:
# supports, provisions, statuses, lifecycles. `place` sorts the queue, the smallest first; it is empty where nobody has
# to look. `sampled` and `doubled` were drawn when it was written. `bot/review/index.py` keeps the index of its words.
# `begins` marks the first of its conversation; `steps` is JSON: milliseconds by step; `kinds` are the names of its
# flags, put apart by blanks, in the order of the alphabet.
review_items = Table(
    "review_items",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column(
        "conversation_id", String(32), ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("question_id", String(32), nullable=False, unique=True),
    Column("answer_id", String(32), unique=True),
    Column("at", Moment, nullable=False, index=True),
    Column("channel", String(20), nullable=False),
    Column("city", String(20), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("abstained", Boolean, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Column("steps", Text, nullable=False, server_default="{}"),
    Column("begins", Boolean, nullable=False, server_default=false()),
    Column("corpus", String(20), nullable=False),
    Column("rules", String(20), nullable=False),
    Column("prompts", String(20), nullable=False),
    Column("model", String(100), nullable=False),
    Column("flags", Text, nullable=False),
    Column("kinds", String(120), nullable=False, server_default=""),
    Column("touched", Text, nullable=False),
    Column("sampled", Boolean, nullable=False),
    Column("doubled", Boolean, nullable=False),
    Column("stage", String(8), nullable=False, index=True),
    Column("place", Integer),
    Column("verdict", String(10)),
    Column("leased_by", String(40)),
    Column("leased_until", Moment),
    Index("ix_review_items_queue", "place", "id"),
    # Nearly no item is held: only those that are stand in it, so that statistics never talk a database out of its use.
    Index(
        "ix_review_items_held",
        "leased_by",
        sqlite_where=text("leased_by IS NOT NULL"),
        postgresql_where=text("leased_by IS NOT NULL"),
    ),
    Index(
        "ix_review_items_waiting",
        "kinds",
        "at",
        "place",
        sqlite_where=text("place IS NOT NULL"),
        postgresql_where=text("place IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
)

# How many of what there were on a day (of Asia/Shanghai) on a channel in a city: `counts` is JSON of the counts of
# `bot/review/tallies.py`, which are those of the items of that day and change with them.
tallies = Table(
    "tallies",
    metadata,
    Column("day", Date, primary_key=True),
    Column("channel", String(20), primary_key=True),
    Column("city", String(20), primary_key=True),
    Column("counts", Text, nullable=False),
)

# What a person thought of an answer, and that they took it back (`undoes`): rows are added, none is changed.
# `reasons` is JSON; `seconds` is how long they looked.
reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("item_id", Integer, ForeignKey("review_items.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("reviewer", String(40), nullable=False, index=True),
    Column("at", Moment, nullable=False, index=True),
    Column("undoes", Integer, ForeignKey("reviews.id", ondelete="CASCADE")),
    Column("verdict", String(10)),
    Column("reasons", Text, nullable=False),
    Column("severity", Integer),
    Column("comment", Text, nullable=False),
    Column("corrected", Text, nullable=False),
    Column("seconds", Integer),
    sqlite_autoincrement=True,
)

# A filter of the list under a name: `address` is its query string.
saved_filters = Table(
    "saved_filters",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("address", Text, nullable=False),
    Column("saved_by", String(40), nullable=False),
    Column("saved_at", Moment, nullable=False),
)

# What a review leads to: a case, a known question, a word, a note. `body` is JSON of its kind. A second person decides.
proposals = Table(
    "proposals",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("item_id", Integer, ForeignKey("review_items.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("proposed_by", String(40), nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("decided_by", String(40)),
    Column("decided_at", Moment),
    sqlite_autoincrement=True,
)

# That a person who was told something wrong was written to; `message_id` is what was said, delivered or not yet.
amends = Table(
    "amends",
    metadata,
    Column("message_id", String(32), primary_key=True),
    Column("item_id", Integer, ForeignKey("review_items.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("said_by", String(40), nullable=False),
    Column("said_at", Moment, nullable=False),
    Column("delivered_at", Moment),
)
