"""What a review leads to: somebody proposes it, a second person decides. It is written into files by `writing.py`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import Row, insert, select, update

from bot.store.database import Database
from bot.store.tables import proposals

Place = tuple[str, str]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class CaseBody(_Body):
    """A question whose answer is known: the words, the enterprise, the day, the provisions, what must (not) be said."""

    as_of: date
    turns: tuple[str, ...] = Field(min_length=1)
    profile: Mapping[str, str] = {}
    provisions: tuple[Place, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    abstain: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.abstain and not (self.provisions and self.must):
            raise ValueError("a case names provisions and what must be said, or that the answer has to abstain")
        return self


class QuestionBody(_Body):
    """Words in which a support is asked for."""

    document_id: str = Field(pattern=r"^[a-z0-9-]+$")
    support_id: str = Field(pattern=r"^[a-z0-9-]+$")
    question: str = Field(min_length=2, max_length=200)


class WordBody(_Body):
    """Another spelling of a word."""

    word: str = Field(min_length=1, max_length=40, pattern=r"^[^\s:#\[\],{}'\"]+$")
    spelling: str = Field(min_length=1, max_length=40, pattern=r"^[^\s:#\[\],{}'\"]+$")


class NoteBody(_Body):
    """Something to be thought of at a row of the rules table."""

    document_id: str = Field(pattern=r"^[a-z0-9-]+$")
    support_id: str = Field(pattern=r"^[a-z0-9-]+$")
    note: str = Field(min_length=2, max_length=1000)


class Kind(StrEnum):
    CASE = "case"
    QUESTION = "question"
    WORD = "word"
    NOTE = "note"


Body = CaseBody | QuestionBody | WordBody | NoteBody
BODIES: Mapping[Kind, type[Body]] = {
    Kind.CASE: CaseBody,
    Kind.QUESTION: QuestionBody,
    Kind.WORD: WordBody,
    Kind.NOTE: NoteBody,
}


class State(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class SamePerson(PermissionError):
    """Nobody decides what they proposed themselves."""


class AlreadyDecided(RuntimeError):
    """The proposal does not wait any more, or is gone."""


@dataclass(frozen=True, slots=True)
class Proposal:
    id: int
    item_id: int
    kind: Kind
    body: Body
    state: State
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None
    decided_at: datetime | None


class Proposals:
    """The proposals of one database. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def propose(self, item_id: int, body: Body, by: str, now: datetime) -> int:
        values = {
            "item_id": item_id,
            "kind": next(kind for kind, shape in BODIES.items() if isinstance(body, shape)),
            "body": body.model_dump_json(),
            "state": State.PROPOSED,
            "proposed_by": by,
            "proposed_at": now,
        }
        async with self._database.write() as connection:
            kept = await connection.execute(insert(proposals).values(values).returning(proposals.c.id))
            return int(kept.scalar_one())

    async def decide(self, proposal_id: int, by: str, now: datetime, *, accept: bool) -> None:
        """Raises SamePerson, AlreadyDecided."""
        async with self._database.write() as connection:
            mine = select(proposals).where(proposals.c.id == proposal_id).with_for_update()
            row = (await connection.execute(mine)).first()
            if row is None or row.state != State.PROPOSED:
                raise AlreadyDecided(str(proposal_id))
            if row.proposed_by == by:
                raise SamePerson(by)
            state = State.ACCEPTED if accept else State.DECLINED
            decided = update(proposals).where(proposals.c.id == proposal_id)
            await connection.execute(decided.values(state=state, decided_by=by, decided_at=now))

    async def all(self, state: State | None = None, item_id: int | None = None) -> list[Proposal]:
        """Proposals in a state, or of an item; the oldest first."""
        query = select(proposals).order_by(proposals.c.id)
        if state is not None:
            query = query.where(proposals.c.state == state)
        if item_id is not None:
            query = query.where(proposals.c.item_id == item_id)
        async with self._database.read() as connection:
            return [_proposal(row) for row in await connection.execute(query)]


def _proposal(row: Row[Any]) -> Proposal:
    values = dict(row._mapping)
    kind = Kind(values["kind"])
    body = BODIES[kind].model_validate(json.loads(values["body"]))
    return Proposal(**values | {"kind": kind, "body": body, "state": State(values["state"])})
