"""An official account of WeChat: deliveries answered within five seconds, later by customer-service messages."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.platform import Pace, Parcel, Standing
from bot.channels.wechat.api import Answer, NoSuchCall, PlatformApi, Rejected
from bot.channels.wechat.codes import Codes
from bot.channels.wechat.crypto import MessageCipher
from bot.channels.wechat.envelope import Gate, Letter, Refused, read_body, turn_away
from bot.channels.wechat.fields import event_id, moment, place_of, read_number, read_sender
from bot.channels.wechat.layout import MOST_PAGE_BYTES, lay_out, read_menu_id, say
from bot.channels.wechat.parcels import address_of, page_of, parcel_of, saying_more, without_menu
from bot.clock import Clock
from bot.messages import Delivery, Kind, Sheet
from bot.post.mailroom import Mailroom
from bot.settings import Settings
from bot.store.database import Database
from bot.store.inbox import Waiting
from bot.store.notes import Notes
from bot.store.outbox import StoredSheet

log = logging.getLogger("huiqi.wechat")

TOKEN_NOTE = "wechat.access_token"
_CALLBACK = "/wechat/callback"
RIGHT_NOTE = "wechat.customer_service"
_LACKING = "no"
_ASK_AGAIN = timedelta(days=1)  # an account may have been given the right in the meantime

_KINDS = {
    "text": Kind.TEXT,
    "voice": Kind.VOICE,
    "image": Kind.PICTURE,
    "video": Kind.PICTURE,
    "shortvideo": Kind.PICTURE,
    "file": Kind.FILE,
    "link": Kind.FILE,
    "location": Kind.LOCATION,
}
_WORDS = {"text": "Content", "voice": "Recognition", "link": "Title", "file": "Title", "location": "Label"}
_SCENE = "qrscene_"

_NO_RIGHT = 48001
_CODES = Codes(
    not_permitted={_NO_RIGHT, 45015, 45047},  # no right at all; out of the time window; out of quota
    unreachable={40003, 43004, 43019, 50002, 50005},
    unacceptable={40007, 40008, 40033, 40200, 44002, 44004, 45002, 45008, 47001, 87009},
    too_fast={45009: 3600.0, 45011: 60.0},
)


class OfficialAccount:
    """The account that the settings name; a `Platform`."""

    name = "wechat"
    pace = Pace(per_second=20, between=0.5)
    response_seconds: float = 1.5  # nothing is lost by it: what comes later is sent
    last_response_seconds: float = 4.5  # where nothing can be sent later; WeChat waits five
    most_sends = 5
    open_for = timedelta(hours=48)

    def __init__(self, settings: Settings, mailroom: Mailroom, notes: Notes, database: Database, clock: Clock) -> None:
        assert settings.wechat_app_id and settings.wechat_app_secret and settings.wechat_token
        self._app_id = settings.wechat_app_id
        self._app_secret = settings.wechat_app_secret
        key = settings.wechat_encoding_aes_key
        cipher = MessageCipher(key.get_secret_value(), self._app_id) if key else None
        self._gate = Gate(settings.wechat_token.get_secret_value(), cipher)
        self._mailroom = mailroom
        self._notes = notes
        self._clock = clock
        self._mute_until: datetime | None = None
        self._api = PlatformApi(settings.wechat_api_url, TOKEN_NOTE, self._fetch_token, notes, database, clock)

    @property
    def passive_seconds(self) -> float:
        return self.last_response_seconds if self._lacks_right(self._clock()) else self.response_seconds

    async def show_progress(self, address: str, so_far: str) -> None:
        """Nothing: what is shown here counts as a message."""

    async def hand_over(self, address: str) -> bool:
        """The platform need not know who serves a person."""
        return False

    async def open(self) -> None:
        await self._api.open()
        await self._is_mute()

    async def close(self) -> None:
        await self._api.close()

    async def run(self) -> None:
        """Nothing: the platform calls us."""

    # --- what comes in

    def routes(self) -> Sequence[Route]:
        async def verify(request: Request) -> Response:
            try:
                return PlainTextResponse(self._gate.echo_plain(request.query_params, self._clock()))
            except Refused as error:
                return turn_away(error)

        async def receive(request: Request) -> Response:
            try:
                letter = self._gate.admit(request.query_params, await read_body(request), self._clock())
                delivery = read_delivery(letter.fields)
            except Refused as error:
                return turn_away(error)
            return await self._take(letter, delivery) if delivery is not None else _noted()

        return [Route(_CALLBACK, verify, methods=["GET"]), Route(_CALLBACK, receive, methods=["POST"])]

    async def _take(self, letter: Letter, delivery: Delivery) -> Response:
        stored = await self._mailroom.accept(delivery)
        if delivery.kind is Kind.LEFT:
            return _noted()
        # What is done has its answer in the outbox, or none: there is nothing to wait for.
        seconds = 0.0 if stored.state is Waiting.DONE else self.passive_seconds
        found = await self._mailroom.wait_for_answer(stored, seconds)
        if found is not None:
            text = await self._response(found)
        else:
            text = say("checking") if await self._is_mute() else ""
        if not text:
            return _noted()
        now = self._clock()
        fields: dict[str, str | int] = {
            "ToUserName": delivery.address,
            "FromUserName": letter.fields.get("ToUserName", ""),
            "CreateTime": int(now.timestamp()),
            "MsgType": "text",
            "Content": text,
        }
        return Response(self._gate.answer(fields, letter, now), media_type="application/xml")

    async def _response(self, found: StoredSheet) -> str:
        """What is given at once, and how to come by the rest where we cannot send it."""
        pages = lay_out(found.sheet, MOST_PAGE_BYTES) if found.sheet else []
        text = pages[found.given].text if found.given < len(pages) else ""
        has_more = found.given + 1 < len(pages) or await self._mailroom.outbox.is_followed(found)
        return f"{text}\n\n{say('more')}" if text and has_more and await self._is_mute() else text

    # --- what goes out

    def render(self, sheet: Sheet, address: str) -> Sequence[Parcel]:
        return [parcel_of(page, address) for page in lay_out(sheet, MOST_PAGE_BYTES)]

    def plainer(self, parcel: Parcel) -> Parcel | None:
        return without_menu(parcel)

    def unfinished(self, parcel: Parcel) -> Parcel:
        return saying_more(parcel)

    def may_send(self, standing: Standing, now: datetime) -> bool:
        if self._lacks_right(now):
            return False
        heard = now - standing.heard_at < self.open_for
        return heard and standing.sent_since < self.most_sends

    async def send(self, parcel: Parcel) -> str:
        try:
            answer = await self._api.call("/cgi-bin/message/custom/send", _message(parcel))
        except Rejected as error:
            if error.code == _NO_RIGHT:
                await self._fall_mute()
            raise _CODES.meaning(error) from None
        return str(answer.get("msgid", ""))

    def _lacks_right(self, now: datetime) -> bool:
        """Whether this process knows that the account may only respond."""
        return self._mute_until is not None and now < self._mute_until

    async def _fall_mute(self) -> None:
        """Remember, for all processes, that the account has no right to customer-service messages."""
        log.warning("the account has no right to customer-service messages: answers wait for the next message")
        self._mute_until = self._clock() + _ASK_AGAIN
        await self._notes.write(RIGHT_NOTE, _LACKING, self._mute_until)

    async def _is_mute(self) -> bool:
        """Whether the account is known to lack the right to write later, whichever process has learnt it."""
        now = self._clock()
        if await self._notes.read(RIGHT_NOTE, now) != _LACKING:
            self._mute_until = None
        elif self._mute_until is None:
            self._mute_until = now + _ASK_AGAIN
        return self._mute_until is not None

    async def _fetch_token(self, api: PlatformApi, force: bool) -> Answer:
        asked = {
            "grant_type": "client_credential",
            "appid": self._app_id,
            "secret": self._app_secret.get_secret_value(),
        }
        try:
            return await api.post("/cgi-bin/stable_token", asked | {"force_refresh": force})
        except NoSuchCall:  # a gateway before the platform that knows only the older call, which always makes a new one
            return await api.get("/cgi-bin/token", asked)


def read_delivery(fields: Mapping[str, str]) -> Delivery | None:
    """The delivery in a genuine message; None for what nobody has to answer. Raises Refused."""
    sender, created, type = read_sender(fields)
    if type == "event":
        return _read_event(fields, sender, created)
    number = read_number(fields)
    tap = read_menu_id(fields.get("bizmsgmenuid", ""))
    return Delivery(
        channel=OfficialAccount.name,
        delivery_id=f"m:{number}",
        identity=f"m:{number}",
        address=sender,
        place=place_of(created, number),
        sent_at=moment(created),
        kind=Kind.TAP if tap else _KINDS.get(type, Kind.OTHER),
        text=fields.get(_WORDS.get(type, ""), ""),
        tap=tap,
    )


def _read_event(fields: Mapping[str, str], sender: str, created: int) -> Delivery | None:
    event, key = fields.get("Event", "").lower(), fields.get("EventKey", "")
    match event:
        case "subscribe" | "scan":
            kind, text = Kind.JOINED, key.removeprefix(_SCENE)
        case "unsubscribe":
            kind, text = Kind.LEFT, ""
        case "click":
            kind, text = Kind.TEXT, key
        case _:  # pages looked at, positions, reports on what was sent: nothing was said
            return None
    id = event_id(sender, created, event, key)
    return Delivery(
        channel=OfficialAccount.name,
        delivery_id=id,
        identity=id,
        address=sender,
        place=place_of(created, 0),
        sent_at=moment(created),
        kind=kind,
        text=text,
    )


def _message(parcel: Parcel) -> Answer:
    page, message = page_of(parcel), {"touser": address_of(parcel)}
    if not page.menu:
        return message | {"msgtype": "text", "text": {"content": page.text}}
    rows = [{"id": entry.id, "content": entry.content} for entry in page.menu]
    menu = {"head_content": page.head, "list": rows, "tail_content": page.tail}
    return message | {"msgtype": "msgmenu", "msgmenu": menu}


def _noted() -> Response:
    """The acknowledgement after which the platform neither shows anything nor tries again."""
    return PlainTextResponse("success")
