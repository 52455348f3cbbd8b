"""How much a document that arrives may be and cost, and what is told when it is refused."""

from dataclasses import dataclass
from enum import StrEnum

MEGABYTE = 1024 * 1024


class Refusal(StrEnum):
    """Why a document is not read; `prompts/intake.yaml` has the words."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MUCH_TEXT = "too_much_text"
    BOMB = "bomb"
    TOO_SLOW = "too_slow"
    TOO_MUCH_MEMORY = "too_much_memory"
    ENCRYPTED = "encrypted"
    UNKNOWN_KIND = "unknown_kind"
    WRONG_KIND = "wrong_kind"
    BROKEN = "broken"
    NESTED = "nested"
    ENTITIES = "entities"
    NO_TEXT = "no_text"
    NO_CORPUS = "no_corpus"
    BAD_ADDRESS = "bad_address"
    HOST_NOT_ALLOWED = "host_not_allowed"
    PRIVATE_ADDRESS = "private_address"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    NOT_FETCHED = "not_fetched"


class Refused(ValueError):
    """A document was not taken in; `detail` names what stood out."""

    def __init__(self, why: Refusal, detail: str = "") -> None:
        super().__init__(f"{why.value}: {detail}" if detail else why.value)
        self.why = why
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one document may take."""

    most_bytes: int = 20 * MEGABYTE
    most_pages: int = 500
    most_characters: int = 2_000_000
    most_parts: int = 2_000
    ratio: int = 100
    seconds: int = 30
    memory: int = 512 * MEGABYTE


LIMITS = Limits()
