"""Judges a question: what was cited, what had to be said, what must not be, and whether it knew its limits."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from evals.cases import Place, QuestionCase, QuestionGold
from evals.clients import Client
from evals.contract import Catalogue, Reply
from evals.figures import unsupported
from evals.results import Judgement
from evals.scorers.faithfulness import counts_told, judge_reply
from evals.wording import contains, matches, normalise, sentences

_NOT_IN_FORCE = re.compile(
    "到期|过期|届满|期满|失效|废止|征求意见|草案|不再(?:执行|有效|适用)|(?:未|没有)(?:正式|最终)?(?:生效|施行|实施|印发|出台|发布)"
    "|期限已过|已(?:经)?结束|不是正式"
)
_CLAIMS_NOT_IN_FORCE = re.compile("(?<!未)(?<!没有)(?<!没)已经?(?:到期|过期|届满|期满|失效)|不再有效|现在不能照此")
_OPENING_SENTENCES = 2
_SHOWN = 24


async def judge_question(case: QuestionCase, client: Client, catalogue: Catalogue, judgement: Judgement) -> None:
    talk = await client.begin(case.as_of)
    for number, text in enumerate(case.turns, start=1):
        said = await talk.say(text)
        judgement.heard(text, (), said)
        judge_reply(judgement, said.reply, catalogue, case.as_of, case.turns[:number])
    score_reply(judgement, case.expect, said.reply, catalogue, case.as_of)
    _score_cities(judgement, case, said.reply, catalogue)


def score_reply(judgement: Judgement, gold: QuestionGold, reply: Reply, catalogue: Catalogue, as_of: date) -> None:
    _score_citations(judgement, gold, reply)
    _score_words(judgement, gold, reply)
    _score_abstention(judgement, gold, reply)
    _score_lifecycle(judgement, gold, reply, catalogue, as_of)


def _fits(cited: Place, places: Iterable[Place]) -> bool:
    return any(cited[0] == document and provision in ("*", cited[1]) for document, provision in places)


def _score_citations(judgement: Judgement, gold: QuestionGold, reply: Reply) -> None:
    cited = list(dict.fromkeys((citation.document_id, citation.provision) for citation in reply.citations))
    missing = [place for place in gold.provisions if not any(_fits(one, [place]) for one in cited)]
    others = [one for one in cited if not _fits(one, (*gold.provisions, *gold.also_ok))]
    judgement.tally("citation_recall", len(gold.provisions) - len(missing), len(gold.provisions))
    judgement.tally("citation_precision", len(cited) - len(others), len(cited))
    judgement.check("provisions", not missing, "未引用 " + _names(missing) if missing else "")
    judgement.check("other_provisions", not others, "多引用了 " + _names(others) if others else "")


def _names(places: Iterable[Place]) -> str:
    return "、".join(f"{document} {provision}" for document, provision in places)


def _score_words(judgement: Judgement, gold: QuestionGold, reply: Reply) -> None:
    text = normalise(reply.text)
    quotes = [normalise(citation.quote) for citation in reply.citations]
    for wanted in gold.must:
        hit = any(matches(text, one) or any(contains(q, one) for q in quotes) for one in wanted)
        judgement.tally("facts", int(hit), 1)
        shown = "、".join(one[:_SHOWN] for one in wanted[:4]) + ("…" if len(wanted) > 4 else "")
        judgement.check("must", hit, "" if hit else f"没有说到：{shown}")
    said = [one for one in gold.must_not if matches(text, one) and not _excused(one, gold, reply.text)]
    judgement.check("must_not", not said, f"不该说：{'、'.join(said)}" if said else "")


def _excused(forbidden: str, gold: QuestionGold, text: str) -> bool:
    """Whether each sentence that says it also names one of the words that excuse it."""
    if not gold.must_not_unless:
        return False
    saying = [s for s in map(normalise, sentences(text)) if matches(s, forbidden)]
    return bool(saying) and all(any(contains(s, word) for word in gold.must_not_unless) for s in saying)


def _score_abstention(judgement: Judgement, gold: QuestionGold, reply: Reply) -> None:
    if not isinstance(gold.abstain, bool):
        return
    if gold.abstain:
        judgement.tally("abstention_recall", int(reply.abstained), 1)
    if reply.abstained:
        judgement.tally("abstention_precision", int(gold.abstain), 1)
    wrong = "应当说明资料里没有" if gold.abstain else "不应当回避，资料里有"
    judgement.check("abstain", reply.abstained == gold.abstain, "" if reply.abstained == gold.abstain else wrong)


def _score_cities(judgement: Judgement, case: QuestionCase, reply: Reply, catalogue: Catalogue) -> None:
    """Figures that only another city's document has, where that city is not named for them."""
    meant = {document for document, _ in (*case.expect.provisions, *case.expect.also_ok)}
    if not meant:
        return
    grounds = [case.as_of.isoformat(), *case.turns]
    grounds += [citation.quote for citation in reply.citations if citation.document_id in meant]
    grounds += [catalogue.documents[name].published for name in meant]
    wrong = []
    for citation in reply.citations:
        if citation.document_id in meant:
            continue
        city = catalogue.documents[citation.document_id].city
        told_of_others = "\n".join(_lines_not_about(city, reply.text))
        unmeant = unsupported(told_of_others, grounds, counts_told(reply), case.turns)
        wrong += [figure for figure in unmeant if not unsupported(figure, [citation.quote])]
    wrong = list(dict.fromkeys(wrong))
    judgement.tally("replies_without_wrong_city_figures", 0 if wrong else 1, 1)
    judgement.values["wrong_city_figures"] = len(wrong)
    judgement.check("wrong_city", not wrong, f"别的市的数字：{'、'.join(wrong)}" if wrong else "")


def _lines_not_about(city: str, text: str) -> Iterator[str]:
    """The sentences of a text that neither name a city nor stand in a list headed by its name."""
    is_about = False
    for line in text.splitlines():
        if not line.lstrip().startswith(("-", "•", "*")):
            is_about = False
        for sentence in sentences(line):
            is_about = is_about or city in sentence
            if not is_about:
                yield sentence


def _score_lifecycle(judgement: Judgement, gold: QuestionGold, reply: Reply, catalogue: Catalogue, as_of: date) -> None:
    if gold.not_in_force is None:
        return
    if not gold.not_in_force:
        claim = _CLAIMS_NOT_IN_FORCE.search(reply.text)
        judgement.check("not_in_force", claim is None, f"错称失效：{claim.group()}" if claim else "")
        return
    named = {citation.document_id for citation in reply.citations} | {f.document_id for f in reply.findings}
    shown = any(
        catalogue.documents[name].lifecycle_on(as_of) != "in_force" for name in named if name in catalogue.documents
    )
    first = "。".join(sentences(reply.text)[:_OPENING_SENTENCES])
    warned = _NOT_IN_FORCE.search(first) is not None
    judgement.tally("lifecycle_warnings", int(shown and warned), 1)
    detail = "" if warned else "开头没有说明文件已到期或尚未生效"
    judgement.check("not_in_force", shown and warned, detail if shown else "没有指出不在有效期内的文件")
