"""One's own part in a thing that is named in another clause: 国家关键核心技术攻关任务，我们就是承担单位."""

import re
from collections.abc import Mapping, Sequence

from chains.language.yes_no import BARE_NO, Told, intends, levels, topics
from knowledge.profile import Fact, Source

# 我们接了个任务: of what is told of others it may be a part.
_A_TASK = re.compile(r"任务")


def with_roles(told: Sequence[Told], found: Mapping[str, Fact]) -> dict[str, Fact]:
    """What was found of the yes/no slots, and what the part of the enterprise in a thing tells besides."""
    facts = dict(found)
    for slot, role in levels("roles").items():
        named = topics()[slot], levels("wanted").get(slot, topics()[slot])
        where = [clause for clause in told if all(regex.search(clause.text) for regex in named)]
        ours = (clause.text for clause in told if clause.own and role.search(clause.text))
        said = next((words for words in ours if not (BARE_NO.search(words) or intends(words))), "")
        if slot not in facts and said and any(clause.own or not _A_TASK.search(said) for clause in where):
            facts[slot] = Fact("yes", Source.STATED, said)
    return facts
