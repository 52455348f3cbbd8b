"""The items of review: one for each message of a person, kept with its answer. Nobody looks at them here."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.review.flags import Flag, Raised, flags_of, risk_of
from bot.review.index import drop_items, index_item, label, words_of
from bot.review.tallies import tally
from bot.review.verdicts import Judgement, Review, Stage, Standing, standing_of
from bot.store.tables import messages, review_items, reviews
from chains.prompting import prompts_version
from chains.reply import Reply
from knowledge.library import Library

if TYPE_CHECKING:
    from bot.store.conversations import StoredConversation, StoredMessage

SLOW_SECONDS = (1, 3, 10)


@dataclass(frozen=True, slots=True)
class Draws:
    """Which share of the answers that nothing speaks against is looked at, and which share of all by two people."""

    sampled: float = 0.05
    doubled: float = 0.10
    draw: Callable[[], float] = random.SystemRandom().random


USUAL_DRAWS = Draws()


@dataclass(frozen=True, slots=True)
class Touched:
    """What an answer is about: support ids, provisions as `document/path`, statuses of its findings, lifecycles."""

    supports: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    lifecycles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item as it is kept. `place` is its place in the queue (the smallest first), None where nobody has to look."""

    id: int
    conversation_id: str
    question_id: str
    answer_id: str | None
    at: datetime
    channel: str
    city: str
    outcome: str
    abstained: bool
    milliseconds: int
    steps: Mapping[str, int]  # milliseconds by the name of the step
    begins: bool
    corpus: str
    rules: str
    prompts: str
    model: str
    flags: tuple[Raised, ...]
    kinds: str
    touched: Touched
    sampled: bool
    doubled: bool
    stage: Stage
    place: int | None
    verdict: str | None
    leased_by: str | None
    leased_until: datetime | None

    def holder(self, now: datetime) -> str | None:
        """Who has taken it and still has it."""
        return self.leased_by if self.leased_until is not None and self.leased_until > now else None


@dataclass(frozen=True, slots=True)
class Kept:
    """An item as it is now, and as it was `before` if its message had failed and was sent again."""

    item: Item
    before: Item | None = None


def item_of(row: Row[Any]) -> Item:
    values = dict(row._mapping)
    flags = tuple(Raised(Flag(flag), why) for flag, why in json.loads(values["flags"]))
    touched = Touched(**{name: tuple(found) for name, found in json.loads(values["touched"]).items()})
    parts = {"flags": flags, "touched": touched, "steps": json.loads(values["steps"]), "stage": Stage(values["stage"])}
    return Item(**values | parts)


# --- parts of larger transactions


async def keep_answered(
    connection: AsyncConnection,
    conversation: "StoredConversation",
    question: "StoredMessage",
    answer: "StoredMessage",
    reply: Reply,
    trace: Mapping[str, Any],
    library: Library,
    draws: Draws,
) -> Kept:
    """Keep the item of an answer, in the transaction that keeps the answer."""
    city = reply.profile.get("city")
    models = trace.get("model") or ()
    values = {
        "answer_id": answer.id,
        "city": str(city.value) if city else "",
        "outcome": reply.outcome,
        "abstained": reply.abstained,
        "milliseconds": round(float(trace.get("seconds") or 0) * 1000),
        "steps": json.dumps({name: round(seconds * 1000) for name, seconds in (trace.get("steps") or {}).items()}),
        "corpus": str(trace.get("library") or library.version),
        "rules": library.rules_version,
        "prompts": prompts_version(),
        "model": str(models[-1].get("model") or "")[:100] if models else "",
        "touched": _dumped(_touched(reply)),
    }
    raised = flags_of(question.text, reply, trace)
    said = (question.text, answer.text)
    return await _keep(connection, conversation, question, said, answer.at, raised, values, draws)


async def keep_failed(
    connection: AsyncConnection,
    conversation: "StoredConversation",
    question: "StoredMessage",
    city: str,
    at: datetime,
    draws: Draws,
) -> Kept:
    """Keep the item of a message that could not be answered."""
    values = {
        "answer_id": None,
        "city": city,
        "outcome": "failed",
        "abstained": False,
        "milliseconds": 0,
        "steps": "{}",
        "corpus": "",
        "rules": "",
        "prompts": prompts_version(),
        "model": "",
        "touched": _dumped(Touched()),
    }
    said = (question.text,)
    return await _keep(connection, conversation, question, said, at, (Raised(Flag.FAILED),), values, draws)


async def flag_disliked(connection: AsyncConnection, answer_id: str, disliked: bool, why: str) -> None:
    """Raise the flag of an answer that a person did not find helpful, or take it back when they change their mind."""
    item = await _find(connection, review_items.c.answer_id == answer_id)
    if item is None:
        return
    others = tuple(one for one in item.flags if one.flag is not Flag.DISLIKED)
    after = await _raise(connection, item, (*others, Raised(Flag.DISLIKED, why)) if disliked else others)
    await tally(connection, [item], [after])


async def settle_item(connection: AsyncConnection, item: Item) -> Standing:
    """Put an item where it belongs after its reviews, free for others."""
    standing = standing_of(bool(item.flags), item.doubled, await standing_reviews(connection, item.id))
    values = _placed(standing.stage, item.flags) | {"verdict": standing.verdict}
    mine = update(review_items).where(review_items.c.id == item.id)
    await connection.execute(mine.values(values | {"leased_by": None, "leased_until": None}))
    await refresh_index(connection, item.id)
    await tally(connection, [item], [replace(item, verdict=standing.verdict)])
    return standing


async def lock_item(connection: AsyncConnection, item_id: int) -> Item | None:
    """An item that nobody else changes until the transaction ends."""
    query = select(review_items).where(review_items.c.id == item_id).with_for_update()
    row = (await connection.execute(query)).first()
    return item_of(row) if row else None


async def standing_reviews(connection: AsyncConnection, item_id: int) -> list[Review]:
    """The reviews of an item that hold, the first first: each person's last one, unless it was taken back."""
    query = select(reviews).where(reviews.c.item_id == item_id).order_by(reviews.c.id)
    return reviews_of((await connection.execute(query)).all())


def reviews_of(rows: Sequence[Row[Any]]) -> list[Review]:
    """Those of the rows of one item that hold."""
    return [Review(row.id, row.reviewer, row.at, _judgement(row)) for row in holding(rows)]


def holding(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Those of the rows of one item that hold. A judgement given again keeps the place of its reviewer's first."""
    undone = {row.undoes for row in rows if row.undoes is not None}
    latest: dict[str, Row[Any]] = {}
    for row in rows:
        if row.verdict is not None and row.id not in undone:
            latest[row.reviewer] = row
    return list(latest.values())


async def erase_items(connection: AsyncConnection, conversation_ids: Sequence[str]) -> None:
    """Erase the items of conversations, their words, their part in the counts, and all that staff wrote about them."""
    theirs = review_items.c.conversation_id.in_(conversation_ids)
    held = select(review_items).where(theirs).order_by(review_items.c.id).with_for_update()
    items = [item_of(row) for row in await connection.execute(held)]
    await drop_items(connection, [item.id for item in items])
    await connection.execute(review_items.delete().where(theirs))
    await tally(connection, items, [])


async def refresh_index(connection: AsyncConnection, item_id: int) -> None:
    """Write an item's words and labels anew."""
    item = await _find(connection, review_items.c.id == item_id)
    if item is None:
        return
    said = select(messages.c.text).where(messages.c.id.in_([item.question_id, item.answer_id or ""]))
    texts = (await connection.execute(said)).scalars().all()
    judged = await standing_reviews(connection, item_id)
    await drop_items(connection, [item_id])
    await index_item(connection, item_id, words_of(*texts) | labels_of(item, judged))


def labels_of(item: Item, judged: Sequence[Review]) -> set[str]:
    """What an item is found by besides its words; a verdict once it holds, so that a second look stays blind."""
    touched = item.touched
    found = {
        label("channel", item.channel),
        label("outcome", item.outcome),
        label("stage", item.stage),
        label("corpus", item.corpus),
        label("rules", item.rules),
        label("prompts", item.prompts),
        *(label("flag", one.flag) for one in item.flags),
        *(label("support", support) for support in touched.supports),
        *(label("provision", provision) for provision in touched.provisions),
        *(label("document", provision.partition("/")[0]) for provision in touched.provisions),
        *(label("status", status) for status in touched.statuses),
        *(label("lifecycle", lifecycle) for lifecycle in touched.lifecycles),
        *(label("slow", str(seconds)) for seconds in SLOW_SECONDS if item.milliseconds >= seconds * 1000),
        *(label("reviewer", review.reviewer) for review in judged),
    }
    if item.city:
        found.add(label("city", item.city))
    if item.model:
        found.add(label("model", item.model))
    if item.verdict is not None:
        found.add(label("verdict", item.verdict))
        found |= {label("reason", reason) for review in judged for reason in review.judgement.reasons}
    return found


async def _keep(
    connection: AsyncConnection,
    conversation: "StoredConversation",
    question: "StoredMessage",
    said: Sequence[str],
    at: datetime,
    raised: tuple[Raised, ...],
    values: dict[str, Any],
    draws: Draws,
) -> Kept:
    known = await _find(connection, review_items.c.question_id == question.id)
    if known is not None:  # it failed before; that it did stays a reason to look
        flags = (*raised, *(one for one in known.flags if one.flag not in {r.flag for r in raised}))
        mine = update(review_items).where(review_items.c.id == known.id)
        await connection.execute(mine.values(values | {"at": at}))
        item = await _raise(connection, known, flags)
        await tally(connection, [known], [item])
        return Kept(item, known)
    sampled = not raised and draws.draw() < draws.sampled
    if sampled:
        raised = (Raised(Flag.SAMPLED),)
    values |= {
        "conversation_id": conversation.id,
        "question_id": question.id,
        "at": at,
        "channel": conversation.channel,
        "begins": await _find(connection, review_items.c.conversation_id == conversation.id) is None,
        "sampled": sampled,
        "doubled": draws.draw() < draws.doubled,
        **_flagged(raised),
        **_placed(Stage.FIRST if raised else Stage.NONE, raised),
    }
    kept = await connection.execute(insert(review_items).values(values).returning(review_items))
    item = item_of(kept.one())
    await index_item(connection, item.id, words_of(*said) | labels_of(item, ()))
    await tally(connection, [], [item])
    return Kept(item)


async def _raise(connection: AsyncConnection, item: Item, raised: tuple[Raised, ...]) -> Item:
    """Give an item other flags: the item with them. One that was looked at already is looked at again by nobody."""
    waits = item.stage in (Stage.NONE, Stage.FIRST)
    stage = (Stage.FIRST if raised else Stage.NONE) if waits else item.stage
    mine = update(review_items).where(review_items.c.id == item.id)
    changed = await connection.execute(
        mine.values(**_flagged(raised), **_placed(stage, raised)).returning(review_items)
    )
    after = item_of(changed.one())
    await refresh_index(connection, item.id)
    return after


async def _find(connection: AsyncConnection, condition: Any) -> Item | None:
    """The first item that fits; nobody else changes it until the transaction ends."""
    query = select(review_items).where(condition).order_by(review_items.c.id).limit(1).with_for_update()
    row = (await connection.execute(query)).first()
    return item_of(row) if row else None


def _placed(stage: Stage, raised: Sequence[Raised]) -> dict[str, Any]:
    waits = stage in (Stage.FIRST, Stage.SECOND, Stage.THIRD)
    return {"stage": stage.value, "place": -risk_of(raised) if waits else None}


def _flagged(raised: Sequence[Raised]) -> dict[str, str]:
    flags = json.dumps([[one.flag, one.why] for one in raised], ensure_ascii=False)
    return {"flags": flags, "kinds": " ".join(sorted({one.flag for one in raised}))}


def _dumped(touched: Touched) -> str:
    return json.dumps({name: getattr(touched, name) for name in touched.__slots__}, ensure_ascii=False)


def _touched(reply: Reply) -> Touched:
    places = [(c.document_id, c.provision) for c in reply.citations]
    places += [(f.document_id, f.provision) for f in reply.findings]
    lifecycles = [c.lifecycle for c in reply.citations] + [f.lifecycle for f in reply.findings]
    return Touched(
        supports=tuple(dict.fromkeys(f.support_id for f in reply.findings)),
        provisions=tuple(dict.fromkeys(f"{document}/{provision}" for document, provision in places)),
        statuses=tuple(sorted({f.status for f in reply.findings})),
        lifecycles=tuple(sorted(set(lifecycles))),
    )


def _judgement(row: Row[Any]) -> Judgement:
    return Judgement(
        verdict=row.verdict,
        reasons=tuple(json.loads(row.reasons)),
        severity=row.severity,
        comment=row.comment,
        corrected=row.corrected,
        seconds=row.seconds,
    )
