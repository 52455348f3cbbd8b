"""Tells subscribers what has changed for them. Who has nothing new hears nothing; nobody hears the same twice."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock, today
from bot.reception import Reception
from bot.store.conversations import NoSuchConversation
from bot.store.database import Consequence
from bot.store.people import People, Subscription, keep_subscription
from chains.steps.notice import Known

if TYPE_CHECKING:
    from chains.assistant import Assistant

AUTHOR = "notice"


@dataclass(frozen=True, slots=True)
class Notified:
    """Somebody who was told, or would be: the conversation and the words."""

    conversation_id: str
    text: str


async def notify(
    assistant: "Assistant", people: People, reception: Reception, clock: Clock, *, only_look: bool = False
) -> list[Notified]:
    """Tell exactly those whose findings changed since they were told last; with `only_look` nobody is told.

    A message and what the subscriber knows after it are kept in one transaction: killed in the middle and run again,
    everybody is told once.
    """
    as_of, told = today(clock), []
    for subscription in await people.subscriptions():
        before = _known(subscription)
        profile = await reception.profile(subscription.conversation_id)
        if before is None or profile is None:
            continue
        reply = assistant.tell_changes(before, profile, as_of)
        if reply is None:
            continue
        told.append(Notified(subscription.conversation_id, reply.text))
        if only_look:
            continue
        after = assistant.known(profile, as_of).model_dump_json()
        try:
            also = _remember(subscription.conversation_id, after, clock)
            await reception.say(subscription.conversation_id, reply, AUTHOR, also)
        except NoSuchConversation:
            told.pop()  # erased in the meantime
    return told


def _remember(conversation_id: str, known: str, clock: Clock) -> Consequence:
    async def remember(connection: AsyncConnection) -> None:
        await keep_subscription(connection, conversation_id, known, clock())

    return remember


def _known(subscription: Subscription) -> Known | None:
    try:
        return Known.model_validate_json(subscription.findings)
    except ValidationError:  # written by another version: what they were told cannot be compared
        return None
