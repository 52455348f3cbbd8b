"""Looks at what is set up and says in plain words what works, what does not, and the way out."""

import os
import platform
import sys
import tempfile
from dataclasses import dataclass

from bot.address import AddressInUse, listen
from bot.office import build_assistant
from bot.settings import Settings
from bot.store.database import StoreUnavailable, UnusableDatabase, open_database
from bot.store.staff import StaffAccounts
from knowledge.library import InvalidCorpus


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at."""

    fine: bool
    text: str


async def examine(settings: Settings) -> list[Examined]:
    """Everything that a start needs, in the order in which it needs it. No model is called."""
    return [
        Examined(sys.version_info >= (3, 11), f"Python {platform.python_version()}（需要 3.11 或更新）"),
        _data_dir(settings),
        await _database(settings),
        _corpus(settings),
        _model(settings),
        *_platforms(settings),
        await _console(settings),
        _port(settings),
    ]


def _data_dir(settings: Settings) -> Examined:
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(os.urandom(4096))
    except OSError as error:
        return Examined(False, f"数据目录 {folder} 不可写：{error.strerror}。用 HUIQI_DATA_DIR 换一个")
    return Examined(True, f"数据目录 {folder} 可写")


async def _database(settings: Settings) -> Examined:
    try:
        database = await open_database(settings.database_url)
    except UnusableDatabase as error:
        return Examined(False, str(error))
    try:
        await database.prove_writable()
    except StoreUnavailable as error:
        return Examined(False, f"数据库暂时不可写：{error}")
    finally:
        await database.close()
    return Examined(True, f"数据库可用（{'SQLite' if settings.database_url.startswith('sqlite') else 'PostgreSQL'}）")


def _corpus(settings: Settings) -> Examined:
    try:
        library = build_assistant(settings).library
    except InvalidCorpus as error:
        return Examined(False, f"语料有 {len(error.problems)} 处问题，huiqi check 逐条列出")
    return Examined(bool(library.documents), f"语料：{len(library.documents)} 份文件，{len(library.supports)} 项支持")


def _model(settings: Settings) -> Examined:
    if settings.openai_model is None:
        return Examined(True, "没有配置模型：规则和检索照常回答")
    if settings.openai_api_key is None:
        return Examined(False, f"配置了模型 {settings.openai_model}，但没有 OPENAI_API_KEY")
    return Examined(True, f"模型 {settings.openai_model}：这个版本还不用它写回答，设置先留着")


def _platforms(settings: Settings) -> list[Examined]:
    """Which platforms are served, and what is still missing outside. None of them is called."""
    found = []
    if settings.telegram_bot_token:
        if settings.telegram_webhook_secret is None:
            found.append(Examined(True, "Telegram：长轮询，不需要公网地址"))
        elif settings.public_url is None:
            way_out = "没有 HUIQI_PUBLIC_URL，要自己向 Telegram 登记 /telegram/webhook 的地址"
            found.append(Examined(True, f"Telegram：webhook，{way_out}"))
        else:
            found.append(
                Examined(True, f"Telegram：webhook，登记为 {settings.public_url.rstrip('/')}/telegram/webhook")
            )
    if settings.wechat_app_id:
        is_safe = settings.wechat_encoding_aes_key is not None
        mode = "安全模式" if is_safe else "明文模式，签名不保护正文：请设 WECHAT_ENCODING_AES_KEY 并在后台选安全模式"
        found.append(Examined(is_safe, f"微信公众号：回调地址 /wechat/callback，{mode}"))
    if settings.wecom_corp_id:
        found.append(Examined(True, "企业微信和微信客服：回调地址 /wecom/callback"))
    return found or [Examined(True, "没有配置 Telegram、微信、企业微信：只有网页、终端和接口")]


async def _console(settings: Settings) -> Examined:
    try:
        database = await open_database(settings.database_url)
    except UnusableDatabase:
        return Examined(False, "工作台：数据库打不开，不能登录")
    try:
        people = [account for account in await StaffAccounts(database).all() if account.disabled_at is None]
    finally:
        await database.close()
    if not people:
        return Examined(True, "工作台：还没有人，用 huiqi staff add 名字 --role admin 添加")
    where = f"在 {settings.public_url.rstrip('/')}/console 登录" if settings.public_url else "在 /console 登录"
    return Examined(True, f"工作台：{len(people)} 人，{where}；除本机的 http://127.0.0.1 外，只在 https 下能登录")


def _port(settings: Settings) -> Examined:
    try:
        listen(settings).close()
    except AddressInUse as error:
        return Examined(False, str(error))
    return Examined(True, f"地址 {settings.host}:{settings.port} 空闲")
