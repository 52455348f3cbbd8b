"""Turns that name fields in a word each (人、钱、电啥的都说说): what there is of each for the firm."""

import re

from chains.eligibility import CITY, Finding, Status, assess_all
from chains.language.clauses import pattern
from chains.prompting import read_data, wording
from chains.steps.noted import noted_lines
from chains.steps.order import ranked
from chains.steps.overview import titles_of_each
from chains.steps.stated import gives_money
from chains.steps.talk import suggestions
from chains.telling.validity import lifecycle_lines
from chains.turn import Context, Draft, Outcome
from knowledge.regions import served_cities
from knowledge.support import Brings

_MONEY_ITSELF, _A_FIELD = "钱", 4


def tell_by_field(context: Context) -> Draft | None:
    """人、钱、电啥的都说说: of what nothing rules out for the firm, a few of each field that is named in a word."""
    heard, conversation = context.heard, context.conversation
    named, city = pattern("by_fields").search(heard.text), conversation.profile[CITY]
    if named is None or context.answered or heard.has_orders or city not in served_cities():
        return None
    everything = assess_all(context.library, conversation.profile, context.words.as_of)
    here = (f for f in everything if f.document.city == city and f.otherwise is not Status.INELIGIBLE)
    not_ruled_out = ranked(here)
    open_to = [f for f in not_ruled_out if f.support.brings is not Brings.CONDUCT]
    lines = [*lifecycle_lines(context.words, [f.document for f in open_to]), *noted_lines(context)]
    lines.append(wording("titles.by_field"))
    told: dict[str, Finding] = {}
    fields = read_data("lexicon")["fields"]
    for field in dict.fromkeys(word for word in named["fields"] if word in fields):
        of_it = [f for f in open_to if f.support.id not in told and _is_of_field(f, field, fields[field])]
        of_it = of_it or [f for f in not_ruled_out if _is_of_field(f, field, fields[field])]  # how offices mean to act
        of_it = of_it[:_A_FIELD]
        told |= {f.support.id: f for f in of_it}
        lines += [wording("titles.level", title=field), *titles_of_each(context.words, of_it)]
        lines += [] if of_it else [wording("titles.no_such")]
    kept = conversation.with_focus(told, (str(city),))
    offers = suggestions("broad", "gap")
    found = tuple(told.values())
    return Draft(Outcome.OVERVIEW, kept, tuple(lines), found, question=context.standing, suggestions=offers)


def _is_of_field(finding: Finding, field: str, words: str) -> bool:
    support = finding.support
    if field == _MONEY_ITSELF:
        return support.brings is Brings.MONEY and gives_money(support)
    return re.search(words, f"{support.title}{support.benefit.text}") is not None
