"""What stands on Telegram's buttons and in its menu, as `prompts/channels.yaml` says it."""

from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel, ConfigDict

from chains.prompting import read_data


class Wording(BaseModel):
    """The section `telegram` of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    commands: Mapping[str, str]
    submit: str
    back: str
    citation: str
    ticked: str
    unticked: str
    helpful: str
    unhelpful: str
    working: str
    choose: str


@cache
def wording() -> Wording:
    return Wording.model_validate(read_data("channels")["telegram"])
