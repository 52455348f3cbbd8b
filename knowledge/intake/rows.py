"""Proposes rows of the rules table from the words of provisions, by patterns. An editor finishes them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.document import Provision
from knowledge.figures import read_figures
from knowledge.layout import CLOSING, OPENING
from knowledge.written import TODO

_OPENERS, _CLOSERS = "（(“《〔[", "）)”》〕]"
_DEPARTMENTS = re.compile(
    r"[（(〔]?\s*(?:责任|牵头|配合|主办|协办|实施|落实)(?:单位|部门)[:：]\s*([^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*)[）)〕]?\s*$",
    re.MULTILINE,
)
_EACH = re.compile(r"分别(?:给予|奖励|按|予以|补助|资助)?")
_CAP = re.compile(r"最高|不超过|上限|以内|至多|封顶")
_ONCE, _YEARLY, _MONTHLY = re.compile("一次性|首次"), re.compile("每年|/年|年度"), re.compile("每月|/月|每人每月")
_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """A row as it goes into `supports.yaml`: plain values, what is not certain marked `TODO`."""

    provision: str
    quote: str
    values: Mapping[str, Any]

    @property
    def amount(self) -> int | None:
        found = self.values["benefit"].get("amount_cny")
        return found if isinstance(found, int) else None


@cache
def words() -> Mapping[str, Any]:
    """The patterns of `words.yaml`."""
    found: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))
    return found


def propose_rows(text: str, provisions: tuple[Provision, ...], prefix: str, city: str) -> tuple[ProposedRow, ...]:
    """Rows for every provision that seems to give something; ids begin with `prefix`, `city` is its Chinese name."""
    rows: list[ProposedRow] = []
    idle_above = ""
    for provision in provisions:
        is_idle = bool(provision.heading) and bool(re.search(words()["idle"], provision.heading))
        if is_idle and not (idle_above and provision.path.startswith(f"{idle_above}/")):
            idle_above = provision.path
        within_idle = is_idle or bool(idle_above and provision.path.startswith(f"{idle_above}/"))
        if provision.path in (OPENING, CLOSING) or within_idle:
            continue
        told = text[provision.start : provision.end]
        departments = _departments(told)
        for number, quote in enumerate(_givings(_body(told, provision)), start=1):
            row_id = f"{prefix}-{provision.path.replace('/', '-')}-{number}"
            rows += [
                ProposedRow(
                    provision.path, quote, _row(row_id + ending, provision.path, quote, who, sum_, departments, city)
                )
                for ending, who, sum_ in _each(quote)
            ]
    return tuple(rows)


def _body(told: str, provision: Provision) -> str:
    """A provision's words without its number, heading and departments."""
    body = _DEPARTMENTS.sub("", told.strip().removeprefix(provision.label).strip())
    if provision.heading and body.startswith(provision.heading):
        body = body[len(provision.heading) :].lstrip("。：: \n")
    return body


def _departments(told: str) -> list[str]:
    match = _DEPARTMENTS.search(told)
    if match is None:
        return []
    named = _split(match[1], "、，,；;。")
    return [
        name
        for one in named
        if (name := re.sub(r"等?(?:有关)?(?:部门|单位)?和?单位?$|等$", "", one.strip()))
        and name in told
        and len(name) <= 20
    ]


def _split(text: str, marks: str) -> list[str]:
    """Pieces between marks that stand outside of brackets and quotes."""
    pieces, depth, start = [], 0, 0
    for at, c in enumerate(text):
        depth += (c in _OPENERS) - (c in _CLOSERS and depth > 0)
        if c in marks and depth == 0:
            pieces.append(text[start:at])
            start = at + 1
    return [*pieces, text[start:]]


def _givings(body: str) -> Iterator[str]:
    """The parts of a provision that each give one thing, verbatim: a clause that gives, with those that lead to it."""
    for sentence in _split(body, "。；;！\n"):
        yield from (quote for quote in _parts(sentence.strip()) if len(quote) >= _SHORTEST and _gives(quote))


def _parts(sentence: str) -> Iterator[str]:
    begun: list[str] = []
    complete = False
    for clause in _split(sentence, "，,"):
        plain = clause.strip()
        anew = complete and re.match(words()["gives"], plain) and not re.match(words()["follows"], plain)
        if anew:
            yield _join(sentence, begun)
            begun, complete = [], False
        begun.append(clause)
        complete = complete or not re.match(words()["leads"], plain)
    if begun:
        yield _join(sentence, begun)


def _join(sentence: str, clauses: list[str]) -> str:
    """The clauses as they stand in the sentence, with what is between them."""
    start = sentence.find(clauses[0])
    end = start
    for clause in clauses:
        end = sentence.find(clause, end) + len(clause)
    return sentence[start:end].strip()


def _gives(quote: str) -> bool:
    if re.match(words()["aims"], quote) and not re.search(r"支持|鼓励|给予|推荐|优选|精选", quote):
        return False
    return re.search(words()["gives"], quote) is not None


def _each(quote: str) -> Iterator[tuple[str, str, int | str | None]]:
    """(ending of the id, for whom, sum) of what a quote gives: A、B分别给予X、Y is two."""
    sums = [f for f in read_figures(quote) if f.kind == "money"]
    if len(sums) <= 1:
        yield "", quote, int(sums[0].value) if sums else None
        return
    match = _EACH.search(quote)
    subjects = _split(quote[: match.start()], "、") if match else []
    if match is not None and len(subjects) == len(sums):
        for letter, subject, figure in zip("abcdefgh", subjects, sums, strict=False):
            shared = subjects[0] if re.search("首次|对", subjects[0]) else ""
            yield f"-{letter}", subject if subject is subjects[0] else _shared(shared) + subject, int(figure.value)
        return
    # Several sums and no word that gives each its own: which one counts, a person has to say.
    yield "", quote, f"{TODO} " + "、".join(f.words for f in sums)


def _shared(subject: str) -> str:
    """What the first of several subjects shares with the others: 对首次获评的."""
    match = re.search(r"首次(?:获评|认定|入选|获得|通过|被认定)", subject)
    return match[0] if match else ""


def _row(
    row_id: str, path: str, quote: str, who: str, amount: int | str | None, departments: list[str], city: str
) -> dict[str, Any]:
    conditions = list(_conditions(who, quote, city))
    benefit: dict[str, Any] = {"text": quote}
    if amount is not None:
        benefit["amount_cny"] = amount
        if _CAP.search(quote):
            benefit["is_cap"] = True
    period = next(
        (p for p, pattern in (("month", _MONTHLY), ("year", _YEARLY), ("once", _ONCE)) if pattern.search(quote)), None
    )
    if period is not None and (amount is not None or period == "month"):
        benefit["period"] = period
    benefit["quote"] = quote
    points = words()["open_points"]
    return {
        "id": row_id,
        "title": f"{TODO} 起名：{who[:40] if len(who) <= 40 else who[:39] + '…'}",
        "provision": path,
        "kind": _first("kind", quote),
        "strength": _first("strength", quote),
        "when": conditions,
        "benefit": benefit,
        "open_points": [*([] if amount is not None else [points["without_amount"]]), *points["always"]],
        "departments": departments,
    }


def _first(key: str, quote: str) -> str:
    return str(next(name for name, pattern in words()[key].items() if re.search(pattern, quote)))


def _conditions(who: str, quote: str, city: str) -> Iterator[dict[str, Any]]:
    titles: dict[str, Any] | None = None
    for rule in words()["conditions"]:
        match = re.search(rule["match"], who)
        if match is None or ("unless" in rule and re.search(rule["unless"], who)):
            continue
        condition = {**{k: v for k, v in rule.items() if k not in {"match", "unless"}}, "quote": match[0]}
        if rule["slot"] == "tiers":
            titles = condition if titles is None else _either(titles, condition, who)
        else:
            yield condition
    if titles is not None:
        yield titles
    urban = re.search(rf"{city}市区|(?<![\u4e00-\u9fff]{{2}})市区", who) if city else None
    if urban is not None:
        yield {"slot": "district", "within": f"{city}市区", "text": f"在{city}市区", "quote": urban[0]}
    for rule in words()["open"]:
        match = re.search(rule["match"], quote)
        if match is not None:
            yield {"open": True, "text": rule["text"], "quote": match[0]}
    yield from _unread(who)


def _either(one: dict[str, Any], other: dict[str, Any], who: str) -> dict[str, Any]:
    """Two titles side by side (A、B) are one condition; otherwise the first, which is the higher one, stands."""
    both = re.search(
        f"{re.escape(one['quote'])}[^，。]{{0,12}}[、和及或][^，。]{{0,8}}{re.escape(other['quote'])}", who
    )
    if both is None:
        return one
    titles = [*one["includes_any"], *other["includes_any"]]
    return {**one, "includes_any": titles, "text": f"{one['text']}，或{other['text']}", "quote": both[0]}


def _unread(who: str) -> Iterator[dict[str, Any]]:
    """对…的 says for whom; where no known fact is in it, a person has to say which it is."""
    match = re.search(words()["condition_of"], who)
    if match is None:
        return
    known = [*words()["conditions"], *words()["open"]]
    if not any(re.search(rule["match"], match[1]) for rule in known):
        yield {"open": True, "text": f"{TODO} 是什么条件：{match[1]}", "quote": match[1]}
