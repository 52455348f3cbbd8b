"""Whatever there is for a firm, after what it wishes for by name: 我们是镇江的厂，想上新三板，有补贴吗."""

from collections.abc import Sequence
from dataclasses import replace

from chains.eligibility import CITY
from chains.finding.alone import stands_alone
from chains.finding.entries import Entry
from chains.finding.lookup import look_up
from chains.prompting import wording
from chains.steps import dialogue
from chains.steps.at_large import wish_named
from chains.turn import Context, Draft
from knowledge.regions import city_name, served_cities

_FEW = 2


def all_there_is(context: Context, noted: Sequence[str]) -> Draft:
    """What is wished for, if it is found by itself; else all there is, after what comes near the wish, if anything."""
    city, wish = context.conversation.profile[CITY], wish_named(context.heard.text)
    if city not in served_cities() or not wish:
        return _proceed(context, (), noted)
    asked = replace(context.heard, text=wish, facets=(), cities=())
    found = look_up(asked, context.conversation.with_focus((), ()), context.finder)
    near = found.entries[:_FEW]
    if found.supports and stands_alone(found):
        return _proceed(context, [entry.key for entry in found.supports[:_FEW]], noted)
    name = city_name(str(city))
    titles = "、".join(f"{entry.title}{_mark(context, entry)}" for entry in near)
    line = (
        wording("silent.wish_near", city=name, wish=wish, titles=titles)
        if near
        else wording("silent.wish", city=name, wish=wish)
    )
    return _proceed(context, (), (*noted, line))


def _proceed(context: Context, wanted: Sequence[str], lines: Sequence[str]) -> Draft:
    conversation = context.conversation.with_goal(wanted, broad=not wanted)
    return dialogue.proceed(replace(context, conversation=conversation), lines)


def _mark(context: Context, entry: Entry) -> str:
    return context.words.citations.cite(context.library.documents[entry.document_id], entry.provision, entry.quote)
