"""How a call of the Bot API can end, beyond what all platforms know."""

from bot.channels.platform import SendFailed, SendUnknown, TooFast, Unacceptable, Unreachable

# Every way in which a call can end that is not a result.
ENDINGS = (SendFailed, SendUnknown, TooFast, Unacceptable, Unreachable)


class Conflict(SendFailed):
    """Somebody else fetches the updates, or a webhook is set."""


class NoSuchMethod(SendFailed):
    """The server does not know the method, or the token."""


class Refused(SendFailed):
    """The server does not take the token."""


class Moved(Unacceptable):
    """A group has become a supergroup under another id."""

    def __init__(self, chat_id: int) -> None:
        super().__init__("the group has moved")
        self.chat_id = chat_id
