"""Tries the configured model and embedding, and says in plain words what will work with them and what will not."""

import asyncio
from contextlib import aclosing
from dataclasses import dataclass
from time import monotonic

from bot.office import model_of
from bot.settings import Settings
from chains.model.allowance import Allowance, ModelUnavailable
from chains.model.hearing import Heard
from chains.model.llm import LanguageModel
from chains.prompting import fill_messages, texts, wording
from knowledge.index import openai_embeddings

_SENTENCE = "南京市的文件有效期到 2028 年 12 月 31 日。"
_LONG = 6_000  # characters: more than any turn sends
_SECONDS = 30.0
_SLOW = 3.0
_WAYS = {
    "json_schema": "按 JSON Schema",
    "function_calling": "靠函数调用",
    "json_mode": "靠 JSON 模式",
    "plain": "靠提示词约束",
}


@dataclass(frozen=True, slots=True)
class Tried:
    """One thing that was tried."""

    fine: bool
    text: str


async def try_model(settings: Settings) -> list[Tried]:
    """Calls the server a few times. Nothing if no model is configured."""
    model = model_of(settings)
    if model is None:
        return []
    try:
        listed, written = await _listed(model), await _streams(model)
        if not written.fine:
            return [listed, written]
        return [listed, written, await _gives_shape(model), await _takes_much(model)]
    finally:
        await model.close()


async def try_embedding(settings: Settings) -> list[Tried]:
    """Embeds one sentence. Nothing if no embedding model is configured."""
    name = settings.openai_embedding_model
    if name is None:
        return []
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else "none"
    model = openai_embeddings(name, api_key=key, base_url=settings.openai_base_url or "", seconds=_SECONDS, retries=0)
    try:
        vector = await asyncio.to_thread(model.embed_query, _SENTENCE)
    except Exception as error:
        told = f"向量模型 {name}：用不了（{type(error).__name__}），检索只用关键词；检查它的名字和 OPENAI_BASE_URL"
        return [Tried(False, told)]
    return [Tried(bool(vector), f"向量模型 {name}：可用，{len(vector)} 维")]


async def _listed(model: LanguageModel) -> Tried:
    name = model.endpoint.model
    try:
        names = await model.models()
    except ModelUnavailable:
        return Tried(True, f"模型 {name}：服务器不列模型清单，不影响使用")
    if name in names:
        return Tried(True, f"模型 {name}：在服务器的清单里")
    others = "、".join(names[:5]) or "空的"
    return Tried(True, f"模型 {name}：不在服务器的清单里（清单：{others}），名字可能写错了")


async def _streams(model: LanguageModel) -> Tried:
    begun, first, said = monotonic(), 0.0, ""
    try:
        prompt = fill_messages("probe", sentence=_SENTENCE)
        async with aclosing(model.write("probe", prompt, Allowance.of("doctor", _SECONDS))) as pieces:
            async for piece in pieces:
                first = first or monotonic() - begun
                said += piece
    except ModelUnavailable as error:
        return Tried(False, f"流式回答：不行，{_why(error)}。没有模型时规则和检索照常回答")
    pace = f"首字 {first:.1f} 秒，全句 {monotonic() - begun:.1f} 秒"
    slow = "；偏慢，人会先看到规则给的结论" if first > _SLOW else ""
    return Tried(True, f"流式回答：可用，{pace}{slow}")


async def _gives_shape(model: LanguageModel) -> Tried:
    prompt = fill_messages("hear", slots="foreign_trade：yes、no", known="", asked="", message="我们的货发往德国")
    try:
        await model.extract("probe", prompt, Heard, Allowance.of("doctor", _SECONDS))
    except ModelUnavailable as error:
        return Tried(False, f"结构化输出：不行，{_why(error)}。听不懂的话会请对方换个说法")
    return Tried(True, f"结构化输出：可用（{_WAYS[model.structured_by]}）")


async def _takes_much(model: LanguageModel) -> Tried:
    long = (_SENTENCE * (_LONG // len(_SENTENCE) + 1))[:_LONG]
    begun = monotonic()
    try:
        async with aclosing(
            model.write("probe", fill_messages("probe", sentence=long), Allowance.of("doctor", _SECONDS))
        ) as pieces:
            await anext(pieces)
    except (ModelUnavailable, StopAsyncIteration) as error:
        why = _why(error) if isinstance(error, ModelUnavailable) else "没有回答"
        return Tried(False, f"上下文：{_LONG} 字装不下，{why}")
    return Tried(True, f"上下文：装得下 {_LONG} 字，首字 {monotonic() - begun:.1f} 秒")


def _why(error: ModelUnavailable) -> str:
    return texts("model_reasons").get(error.reason, wording("model.unavailable"))
