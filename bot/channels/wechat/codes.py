"""What the error codes of a platform mean to the post office. Which codes they are stands with each channel."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from bot.channels.platform import NotPermitted, SendFailed, TooFast, Unacceptable, Unreachable
from bot.channels.wechat.api import Rejected


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of one platform that are more than a failure; `too_fast` says for how many seconds."""

    not_permitted: Set[int] = frozenset()
    unreachable: Set[int] = frozenset()
    unacceptable: Set[int] = frozenset()
    too_fast: Mapping[int, float] = field(default_factory=dict)

    def meaning(self, error: Rejected) -> Exception:
        """The exception that a send raises for what the platform said."""
        if error.code in self.not_permitted:
            return NotPermitted(str(error))
        if error.code in self.too_fast:
            return TooFast(self.too_fast[error.code], everyone=True)
        if error.code in self.unreachable:
            return Unreachable(str(error))
        if error.code in self.unacceptable:
            return Unacceptable(str(error))
        return SendFailed(str(error))
