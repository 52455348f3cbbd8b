"""The messaging platforms that the settings name. Each is imported only if it is served."""

from bot.channels.platform import Platform
from bot.clock import Clock
from bot.post.mailroom import Mailroom
from bot.settings import Settings
from bot.store.database import Database
from bot.store.notes import Notes


def platforms_of(
    settings: Settings, mailroom: Mailroom, notes: Notes, database: Database, clock: Clock
) -> dict[str, Platform]:
    """Every platform whose settings are complete, by its name. Nothing is called or opened here."""
    served: list[Platform] = []
    if settings.telegram_bot_token:
        from bot.channels.telegram.platform import Telegram

        served.append(Telegram(settings, mailroom, notes, database))
    if settings.wechat_app_id:
        from bot.channels.wechat.official import OfficialAccount

        served.append(OfficialAccount(settings, mailroom, notes, database, clock))
    if settings.wecom_corp_id:
        from bot.channels.wechat.wecom import WeCom

        application = WeCom(settings, mailroom, notes, database, clock)
        served += [application, application.service]
    return {platform.name: platform for platform in served}
