"""Reads the wording in `prompts/` and fills it in; a missing value is an error."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Formatter
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge.profile import UNKNOWN, Fact, SlotKind, Source, slots

PROMPTS = Path(__file__).parent.parent / "prompts"
CHECKLIST = "checklist"
_PARTED = "\n===\n"
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class MissingWording(KeyError):
    """A wording that does not exist, or a placeholder that was given no value."""


class SlotWording(BaseModel):
    """How a slot is asked, offered and told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    ask: str
    options: Mapping[str, str]
    facts: Mapping[str, str]
    usual: tuple[float, ...]
    tick: str | None = None


class Prompt(BaseModel):
    """What a model is told, with a `{placeholder}` for each piece of data, and what it is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    purpose: str
    text: str

    @property
    def placeholders(self) -> frozenset[str]:
        return frozenset(_PLACEHOLDER.findall(self.text))


@dataclass(frozen=True, slots=True)
class Messages:
    """A filled prompt: what the model is told to do, and the data, which are nobody's instructions."""

    name: str
    version: int
    system: str
    user: str


@cache
def read_data(name: str) -> Any:
    """The contents of one YAML file in `prompts/`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((PROMPTS / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader)


def every_text(data: Any) -> Iterator[str]:
    """Every text in what was read from a file, keys left aside."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping | list | tuple):
        for value in data.values() if isinstance(data, Mapping) else data:
            yield from every_text(value)


@cache
def prompts_version() -> str:
    """A hash of all that is in `prompts/`: it changes when any wording, word or prompt does."""
    digest = sha256()
    for file in sorted(PROMPTS.iterdir()):
        if file.suffix in (".md", ".yaml"):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]


@cache
def slot_wordings() -> Mapping[str, SlotWording]:
    return {name: SlotWording.model_validate(row) for name, row in read_data("questions").items()}


def wording(key: str, /, **values: object) -> str:
    """A text of `replies.yaml`, `a.b` for a nested one, with its placeholders filled."""
    node: Any = read_data("replies")
    for part in key.split("."):
        if not isinstance(node, dict) or part not in node:
            raise MissingWording(key)
        node = node[part]
    if not isinstance(node, str):
        raise MissingWording(key)
    needed = {name for _, name, _, _ in Formatter().parse(node) if name}
    if missing := needed - values.keys():
        raise MissingWording(f"{key}: no value for {', '.join(sorted(missing))}")
    return node.format(**values).strip()


@cache
def read_prompt(name: str) -> Prompt:
    """One Markdown file in `prompts/`: front matter between two lines of dashes, then the text."""
    file = PROMPTS / f"{name}.md"
    if not file.exists():
        raise MissingWording(name)
    _, front, text = file.read_text(encoding="utf-8").split("---\n", 2)
    return Prompt(text=text.strip(), **yaml.safe_load(front))


def fill_prompt(name: str, /, **data: str) -> str:
    """A prompt with every placeholder replaced by its data, whoever wrote that: `<name>`, the text, `</name>`.

    Inside, `<`, `>` and `&` are written as entities, so that no text can close its tag or open another.
    """
    prompt = read_prompt(name)
    if missing := prompt.placeholders - data.keys():
        raise MissingWording(f"{name}: no value for {', '.join(sorted(missing))}")
    if unknown := data.keys() - prompt.placeholders:
        raise MissingWording(f"{name}: no place for {', '.join(sorted(unknown))}")
    return _PLACEHOLDER.sub(lambda found: _fenced(found[1], data[found[1]]), prompt.text)


def fill_messages(name: str, /, **data: str) -> Messages:
    """A prompt of two parts, parted by a line of `===`: the instructions, which hold no data, and the data."""
    prompt = read_prompt(name)
    instructions, _, _ = prompt.text.partition(_PARTED)
    if _PARTED not in prompt.text or _PLACEHOLDER.search(instructions):
        raise MissingWording(f"{name}: instructions without data, a line of ===, then the data")
    return Messages(name, prompt.version, instructions.strip(), fill_prompt(name, **data).partition(_PARTED)[2].strip())


def _fenced(tag: str, text: str) -> str:
    return f"<{tag}>\n{escape(text, quote=False)}\n</{tag}>"


def texts(key: str) -> Mapping[str, str]:
    """A group of short texts of `replies.yaml`."""
    node = read_data("replies")[key]
    return {str(k): str(v) for k, v in node.items()}


def fact_label(slot: str, fact: Fact) -> str:
    """A known fact in a few plain words: 南京, 省级专精特新, 有进出口业务."""
    if slots()[slot].kind is SlotKind.TEXT:
        return str(fact.value)
    # An answer by number (6) names no city.
    named = bool(fact.words) and not fact.words.isascii()
    if slot == "city" and fact.value == "other" and named and fact.source is not Source.CHOSEN:
        return fact.words
    if slot == "size" and "小微" in fact.words:
        return wording("interview.small_or_micro")
    words = slot_wordings()[slot].facts
    values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    if fact.of:  # 首次获评（制造业单项冠军）、不是首次获评（国家级小巨人）
        contrary = "no" if fact.value == "yes" else "yes"
        said = [(words[str(fact.value)], fact.of), *([(words[contrary], fact.not_of)] if fact.not_of else [])]
        titles = slot_wordings()["tiers"].facts
        return "、".join(f"{told}（{'、'.join(titles[t] for t in held)}）" for told, held in said)
    return "、".join(words[v] for v in values)


def lacks_label(titles: Iterable[str]) -> str:
    """Titles that are said not to be held: 不是国家级小巨人."""
    words = slot_wordings()["tiers"].facts
    return wording("interview.lacks", titles="、".join(words[title] for title in titles))


def unknown_option() -> tuple[str, str]:
    return UNKNOWN, wording("buttons.unknown")
