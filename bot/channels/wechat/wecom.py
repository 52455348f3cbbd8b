"""An application of WeCom, for the members of an enterprise. Its callback also tells what 微信客服 has received."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.platform import Pace, Parcel, Standing, Unreachable
from bot.channels.wechat.api import Answer, PlatformApi, Rejected
from bot.channels.wechat.codes import Codes
from bot.channels.wechat.crypto import MessageCipher
from bot.channels.wechat.customer_service import CustomerService
from bot.channels.wechat.envelope import Gate, Refused, malformed, read_body, turn_away
from bot.channels.wechat.fields import event_id, moment, place_of, read_number, read_sender
from bot.channels.wechat.layout import Page, lay_out
from bot.channels.wechat.parcels import address_of, page_of, parcel_of
from bot.clock import Clock
from bot.messages import Delivery, Kind, Sheet
from bot.post.mailroom import Mailroom
from bot.settings import Settings
from bot.store.database import Database
from bot.store.notes import Notes

TOKEN_NOTE = "wecom.access_token"
_CALLBACK = "/wecom/callback"

_KINDS = {
    "text": Kind.TEXT,
    "voice": Kind.VOICE,
    "image": Kind.PICTURE,
    "video": Kind.PICTURE,
    "file": Kind.FILE,
    "link": Kind.FILE,
    "location": Kind.LOCATION,
}
_WORDS = {"text": "Content", "voice": "Recognition", "link": "Title", "location": "Label"}
_MEMBER = "u:"
_NEWS_OF_SERVICE = "kf_msg_or_event"
_OPEN_KFID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_NEWS_TOKEN = re.compile(r"[!-~]{0,256}")

_CODES = Codes(
    unreachable={40003, 60011, 60111, 81013, 82001},
    unacceptable={40008, 40033, 40035, 44002, 44004, 45002, 47001},
    too_fast={45009: 60.0, 45033: 1.0},
)


class WeCom:
    """The application that the settings name, a `Platform`; `service` is the other one that its callback serves."""

    name = "wecom"
    pace = Pace(per_second=20, between=1.0)
    passive_seconds: float = 0.0

    def __init__(self, settings: Settings, mailroom: Mailroom, notes: Notes, database: Database, clock: Clock) -> None:
        assert settings.wecom_corp_id and settings.wecom_secret and settings.wecom_token
        assert settings.wecom_encoding_aes_key and settings.wecom_agent_id is not None
        self._corp_id = settings.wecom_corp_id
        self._secret = settings.wecom_secret
        self._agent_id = settings.wecom_agent_id
        cipher = MessageCipher(settings.wecom_encoding_aes_key.get_secret_value(), self._corp_id)
        self._gate = Gate(settings.wecom_token.get_secret_value(), cipher)
        self._mailroom = mailroom
        self._clock = clock
        self._api = PlatformApi(settings.wecom_api_url, TOKEN_NOTE, self._fetch_token, notes, database, clock)
        self.service = CustomerService(self._api, mailroom, notes, database, clock)

    async def show_progress(self, address: str, so_far: str) -> None:
        """Nothing: what is shown here counts as a message."""

    async def hand_over(self, address: str) -> bool:
        """The platform need not know who serves a person."""
        return False

    async def open(self) -> None:
        await self._api.open()

    async def close(self) -> None:
        await self._api.close()

    async def run(self) -> None:
        """Nothing: the platform calls us."""

    # --- what comes in

    def routes(self) -> Sequence[Route]:
        async def verify(request: Request) -> Response:
            try:
                return PlainTextResponse(self._gate.echo_sealed(request.query_params, self._clock()))
            except Refused as error:
                return turn_away(error)

        async def receive(request: Request) -> Response:
            try:
                letter = self._gate.admit(request.query_params, await read_body(request), self._clock())
                await self._take(letter.fields)
            except Refused as error:
                return turn_away(error)
            return Response()

        return [Route(_CALLBACK, verify, methods=["GET"]), Route(_CALLBACK, receive, methods=["POST"])]

    async def _take(self, fields: Mapping[str, str]) -> None:
        """Keep what was delivered; what it is answered with goes out as messages of their own."""
        if fields.get("Event") == _NEWS_OF_SERVICE:
            await self.service.hear_of_news(*_read_news(fields))
            return
        delivery = read_delivery(fields)
        if delivery is not None:
            await self._mailroom.accept(delivery)

    # --- what goes out

    def render(self, sheet: Sheet, address: str) -> Sequence[Parcel]:
        return [parcel_of(Page(page.text), address) for page in lay_out(sheet)]

    def plainer(self, parcel: Parcel) -> Parcel | None:
        return None

    def unfinished(self, parcel: Parcel) -> Parcel:
        return parcel

    def may_send(self, standing: Standing, now: datetime) -> bool:
        return True

    async def send(self, parcel: Parcel) -> str:
        message = {
            "touser": address_of(parcel).removeprefix(_MEMBER),
            "msgtype": "text",
            "agentid": self._agent_id,
            "text": {"content": page_of(parcel).text},
        }
        try:
            answer = await self._api.call("/cgi-bin/message/send", message)
        except Rejected as error:
            raise _CODES.meaning(error) from None
        if answer.get("invaliduser") or answer.get("unlicenseduser"):
            raise Unreachable("message/send: no such member, or not in sight of the application")
        return str(answer.get("msgid", ""))

    async def _fetch_token(self, api: PlatformApi, force: bool) -> Answer:
        asked = {"corpid": self._corp_id, "corpsecret": self._secret.get_secret_value()}
        return await api.get("/cgi-bin/gettoken", asked)


def read_delivery(fields: Mapping[str, str]) -> Delivery | None:
    """The delivery in a genuine message; None for what nobody has to answer. Raises Refused."""
    sender, created, type = read_sender(fields)
    if type == "event":
        return _read_event(fields, sender, created)
    number = read_number(fields)
    return Delivery(
        channel=WeCom.name,
        delivery_id=f"m:{number}",
        identity=f"m:{number}",
        address=_MEMBER + sender,
        place=place_of(created, number),
        sent_at=moment(created),
        kind=_KINDS.get(type, Kind.OTHER),
        text=fields.get(_WORDS.get(type, ""), ""),
    )


def _read_event(fields: Mapping[str, str], sender: str, created: int) -> Delivery | None:
    event, key = fields.get("Event", "").lower(), fields.get("EventKey", "")
    match event:
        case "subscribe" | "enter_agent":
            kind, text = Kind.JOINED, ""
        case "unsubscribe":
            kind, text = Kind.LEFT, ""
        case "click":
            kind, text = Kind.TEXT, key
        case _:  # pages looked at, positions, changes of the address book: nothing was said
            return None
    id = event_id(sender, created, event, key)
    return Delivery(
        channel=WeCom.name,
        delivery_id=id,
        identity=id,
        address=_MEMBER + sender,
        place=place_of(created, 0),
        sent_at=moment(created),
        kind=kind,
        text=text,
    )


def _read_news(fields: Mapping[str, str]) -> tuple[str, str]:
    """For which account of 微信客服 there is something, and the token to fetch it with. Raises Refused."""
    account, token = fields.get("OpenKfId", ""), fields.get("Token", "")
    if not _OPEN_KFID.fullmatch(account) or not _NEWS_TOKEN.fullmatch(token):
        raise malformed("not news of the customer service")
    return account, token
