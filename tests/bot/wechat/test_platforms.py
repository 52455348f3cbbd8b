"""The three channels of WeChat and WeCom as platforms."""

import asyncio
import subprocess
import sys

import pytest

from bot.channels.platform import (
    Platform,
)
from bot.channels.wechat.official import OfficialAccount
from bot.channels.wechat.wecom import WeCom

pytestmark = pytest.mark.asyncio


async def test_all_three_are_platforms_with_names_of_their_own(account: OfficialAccount, wecom: WeCom) -> None:
    platforms: list[Platform] = [account, wecom, wecom.service]
    assert [platform.name for platform in platforms] == ["wechat", "wecom", "wecom_service"]
    assert [platform.passive_seconds > 0 for platform in platforms] == [True, False, False]
    assert [bool(platform.routes()) for platform in platforms] == [True, True, False]
    for platform in platforms[:2]:
        await asyncio.wait_for(platform.run(), 1)


async def test_importing_the_channels_loads_no_client_of_http() -> None:
    code = "import sys, bot.channels.wechat.official, bot.channels.wechat.wecom; print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "'bot.channels.wechat.wecom'" in loaded
    assert not any(f"'{name}'" in loaded for name in ("aiohttp", "wechatpy", "httpx", "aiogram", "langchain"))
