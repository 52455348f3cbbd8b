"""What one question is about, in the light of what was talked of: its own subject, or that of before."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from chains.conversation import Conversation
from chains.finding import asking_more, asking_on, weighing
from chains.finding.alone import award_titles
from chains.finding.back import held_beside, returned_to
from chains.finding.entries import Entry
from chains.finding.matching import Search
from chains.finding.meant import Subject
from chains.finding.retrieval import Finder
from chains.finding.rounds import in_place
from chains.finding.turn import Turn, told_before
from chains.language.of_cities import as_question
from chains.language.question_words import facets_of
from chains.language.sums_said import without_own_sums
from chains.language.understanding import Understanding
from knowledge.profile import NONE

_WHAT_IT_IS_CALLED = re.compile(r"叫(?:做|个)?(?:什么|啥)(?P<kind>机制|计划|行动|平台|活动|基金|名单|工程|产品|清单)")

# 我们自己不是专精特新 有奖不 多少: a title that is not held is not what is asked about.
_HOLDS_NONE = re.compile(
    r"(?:自己|公司|企业|也|还|都|可|又|根本|压根)*(?:不是|没有?|没评上?过?|不算)(?:个|什么|任何)?(?:省级?)?(?:专精特新|小巨人|称号|资质)(?:的?企业)?(?=[，。；\s])"
)

# The ways to read a question after something was told, in this order; the first that answers decides. Those of
# asking_on and asking_more go by its words alone; those of weighing set what was told against what it finds by itself.
_READINGS: Final[tuple[Callable[[Turn], Subject | None], ...]] = (
    asking_on.of_ones_own_sum,
    asking_on.of_a_sum_told,
    asking_more.of_a_sum_told_before,
    asking_more.of_a_figure_weighed,
    asking_on.of_a_grade_told,
    asking_more.of_what_no_text_says,
    asking_on.of_a_list_told,
    asking_on.of_all_awards_told,
    asking_on.of_each_award_told,
    asking_on.of_each_named,
    asking_on.of_others_so_called,
    asking_on.of_this_thing,
    asking_on.of_what_is_asked_of_anything,
    asking_on.of_what_is_pointed_at,
    asking_on.of_what_is_meant_still,
    asking_on.of_what_comes_of_it,
    asking_on.of_its_reason_or_cost,
    asking_on.of_leaving_it,
    asking_on.of_an_aim_told,
    asking_on.of_how_many,
    asking_on.of_a_number_told,
    asking_on.of_a_condition,
    asking_on.of_what_is_besides,
    asking_on.of_another_day,
    asking_on.of_what_is_missing_here,
    asking_more.of_a_title_missing_before,
    asking_more.of_those_that_give_so,
    asking_more.of_its_level,
    asking_more.of_the_level_beside,
    asking_more.of_a_title_just_named,
    asking_more.of_the_same_count,
    asking_on.of_no_sum,
    asking_on.of_what_a_district_gives,
    asking_on.of_what_a_title_is_given,
    asking_on.of_a_title_itself,
    asking_on.of_the_same,
    asking_on.of_the_same_for_a_title,
    asking_on.of_what_it_turns_on,
    asking_on.of_oneself,
    asking_on.of_what_is_so_called,
    weighing.another_of_that_name,
    weighing.the_same_elsewhere,
    weighing.what_it_is_for,
    weighing.what_is_named,
    weighing.what_is_left_open,
    weighing.what_holds_the_figure,
    weighing.what_has_such_a_rate,
    weighing.what_is_called_alike,
    weighing.what_stands_beside,
    weighing.what_is_asked_after,
    weighing.what_is_given_for_it,
    weighing.what_names_nothing_new,
    weighing.what_is_said_back,
    weighing.what_is_counted_instead,
    weighing.what_says_more,
    weighing.what_is_held_elsewhere,
    weighing.what_goes_on,
    weighing.what_touches_on_it,
    weighing.what_is_a_guess,
    weighing.the_nearest_of_many,
)


def look_up(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject:
    """What one question is about: what it names by itself, or what was talked of where it asks on of that."""
    if (put := as_question(heard.text)) != heard.text:
        heard = replace(heard, text=put, facets=heard.facets or facets_of(put))
    heard, whole = replace(heard, text=without_own_sums(heard.text)), heard.text
    focus = tuple(finder.by_key[k] for k in conversation.focus or conversation.wish if k in finder.by_key)
    # 南京的政府到底管不管, after what two cities have: what was told of the one that is named.
    focus = tuple(e for e in focus if e.city in heard.cities) or focus
    search = Search(finder, heard.text, heard.facets, award_titles(heard.text))
    placed = in_place(heard.text, conversation, finder)
    if placed is not None and set(heard.cities) <= {entry.city for entry in placed}:  # 最后一个 镇江 names none
        cities = conversation.focus_cities[:1]
        return told_before(placed) if placed else Subject(missing_in=next(iter(cities), None), cities=cities)
    if returned := returned_to(heard.text, conversation, finder):
        if not heard.cities or {entry.city for entry in returned} & set(heard.cities):
            return told_before(_called_in_it(heard, returned, finder) or held_beside(search, returned) or returned)
        focus = returned
    if focus and heard.facts.keys() >= {"tiers"} and heard.facts["tiers"].value == (NONE,):
        heard, whole = replace(heard, text=_HOLDS_NONE.sub(" ", heard.text)), _HOLDS_NONE.sub(" ", whole)
        search = replace(search, text=heard.text)
    turn = Turn.prepared(heard, whole, conversation, search, focus)
    found = next((found for reading in _READINGS if (found := reading(turn)) is not None), turn.alone)
    return asking_on.missing_where_asked(turn, found)


def _called_in_it(heard: Understanding, told: Sequence[Entry], finder: Finder) -> tuple[Entry, ...]:
    """刚刚说的用地，那个叫什么机制来着: what the provision of what was told has that is of the kind asked by name."""
    kind = _WHAT_IT_IS_CALLED.search(heard.text)
    if kind is None or any(kind["kind"] in e.quote for e in told):
        return ()
    places = {(e.document_id, e.provision) for e in told}
    return tuple(e for e in finder.entries if (e.document_id, e.provision) in places and kind["kind"] in e.quote)[:1]
