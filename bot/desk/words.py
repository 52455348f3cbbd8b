"""What is meant by words at the desk: a command, a yes or a no, a code, the label of a button, an opinion."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from bot.messages import Action, Button
from chains.prompting import read_data

_SLASHED = re.compile(r"(/[a-z0-9_]+)(?:\s|$)")
_TONES = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f\\s]")


def is_one_of(command: str, text: str) -> bool:
    """Whether a message is one of the words for a command of the lexicon."""
    return _plain(text) in _commands()[command]


def command_in(text: str) -> tuple[str | None, bool]:
    """The command of the lexicon that a message is, if any, and whether it begins with a slash.

    Behind the word of one that does, anything may stand.
    """
    plain = _plain(text)
    slashed = _SLASHED.match(plain)
    word = slashed[1] if slashed else plain
    return next((name for name, words in _commands().items() if word in words), None), slashed is not None


def code_in(text: str) -> tuple[str, bool] | None:
    """What may be a code to link with, and whether the word for it stands with it; None if nothing may."""
    found = _code_pattern().fullmatch(_plain(text))
    return (found["code"], found["asks"] is not None) if found else None


def button_meant(buttons: Sequence[Button], text: str) -> Button | None:
    """The button whose number or label a message is."""
    plain = _plain(text)
    if plain.isdecimal() and len(plain) < 3 and 1 <= int(plain) <= len(buttons):
        return buttons[int(plain) - 1]
    return next((button for button in buttons if button.label.lower() == plain), None)


def opinion_in(text: str) -> Action | None:
    """HELPFUL or UNHELPFUL, where a message is nothing but thumbs, however many and of whatever colour."""
    sign = "".join(dict.fromkeys(_TONES.sub("", _plain(text))))
    if sign in _commands()["helpful"]:
        return Action.HELPFUL
    return Action.UNHELPFUL if sign in _commands()["unhelpful"] else None


@cache
def _commands() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in read_data("lexicon")["commands"].items()}


@cache
def _code_pattern() -> re.Pattern[str]:
    return re.compile(read_data("lexicon")["link_code"], re.IGNORECASE)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().strip("。.!！“”\"'").lower()
