"""What was said elsewhere, gone through again: the state after it, and the messages. No model is asked."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.audience import nobody
from bot.clerk import Clerk, labels_of
from bot.messages import IncomingMessage
from bot.rendering import Choice, read_choice
from bot.store.conversations import StoredMessage
from chains.conversation import Conversation

if TYPE_CHECKING:
    from chains.assistant import Assistant

log = logging.getLogger("huiqi.reception")


async def replay(
    assistant: "Assistant", state: Conversation, conversation_id: str, said: Sequence[str], clerk: Clerk
) -> tuple[Conversation, list[StoredMessage]]:
    """The state after what was said, and the messages; what cannot be answered is left out, as it was then."""
    kept: list[StoredMessage] = []
    for text in said:
        await asyncio.sleep(0)  # others are served in between
        choice = read_choice(state.pending, text) or Choice()
        if choice.complaint:
            continue
        message = IncomingMessage(conversation_id, "" if choice.ids else text, choice.ids)
        question = replace(clerk.question(message), sequence=len(kept))
        try:
            turn = await assistant.answer(state, question.text, choice.ids, listener=nobody())
        except Exception:
            log.exception("replay failed", extra={"event": {"conversation": conversation_id}})
            continue
        question = replace(question, text=question.text or labels_of(state, choice.ids))
        kept += [question, clerk.answer(question, turn)]
        state = turn.conversation
    return state, kept
