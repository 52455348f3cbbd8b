"""One's own part in a thing that is named in another clause: 国家关键核心技术攻关任务，我们就是承担单位."""

import re
from collections.abc import Mapping, Sequence

from chains.language.yes_no import BARE_NO, Told, intends, levels, topics
from knowledge.profile import Fact, Source

# 我们接了个任务: of what is told of others it may be a part.
_A_TASK = re.compile(r"任务")
# 我们搞攻关项目的，国家级的
_A_BARE_LEVEL = re.compile(r"^(?:都|就)?是?国家级?的$")


def with_roles(told: Sequence[Told], found: Mapping[str, Fact]) -> dict[str, Fact]:
    """What was found of the yes/no slots, and what the part of the enterprise in a thing tells besides."""
    facts = dict(found)
    for slot, role in levels("roles").items():
        named = topics()[slot], levels("wanted").get(slot, topics()[slot])
        texts = [_with_its_level(told, at) for at in range(len(told))]
        where = [told[at] for at, text in enumerate(texts) if all(regex.search(text) for regex in named)]
        ours = (clause.text for clause in told if clause.own and role.search(clause.text))
        said = next((words for words in ours if not (BARE_NO.search(words) or intends(words))), "")
        if slot not in facts and said and any(clause.own or not _A_TASK.search(said) for clause in where):
            facts[slot] = Fact("yes", Source.STATED, said)
    return facts


def _with_its_level(told: Sequence[Told], at: int) -> str:
    """A clause of a message, with the level that the next one tells of it and nothing else."""
    then = told[at + 1] if at + 1 < len(told) else None
    follows = then is not None and then.own and _A_BARE_LEVEL.match(then.text)
    return told[at].text + (then.text if then is not None and follows else "")
