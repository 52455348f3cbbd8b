"""YAML as people write it: values, the lines on which they stand, what is still to be decided. No rule is known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

# What an editor still has to decide in a draft begins with this word.
TODO = "TODO"


@dataclass(frozen=True, slots=True)
class Row:
    """A mapping of a YAML list, the line on which it begins and the lines of its keys."""

    values: dict[str, Any]
    line: int
    lines: Mapping[str, int]


def parse_yaml(text: str) -> tuple[Any, yaml.Node | None]:
    """The values of a YAML text, and its nodes, which know their lines; in C where that was built."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
        _refuse_doubled_keys(node, set())
        return (None if node is None else loader.construct_document(node)), node
    finally:
        loader.dispose()


def _refuse_doubled_keys(node: yaml.Node | None, seen: set[int]) -> None:
    """YAML keeps the last of two equal keys without a word. What an anchor names is looked at once."""
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_doubled_keys(item, seen)
    elif isinstance(node, yaml.MappingNode):
        names: set[str] = set()
        for key, value in node.value:
            if str(key.value) in names:
                raise yaml.MarkedYAMLError(problem=f"{key.value} stands twice", problem_mark=key.start_mark)
            names.add(str(key.value))
            _refuse_doubled_keys(value, seen)


def open_points(node: yaml.Node | None, seen: set[int], key: str = "") -> Iterator[tuple[str, int, str]]:
    """(key, line, words) of all values that begin with TODO."""
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode) and node.value.startswith(TODO):
        yield key, node.start_mark.line + 1, node.value.removeprefix(TODO).strip()
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from open_points(item, seen, key)
    elif isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from open_points(value, seen, f"{key}.{name.value}" if key else str(name.value))


def line_of(error: yaml.MarkedYAMLError) -> int:
    return error.problem_mark.line + 1 if error.problem_mark else 1


def problems_of(error: ValidationError) -> Iterator[str]:
    for item in error.errors(include_url=False):
        place = ".".join(str(part) for part in item["loc"])
        yield f"{place}: {item['msg'].removeprefix('Value error, ')}" if place else item["msg"]
