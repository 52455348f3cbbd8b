"""What ties a turn to those before it: how a talk begins anew or goes on, and what is remembered for the next."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from chains.conversation import Conversation
from chains.eligibility import CITY
from chains.finding.complete import is_complete
from chains.finding.followup import titles_named
from chains.finding.own_firm import only_answers
from chains.finding.plainly import WHETHER_THERE, put_plainly
from chains.finding.retrieval import Finder
from chains.finding.rounds import as_listed
from chains.hearing import hear, without_courtesies
from chains.language.clauses import pattern
from chains.prompting import wording
from chains.reply import Citation
from chains.steps.repeating import digests, tells_no_more, tells_nothing_new
from chains.turn import Context, Draft, Outcome
from knowledge.document import Lifecycle
from knowledge.library import Library

# By how much a message must ask on of what was told to be put plainly, by what came of it as it stands. Of 179 messages
# of the suites that turn to others' business amid a talk none lies above 0, and above -1 those alone that name a city;
# of 450 that ask on 70 and 84 % do.
_ASKS_ON: Final[Mapping[Outcome, float]] = {
    Outcome.SILENT: -1.0,
    Outcome.UNCLEAR: -1.0,
    Outcome.OUTSIDE: 0.0,
    Outcome.OVERVIEW: 1.0,
    Outcome.TALK: 1.5,
    Outcome.INFORMATION: 0.5,
    Outcome.INTERVIEW: 1.5,
    Outcome.VERDICT: 1.0,
}
_IF_IT_TELLS = 0.5
_UNMET = frozenset({Outcome.SILENT, Outcome.UNCLEAR, Outcome.OUTSIDE, Outcome.TALK})
# Where an intent was heard, these are what it asks for.
_MEANT = frozenset({Outcome.OVERVIEW, Outcome.VERDICT, Outcome.INTERVIEW, Outcome.TALK})
_MARK = re.compile(r"\[\d+\]")


def asked_plainly(talked: Conversation, written: str, finder: Finder, context: Context, draft: Draft) -> str:
    """A message that only asks on of what was told, in plain words, where what came of it answers nothing of that.

    As it was written where it asks something else, or is answered. `talked` is the conversation before it.
    """
    told, tells = set(talked.focus), set(draft.conversation.focus)
    means = context.heard.intents and draft.outcome in _MEANT
    if draft.outcome not in _ASKS_ON or means or context.heard.remark or _tries_to_answer(talked, context):
        return written
    if pattern("whether_nothing").search(written) or pattern("still_said").search(written):
        return written
    missed = draft.outcome in _UNMET and not any(_MARK.search(line) for line in draft.lines)
    missed = missed or draft.outcome is Outcome.OVERVIEW or wording("silent.asked_this") in draft.lines
    there = {finder.by_key[key].city for key in tells if key in finder.by_key} <= {*context.heard.cities}
    asks_whether = WHETHER_THERE.search(written) is not None
    if draft.outcome is Outcome.SILENT and context.heard.cities and asks_whether:
        return written
    strays = bool(tells) and not tells & told and not (there and (asks_whether or context.subject.is_follow_up))
    if not (missed or strays or tells_no_more(context, draft)):
        return written
    said = without_courtesies(talked, written, finder)
    put = put_plainly(talked, said, finder, _ASKS_ON[draft.outcome] + (0.0 if context.heard.asks else _IF_IT_TELLS))
    return written if put == said else put


def _tries_to_answer(talked: Conversation, context: Context) -> bool:
    """去年的, asked whether a title is new: a message that answers, however little it tells, asks on of nothing."""
    asked = talked.pending if not talked.offered else None
    return asked is not None and not context.heard.asks and only_answers(context.heard.text, asked, context.finder)


def begun_anew(conversation: Conversation, written: str, library: Library, finder: Finder) -> Conversation:
    """The conversation without what was talked of, where a message names all that it is about."""
    if not (conversation.focus or conversation.pending):
        return conversation
    anew = conversation.without_talk()
    # 在淮安头一回被查, after a question on another city: where the firm is nobody said.
    unplaced = anew.without_facts(CITY) if anew.city_is_only_asked_about else anew
    heard = hear(unplaced, written, library, finder, tapped=False)
    if heard.cities:
        anew = unplaced
    elif unplaced is not anew:
        heard = hear(anew, written, library, finder, tapped=False)
    if not is_complete(heard, conversation, anew, finder):
        return conversation
    if not heard.facets and not conversation.offered:
        answers = hear(conversation, written, library, finder, tapped=False).facts.keys()
        if not answers.isdisjoint(conversation.pending_slots):
            return conversation  # 要扩建没地方，专精特新拿地有什么照顾, where the title was asked
    return anew


def resumed(before: Conversation, anew: Conversation, draft: Draft) -> Draft:
    """A draft that goes on with the interview which a question of its own interrupted, where it asks nothing itself."""
    waits = before.pending_slots if anew is not before and not before.offered else ()
    answered = all(slot in draft.conversation.facts for slot in waits)
    judged = draft.outcome is Outcome.VERDICT and before.broad
    if judged or answered or (draft.question is not None and not draft.conversation.offered):
        return draft
    return replace(draft, conversation=draft.conversation.resuming(before), question=before.pending)


def remembered(context: Context, draft: Draft, cited: Sequence[Citation]) -> Conversation:
    """The conversation after a turn that told `cited`: what the next message may go on from."""
    before, heard, follows = context.before, context.heard, context.subject.is_follow_up
    after = draft.conversation.with_question(draft.question)
    update: dict[str, object] = {"turns": after.turns + 1, "facets": heard.facets, "said": digests(draft.lines)}
    if draft.outcome is Outcome.TALK and after.focus == before.focus:
        update["facets"] = heard.facets or before.facets  # 谢谢: what was asked before may be asked on
    update["retold"] = tells_nothing_new(context, draft)
    if another := heard.reading.told_of_another:
        update["another"] = another
    update["others"] = after.others or heard.reading.others
    if draft.outcome is not Outcome.UNCLEAR:
        update["missed"] = 0
    if draft.outcome is not Outcome.SILENT:
        update["recognition"] = ""
    if draft.question is None or not (before.pending or heard.as_of):
        update |= {"day": None, "day_words": ""}
    elif before.pending is None:
        update |= {"day": heard.as_of, "day_words": heard.day}
    if after.reference == before.reference:
        update["reference"] = ()
    update["warned"] = tuple(dict.fromkeys((*after.warned, *_not_in_force(context, cited))))
    after = after.model_copy(update=update | _how_named(context, after))
    listed = () if follows else as_listed(heard, after, context.finder)
    return after.with_rounds(_told(context, draft, after, cited), listed, goes_on=follows)


def _not_in_force(context: Context, cited: Sequence[Citation]) -> list[str]:
    documents, day = context.library.documents, context.words.as_of
    return [d for d in sorted({c.document_id for c in cited}) if documents[d].lifecycle(day) is not Lifecycle.IN_FORCE]


def _how_named(context: Context, after: Conversation) -> dict[str, object]:
    """Whether what is talked of was asked for by its name, and the titles that were named with it."""
    if not after.focus or after.focus[0] not in context.finder.by_key:
        return {}
    titles = titles_named(context.heard.text)
    if after.focus != context.before.focus and not context.subject.is_follow_up:
        return {"by_name": context.finder.names_title(context.heard.text, after.focus[0]), "titles": titles}
    return {"titles": titles} if titles else {}  # 小巨人呢, after 单项冠军


def _told(context: Context, draft: Draft, after: Conversation, cited: Sequence[Citation]) -> list[str]:
    """The entries talked of that were cited; a list of all that there is names no thing."""
    finder: Finder = context.finder
    places = {(c.document_id, c.provision) for c in cited}
    entries = [finder.by_key[key] for key in after.focus if key in finder.by_key]
    told = [e.key for e in entries if (e.document_id, e.provision) in places]
    return [] if draft.outcome is Outcome.OVERVIEW else told
