"""What every channel speaks: a message that came in and a message to show."""

import json
from dataclasses import dataclass

from chains.reply import Reply


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """What a person said or tapped. `delivery_id` is the sender's own id: the same one twice is the same message."""

    conversation_id: str
    text: str
    choices: tuple[str, ...] = ()
    delivery_id: str | None = None


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """An answer as it was stored. `body` is the exact JSON that every repetition of the same message gets again."""

    conversation_id: str
    message_id: str
    body: str

    @property
    def reply(self) -> Reply:
        fields = json.loads(self.body)
        return Reply.model_validate({k: v for k, v in fields.items() if k in Reply.model_fields})
