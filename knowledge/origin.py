"""Where a document came from, and what stood out in it when it came: the contents of `intake.yaml`."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from knowledge.flags import FlagKind


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AcceptedFlag(_Row):
    """Something that was flagged, and who has looked at it and why it may stay."""

    kind: FlagKind
    words: str
    accepted: str = Field(min_length=2)


class Origin(_Row):
    """The file or address, the day, and the sha256 of the bytes as they came."""

    origin: str
    received: date
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    flags: tuple[AcceptedFlag, ...] = ()
