"""Turns that ask what there is on a topic that a provision is headed by: 人才方面有哪些支持."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chains.eligibility import CITY
from chains.finding.followup import OF_ANY_HEADING
from chains.finding.matching import A_NAME, is_mere_title
from chains.finding.naming import content, core, in_their_words, without_help
from chains.finding.others import besides, entries_left_out
from chains.language.clauses import asks_us
from chains.language.question_words import kind_of_help, of_any_firm, subject_words
from chains.prompting import read_data, wording
from chains.steps import provisions
from chains.steps.talk import suggestions
from chains.telling import answer
from chains.telling.validity import lifecycle_lines
from chains.telling.words import with_limits
from chains.turn import Context, Draft, Outcome
from knowledge.document import Document, Provision
from knowledge.support import Support

# What is left of such a question besides its topic.
_AROUND = re.compile(
    r"除了?[^，。；\s]{1,6}?(?=[，。；\s还])|方面|[这那]?一?块|这类|领域|这边|相关|有关|上(?=[\s有都]|$)|些|(?<=.{2})(?:发展|建设|工作)|一共|总共|(?:^|(?<=[\s样项条种]))[和跟与](?=[^，。；\s])|(?:^|(?<=[\s有]))[样项条种](?=\s*(?:[和跟与]|$))|还?有?没有|别的|其他的?|哪些|哪几[项条个]|"
    r"什么|啥|都?有|扶持|支持|帮助|政策|补贴|措施|老板|领导|政府|路子|门路|渠道|途径|官方|具体|让|好处|优惠|办法|服务|帮扶|照顾|准备|想要?|打算|[给帮]|能|企业|[里在的了呢吗都还对]"
)
# 在融资这一块列了哪几样支持: the topic, whatever is said around it.
_IN_A_FIELD = re.compile(
    r"(?:在|就|关于|对于?|(?:^|(?<=[，。！？?；\s]))(?:那么?|你|再|重新说|先|[，\s])*)(?P<field>[\u4e00-\u9fff]{2,6}?)(?:[这那]一?块|[这那]?方面|领域)"
)
_ASKS_WHAT_THERE_IS = re.compile(r"哪些|[哪有]几|什么|啥|别的|其他|(?:都|还)有")
# 人才那块讲细点: a field, and that it be told.
_TO_BE_TOLD = re.compile(r"[讲说聊谈列]|介绍|展开|详细|细[点些]|具体")
_SHORT, _LONG, _HELD = 2, 6, 0.75
_MOST, _FEW = 20, 2


@dataclass(frozen=True, slots=True)
class _Found:
    """The supports on a topic by provision; `related` is the topic where no heading names it."""

    document: Document
    lists: Sequence[tuple[Provision, Sequence[Support]]]
    related: str

    @property
    def supports(self) -> tuple[Support, ...]:
        return tuple(support for _, supports in self.lists for support in supports)


# 人才这块还有啥: what else there is of a topic.
_FURTHER = re.compile(r"还有|还能|另外|别的|其[他它]|哪些|哪几|方面|[这那]一?块|有什么|有啥|都有|[都全]")


def list_topic(context: Context) -> Draft | None:
    """Every support of the provision that is headed by the topic, each with its words."""
    told = {slot for slot, fact in context.heard.facts.items() if not asks_us(fact.words)}  # 出口方面能享受啥
    found = None if told - {CITY} else _find(context)
    asks_on = found is not None and bool(found.related) and context.subject.is_follow_up
    if found is None or (asks_on and not _FURTHER.search(context.heard.text)):
        return None  # 能帮我招来啥人, after a plan for 领军人才: of that
    named = context.finder.named(context.heard.text, (found.document.city,))
    if found.related and set(named) - {support.id for support in found.supports}:
        return None  # 上云那块 工业互联网平台要开发什么: another thing is called by its name
    document, lines = found.document, [*lifecycle_lines(context.words, [found.document])]
    no_award = answer.no_award_lines(found.supports, context.heard.text)
    known = bool(no_award) and {s.id for s in found.supports} <= {*context.before.trail, *context.before.focus}
    lines += no_award
    for provision, supports in found.lists:
        mark = context.words.citations.cite(document, provision.path, provision.heading)
        if known:  # 专利有没有钱, after all that there is for it
            titles = "、".join(support.title for support in supports)
            lines.append(wording("topic.known", heading=provision.heading, titles=titles, mark=mark))
            continue
        if found.related:
            lines.append(wording("topic.related", heading=provision.heading, topic=found.related, mark=mark))
        else:
            lines.append(wording("topic.head", heading=provision.heading, mark=mark))
        for support in supports:
            mark = context.words.citations.cite(document, support.provision, support.benefit.quote)
            lines.append(wording("broad.line", title=support.title, benefit=with_limits(support), mark=mark))
    entries = tuple(context.finder.by_key[s.id] for s in found.supports)
    conversation = context.conversation.with_focus((s.id for s in found.supports), (document.city,))
    return Draft(
        Outcome.INFORMATION,
        conversation,
        tuple(lines),
        findings=context.findings_of(entries),
        question=context.standing,
        suggestions=suggestions("can_we", "department", "broad"),
    )


def of_topic(context: Context) -> tuple[Support, ...]:
    """The supports under the heading that a message asks for, whatever it tells of the enterprise besides."""
    found = _find(context)
    return found.supports if found and not found.related else ()


def _find(context: Context) -> _Found | None:
    heard = context.heard
    of_a_trade = of_any_firm(heard.text) != heard.text
    answers = context.answered and not asks_us(heard.text)
    if answers or heard.has_orders or heard.foreign_places or of_a_trade:
        return None
    text = heard.text
    for slot, fact in heard.facts.items():
        if fact.words and slot != CITY and not asks_us(fact.words):  # 出口方面能享受啥: a topic, and no fact alone
            text = re.sub(rf"{re.escape(fact.words)}(?!方面|[这那]一?[块类]|相关|有关)", " ", text)
    field = _IN_A_FIELD.search(text)
    if field and _names_one_of_it(context, f"{text[: field.start()]} {text[field.end() :]}"):
        return None  # 我们小巨人的技术总监，人才方面有什么待遇
    asks = _ASKS_WHAT_THERE_IS.search(text) or (field and _TO_BE_TOLD.search(text[field.end() :]))
    kind = field["field"] if field and asks else kind_of_help(text)
    if not kind and not asks:
        return None
    topic = _one_of_a_sense(content(_AROUND.sub(" ", subject_words(kind or text))).split())
    documents = provisions.documents_asked(context)
    if not _SHORT <= len(topic) <= _LONG or len(documents) != 1 or not OF_ANY_HEADING.sub("", topic):
        return None
    document = documents[0]
    headed = [(p, supports) for p in _headed(document, topic) if (supports := _supports(context, document, p))]
    related = in_their_words(topic)
    others = _related(context, document, related) if not headed and len(core(topic)) >= _SHORT else []
    lists = [(p, kept) for p, supports in headed or others if (kept := _not_left_out(context, supports))]
    found = _Found(document, lists, "" if headed else related)
    return found if 0 < len(found.lists) <= _FEW and len(found.supports) <= _MOST else None


def _names_one_of_it(context: Context, rest: str) -> bool:
    """Whether what a message names beside its topic stands in the one thing that was found for it."""
    found, words = context.subject.entries, without_help(_AROUND.sub(" ", subject_words(rest)))
    names = len(core(words)) >= A_NAME and not is_mere_title(core(words))
    return len(found) == 1 and names and context.finder.coverage(words, found[0].key) >= _HELD


def _not_left_out(context: Context, supports: Sequence[Support]) -> list[Support]:
    """除了碳足迹还有哪些绿色的: the supports without those that the message asks for others than."""
    if besides(context.heard) is None or not context.before.focus:
        return list(supports)
    out = {entry.key for entry in entries_left_out(context.heard.text, context.before, context.finder)}
    return [support for support in supports if support.id not in out]


def _one_of_a_sense(words: Sequence[str]) -> str:
    """The topic that some words name; of several words for one (出口 海外) the first."""
    alike = len(words) > 1 and any(set(words) <= set(names) for names in _senses())
    return words[0] if alike else "".join(words)


def _senses() -> list[list[str]]:
    return list(read_data("lexicon")["topics"])


def _headed(document: Document, topic: str) -> list[Provision]:
    """The provisions whose heading names the topic, in the person's word or else another of its sense; the widest.

    A heading of two topics (数字化绿色化发展) stands back behind one of its own.
    """
    topics = _senses()
    senses = next((names for names in topics if topic in names), [])
    found = [p for p in document.provisions.values() if topic in p.heading]
    found = found or [p for p in document.provisions.values() if any(name in p.heading for name in senses)]
    others = [name for names in topics if names is not senses for name in names]
    found = [p for p in found if not any(name in p.heading for name in others)] or found
    return [p for p in found if not any(p.path.startswith(f"{wider.path}/") for wider in found)]


def _related(context: Context, document: Document, topic: str) -> list[tuple[Provision, list[Support]]]:
    """Where no heading names the topic: the supports that do, if there are several, of the provision with most."""
    found: dict[str, list[Support]] = {}
    senses = next((names for names in _senses() if topic in names), [topic])
    for support in context.library.supports.values():
        words = (support.title, *support.aliases, support.benefit.quote)
        if context.library.document(support.id) is document and any(name in text for text in words for name in senses):
            found.setdefault(support.provision, []).append(support)
    path = max(found, key=lambda path: len(found[path]), default="")
    return [(document.provisions[path], found[path])] if len(found.get(path, ())) > 1 else []


def _supports(context: Context, document: Document, provision: Provision) -> list[Support]:
    """The supports of a provision and of those within it."""
    here = (provision.path, f"{provision.path}/")
    supports = context.library.supports.values()
    mine = [s for s in supports if context.library.document(s.id) is document]
    return [s for s in mine if s.provision == here[0] or s.provision.startswith(here[1])]
