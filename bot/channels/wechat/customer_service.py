"""微信客服: what people on WeChat write to an enterprise's service account, fetched when WeCom tells of it.

News is kept, then what it tells of is fetched page by page. The cursor moves on only after everything before it stands
in the inbox, so that a crash anywhere means fetching again what is known already.
"""

import asyncio
import json
import logging
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.routing import Route

from bot.channels.platform import Pace, Parcel, SendFailed, SendUnknown, Standing, TooFast
from bot.channels.wechat.api import Answer, PlatformApi, Rejected
from bot.channels.wechat.codes import Codes
from bot.channels.wechat.fields import moment
from bot.channels.wechat.layout import MOST_PAGE_BYTES, Page, lay_out, read_menu_id, size
from bot.channels.wechat.parcels import address_of, page_of, parcel_of, saying_more, without_menu
from bot.clock import Clock
from bot.digest import hash_of
from bot.messages import Delivery, Kind, Sheet
from bot.post.mailroom import Mailroom
from bot.store.database import Database, StoreUnavailable
from bot.store.notes import Notes

log = logging.getLogger("huiqi.wecom")

_NOTE = "wecom.service"
_ACCOUNTS = f"{_NOTE}.accounts"
_PAGE = 1000
_NEWS_TOKEN_SECONDS = 590  # one that WeCom gave is good for ten minutes
_FIRST_FETCH = timedelta(minutes=10)  # what is older than this when an account is heard of first was not for us
_WELCOME = timedelta(seconds=20)
_SESSION = timedelta(hours=48)
_MOST_MENU_BYTES = 1024
_LOOK_SECONDS = 15.0
_SOON = 0.5
_RETRY_SECONDS = 60.0
_LONGEST_CUSTOMER = 128
_LATEST = 10**10
_TURN = 0.05
_TRIES = 40

_CUSTOMER, _SYSTEM = 3, 4
_QUEUED, _WITH_PERSON, _ENDED = 2, 3, 4
_PERSON_CAME = {1, 2, 4}
_PERSON_WENT = 3

_KINDS = {
    "text": Kind.TEXT,
    "voice": Kind.VOICE,
    "image": Kind.PICTURE,
    "video": Kind.PICTURE,
    "file": Kind.FILE,
    "link": Kind.FILE,
    "location": Kind.LOCATION,
    "merged_msg": Kind.FORWARDED,
}
_WORDS = {"text": "content", "link": "title", "location": "name"}

_WRONG_TOKEN = 95007
_WRONG_STATE = {95013, 95016, 95018}
_CODES = Codes(
    # out of quota; out of the time window; switched off; with staff
    not_permitted={95001, 95002, 95017, *_WRONG_STATE},
    unreachable={40096, 84061, 95000, 95004},
    unacceptable={40008, 40033, 40035, 40058, 44004, 45002, 47001, 95008, 95009},
    too_fast={45009: 60.0, 45033: 1.0},
)


@dataclass(frozen=True, slots=True)
class _News:
    """That there is something to fetch. `id` tells one announcement from the next."""

    id: str
    token: str
    at: int

    @classmethod
    def read(cls, kept: str | None) -> "_News | None":
        return cls(**json.loads(kept)) if kept else None

    def written(self) -> str:
        return json.dumps({"id": self.id, "token": self.token, "at": self.at})


class CustomerService:
    """The service accounts of an enterprise; a `Platform`. WeCom's callback tells it of news."""

    name = "wecom_service"
    pace = Pace(per_second=20, between=0.5)
    passive_seconds: float = 0.0
    most_sends = 5
    open_for = timedelta(hours=48)

    def __init__(self, api: PlatformApi, mailroom: Mailroom, notes: Notes, database: Database, clock: Clock) -> None:
        self._api = api
        self._mailroom = mailroom
        self._notes = notes
        self._database = database
        self._clock = clock
        self._known: dict[str, int] = {}
        self._woken = asyncio.Event()
        self._order = 0

    async def show_progress(self, address: str, so_far: str) -> None:
        """Nothing: what is shown here counts as a message."""

    async def open(self) -> None:
        await self._api.open()

    async def close(self) -> None:
        await self._api.close()

    def routes(self) -> Sequence[Route]:
        return ()

    # --- what comes in

    async def hear_of_news(self, account: str, token: str) -> None:
        """Keep that there is something to fetch; `run` fetches it. Raises StoreUnavailable."""
        await self._make_known(account)
        news = _News(secrets.token_hex(8), token, int(self._clock().timestamp()))
        await self._notes.write(f"{_NOTE}.due.{account}", news.written())
        self._woken.set()

    async def run(self) -> None:
        """Fetch from every account once, whatever was announced before; then what is announced, here or elsewhere."""
        fetched: set[str] = set()
        failures = 0
        while True:
            self._woken.clear()
            left, failed = await self._fetch_all(fetched)
            failures = failures + 1 if failed else 0
            wait = min(_SOON * 2**failures, _RETRY_SECONDS) if failed else _SOON if left else _LOOK_SECONDS
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), wait)

    async def _fetch_all(self, fetched: set[str]) -> tuple[bool, bool]:
        """Whether something is left to somebody else, and whether something went wrong."""
        left = failed = False
        try:
            accounts = await self._accounts()
        except StoreUnavailable as error:
            log.warning("could not look for news: %s", error)
            return False, True
        for account in accounts:
            try:
                if await self.fetch(account, even_if_quiet=account not in fetched):
                    fetched.add(account)
                else:
                    left = True
            except (SendFailed, SendUnknown, TooFast, Rejected, StoreUnavailable) as error:
                log.warning("could not fetch: %s", error, extra={"event": {"account": account}})
                failed = True
            except Exception:  # whatever one account holds, the others are still fetched
                log.exception("could not fetch", extra={"event": {"account": account}})
                failed = True
        return left, failed

    async def fetch(self, account: str, *, even_if_quiet: bool = False) -> bool:
        """Take in what was announced for an account; False if somebody else is at it. Raises as `PlatformApi.call`."""
        async with self._database.hold(f"{_NOTE}.{account}") as mine:
            if not mine:
                return False
            while True:
                now = self._clock()
                news = _News.read(await self._notes.read(f"{_NOTE}.due.{account}", now))
                done = await self._notes.read(f"{_NOTE}.done.{account}", now)
                if (news is None or news.id == done) and not even_if_quiet:
                    return True
                fresh = news is not None and news.id != done and now.timestamp() - news.at < _NEWS_TOKEN_SECONDS
                await self._fetch_pages(account, news.token if news is not None and fresh else "")
                if news is not None:
                    await self._notes.write(f"{_NOTE}.done.{account}", news.id)
                even_if_quiet = False

    async def _fetch_pages(self, account: str, token: str) -> None:
        cursor = await self._notes.read(f"{_NOTE}.cursor.{account}", self._clock()) or ""
        since = 0 if cursor else (await self._accounts()).get(account, 0)
        while True:
            answer = await self._fetch_page(account, cursor, token)
            for message in answer.get("msg_list") or []:
                if _sent_at(message) >= since:
                    await self._take(account, message)
            # Only now: whoever dies before this line fetches the same page again.
            following = str(answer.get("next_cursor") or "")
            if following and following != cursor:
                await self._notes.write(f"{_NOTE}.cursor.{account}", following)
            if not answer.get("has_more") or following in ("", cursor):
                return
            cursor = following

    async def _fetch_page(self, account: str, cursor: str, token: str) -> Answer:
        asked: dict[str, object] = {"open_kfid": account, "limit": _PAGE, "voice_format": 0}
        if cursor:
            asked["cursor"] = cursor
        try:
            return await self._api.call("/cgi-bin/kf/sync_msg", asked | ({"token": token} if token else {}))
        except Rejected as error:
            if error.code != _WRONG_TOKEN or not token:
                raise
            return await self._api.call("/cgi-bin/kf/sync_msg", asked)

    async def _take(self, account: str, message: Mapping[str, Any]) -> None:
        """Put one message into the inbox, if it is for us."""
        if message.get("msgtype") == "event":
            delivery = await self._read_event(account, _part(message, "event"), message)
        elif message.get("origin") == _CUSTOMER:
            delivery = self._read_message(account, message)
            if delivery is not None and await self._is_with_person(delivery.address):
                return
        else:
            return
        if delivery is not None:
            await self._mailroom.accept(delivery)

    def _read_message(self, account: str, message: Mapping[str, Any]) -> Delivery | None:
        type = str(message.get("msgtype", ""))
        words = _part(message, type)
        tap = read_menu_id(str(words.get("menu_id", "")))
        kind = Kind.TAP if tap else _KINDS.get(type, Kind.OTHER)
        delivery = self._delivery(account, message, message.get("external_userid"), kind)
        return delivery and delivery.model_copy(update={"text": str(words.get(_WORDS.get(type, ""), "")), "tap": tap})

    async def _read_event(self, account: str, event: Mapping[str, Any], message: Mapping[str, Any]) -> Delivery | None:
        customer = event.get("external_userid")
        match event.get("event_type"):
            case "enter_session":
                # With neither they have been welcomed, or have written, within two days: nothing is to be said.
                code, scene = str(event.get("welcome_code") or ""), str(event.get("scene_param") or "")
                delivery = self._delivery(account, message, customer, Kind.JOINED) if code or scene else None
                if delivery is not None and code:
                    await self._keep_code(delivery.address, code, delivery.sent_at + _WELCOME)
                return delivery and delivery.model_copy(update={"text": scene})
            case "session_status_change":
                await self._note_person(_address(account, str(customer)), event.get("change_type"))
            case "msg_send_fail":
                log.warning("a message was not delivered", extra={"event": {"fail_type": event.get("fail_type")}})
        return None

    def _delivery(self, account: str, message: Mapping[str, Any], customer: object, kind: Kind) -> Delivery | None:
        id, sent = str(message.get("msgid") or ""), _sent_at(message)
        if not id or not customer or len(str(customer)) > _LONGEST_CUSTOMER or not sent:
            log.error("a message without id, sender or time was passed over")
            return None
        self._order = max(self._order + 1, int(self._clock().timestamp() * 1_000_000))
        return Delivery(
            channel=self.name,
            delivery_id=f"k:{id}",
            identity=f"k:{id}",
            address=_address(account, str(customer)),
            place=f"{sent:012d}.{self._order:020d}",
            sent_at=moment(sent),
            kind=kind,
        )

    # --- accounts that have been heard of

    async def _accounts(self) -> dict[str, int]:
        """Account by account, from when on its messages are for us (in seconds)."""
        self._known = json.loads(await self._notes.read(_ACCOUNTS, self._clock()) or "{}")
        return self._known

    async def _make_known(self, account: str) -> None:
        for _ in range(_TRIES):
            if account in self._known or account in await self._accounts():
                return
            async with self._database.hold(_ACCOUNTS) as mine:
                if mine:
                    since = int((self._clock() - _FIRST_FETCH).timestamp())
                    await self._notes.write(_ACCOUNTS, json.dumps({account: since} | await self._accounts()))
                    continue
            await asyncio.sleep(_TURN)
        raise StoreUnavailable("the accounts of the customer service are being written by somebody else")

    # --- people who take over

    async def hand_over(self, address: str) -> bool:
        """Put a person into the queue of the staff in WeCom. True if they are there now, or somebody serves them.

        Until staff end it, their messages are not ours, and we can write nothing but one more
        message, which says so.
        """
        try:
            answer = await self._change_state(address, _QUEUED)
        except (SendFailed, SendUnknown, TooFast, Rejected) as error:
            log.warning("could not hand over: %s", error)
            if not await self._is_taken(address):
                return False
            answer = {}
        await self._notes.write(_about("person", address), "yes", self._clock() + _SESSION)
        if answer.get("msg_code"):
            await self._keep_code(address, str(answer["msg_code"]), self._clock() + _SESSION)
        return True

    async def _note_person(self, address: str, change: object) -> None:
        if change in _PERSON_CAME:
            await self._notes.write(_about("person", address), "yes", self._clock() + _SESSION)
        elif change == _PERSON_WENT:
            await self._notes.remove(_about("person", address))

    async def _is_with_person(self, address: str) -> bool:
        """Whether staff serve somebody, or are about to; asked of the platform only where we have heard so."""
        if await self._notes.read(_about("person", address), self._clock()) is None:
            return False
        try:
            if await self._state(address) in (_QUEUED, _WITH_PERSON):
                return True
        except Rejected:
            return True
        await self._notes.remove(_about("person", address))
        return False

    async def _is_taken(self, address: str) -> bool:
        try:
            return await self._state(address) in (_QUEUED, _WITH_PERSON)
        except (SendFailed, SendUnknown, TooFast, Rejected):
            return False

    async def _state(self, address: str) -> int:
        account, customer = _account_and_customer(address)
        asked = {"open_kfid": account, "external_userid": customer}
        return int((await self._api.call("/cgi-bin/kf/service_state/get", asked)).get("service_state", 0))

    async def _change_state(self, address: str, state: int) -> Answer:
        account, customer = _account_and_customer(address)
        asked = {"open_kfid": account, "external_userid": customer, "service_state": state}
        return await self._api.call("/cgi-bin/kf/service_state/trans", asked)

    # --- what goes out

    def render(self, sheet: Sheet, address: str) -> Sequence[Parcel]:
        return [parcel_of(_with_small_menu(page), address) for page in lay_out(sheet, MOST_PAGE_BYTES)]

    def plainer(self, parcel: Parcel) -> Parcel | None:
        return without_menu(parcel)

    def unfinished(self, parcel: Parcel) -> Parcel:
        return saying_more(parcel)

    def may_send(self, standing: Standing, now: datetime) -> bool:
        heard = now - standing.heard_at < self.open_for
        return heard and standing.sent_since < self.most_sends

    async def send(self, parcel: Parcel) -> str:
        address, message = address_of(parcel), _message(page_of(parcel))
        answer = await self._send_with_code(address, message)
        if answer is None:
            account, customer = _account_and_customer(address)
            try:
                answer = await self._api.call(
                    "/cgi-bin/kf/send_msg", {"touser": customer, "open_kfid": account, **message}
                )
            except Rejected as error:
                if error.code in _WRONG_STATE and await self._is_taken(address):
                    await self._notes.write(_about("person", address), "yes", self._clock() + _SESSION)
                raise _CODES.meaning(error) from None
        return str(answer.get("msgid", ""))

    async def _keep_code(self, address: str, code: str, until: datetime) -> None:
        """A code allows one message at a moment when no other would be: a welcome, or while somebody waits."""
        await self._notes.write(_about("code", address), code, until)

    async def _send_with_code(self, address: str, message: Answer) -> Answer | None:
        code = await self._notes.read(_about("code", address), self._clock())
        if code is None:
            return None
        try:
            answer = await self._api.call("/cgi-bin/kf/send_msg_on_event", {"code": code, **message})
        except Rejected as error:
            log.info("a code was no good: %s", error)
            answer = None
        await self._notes.remove(_about("code", address))
        return answer


def _address(account: str, customer: str) -> str:
    return f"k:{account}:{customer}"


def _account_and_customer(address: str) -> tuple[str, str]:
    _, account, customer = address.split(":", 2)
    return account, customer


def _part(message: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = message.get(name)
    return part if isinstance(part, Mapping) else {}


def _sent_at(message: Mapping[str, Any]) -> int:
    """In seconds; 0 for what is no time."""
    sent = message.get("send_time")
    return sent if isinstance(sent, int) and 0 < sent < _LATEST else 0


def _about(what: str, address: str) -> str:
    """The name of a note about somebody; it does not name them."""
    return f"{_NOTE}.{what}.{hash_of(address)[:40]}"


def _with_small_menu(page: Page) -> Page:
    fits = size(page.head) <= _MOST_MENU_BYTES and size(page.tail) <= _MOST_MENU_BYTES
    return page if fits else Page(page.text)


def _message(page: Page) -> Answer:
    if not page.menu:
        return {"msgtype": "text", "text": {"content": page.text}}
    rows = [{"type": "click", "click": {"id": entry.id, "content": entry.content}} for entry in page.menu]
    menu = {"head_content": page.head, "list": rows, "tail_content": page.tail}
    return {"msgtype": "msgmenu", "msgmenu": menu}
