"""WeChat and WeCom as they behave, on the loopback."""

import asyncio
import json
import secrets
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self

from aiohttp import web

APP_ID, APP_SECRET, APP_TOKEN = "wx5823bf96d3bd56c7", "an-app-secret", "an-app-token"
CORP_ID, CORP_SECRET, CORP_TOKEN, AGENT_ID = "wwddddccc7775555", "a-corp-secret", "a-corp-token", 1000002
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
ACCOUNT = "gh_97417a04a28d"
KF = "wkAJ2GCAAASSm4_FhToWMFea0xAFfd3Q"
TROUBLE = "该公众号提供的服务出现故障，请稍后再试"
START = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)

_QUOTA = 5
_WINDOW = timedelta(hours=48)
MOST_BYTES = 2048


class Clock:
    """Time that goes on when it is told to."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass(frozen=True)
class Shown:
    """A message as it arrived on a telephone; `was_cut` if the platform has thrown part of it away."""

    text: str
    menu: tuple[tuple[str, str], ...] = ()
    tail: str = ""
    was_cut: bool = False


@dataclass
class Session:
    """What a platform knows of a person: when they wrote, how much was sent since, who serves them."""

    heard_at: datetime | None = None
    sent: int = 0
    state: int = 0
    codes: dict[str, datetime] = field(default_factory=dict)
    shown: list[Shown] = field(default_factory=list)


class FakePlatform:
    """Both platforms behind one address. What is to go wrong with the next calls stands in `faults`.

    A fault is an error code, or "hang", "cut" (the call is not done), "done, then cut", "http 500", "not json".
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.has_right = True
        self.takes_menus = True
        self.faults: list[int | str] = []
        self.token_faults: list[int | str] = []
        self.calls: list[tuple[str, Mapping[str, Any]]] = []
        self.tokens: dict[str, datetime] = {}
        self.issued = 0
        self.people: dict[str, Session] = defaultdict(Session)
        self.members = {"zhangsan", "lisi"}
        self.service: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.news: dict[str, str] = {}
        self.page = 1000
        self.url = ""
        self._runner: web.AppRunner | None = None
        self._asleep = asyncio.Event()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/cgi-bin/stable_token", self._stable_token)
        app.router.add_get("/cgi-bin/token", self._token)
        app.router.add_get("/cgi-bin/gettoken", self._gettoken)
        for path, answer in {
            "message/custom/send": self._custom_send,
            "message/send": self._message_send,
            "kf/sync_msg": self._sync,
            "kf/send_msg": self._kf_send,
            "kf/send_msg_on_event": self._kf_send_on_event,
            "kf/service_state/get": self._state,
            "kf/service_state/trans": self._change_state,
        }.items():
            app.router.add_post(f"/cgi-bin/{path}", self._with_token(path, answer))
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._asleep.set()
        assert self._runner is not None
        await self._runner.cleanup()

    # --- what a test does

    def forget_tokens(self) -> None:
        """As when somebody else has asked for a token in the old way."""
        self.tokens.clear()

    def hear(self, person: str) -> None:
        """Somebody wrote: the window is open, the quota full."""
        session = self.people[person]
        session.heard_at, session.sent = self.clock(), 0
        if session.state == 4:
            session.state = 0

    def shown(self, person: str) -> list[str]:
        return [message.text for message in self.people[person].shown]

    def paths(self) -> list[str]:
        return [path for path, _ in self.calls]

    def customer_writes(self, customer: str, msgtype: str = "text", account: str = KF, **content: Any) -> str:
        """A person writes to a service account: the id of the message. The news is the telephone's to bring."""
        self.hear(customer)
        return self.put(account, customer, origin=3, msgtype=msgtype, **{msgtype: content})

    def put(self, account: str, customer: str, **message: Any) -> str:
        id = secrets.token_hex(12)
        at = int(self.clock().timestamp())
        row = {"msgid": id, "open_kfid": account, "external_userid": customer, "send_time": at, **message}
        self.service[account].append(row)
        return id

    def announce(self, account: str = KF) -> str:
        """The token that comes with the news."""
        self.news[account] = "ENC" + secrets.token_hex(20)
        return self.news[account]

    # --- tokens

    async def _stable_token(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        wrong = asked.get("appid") != APP_ID or asked.get("secret") != APP_SECRET
        return await self._give_token(wrong, force=bool(asked.get("force_refresh")))

    async def _token(self, request: web.Request) -> web.StreamResponse:
        wrong = request.query.get("appid") != APP_ID or request.query.get("secret") != APP_SECRET
        return await self._give_token(wrong or request.query.get("grant_type") != "client_credential", force=True)

    async def _gettoken(self, request: web.Request) -> web.StreamResponse:
        wrong = request.query.get("corpid") != CORP_ID or request.query.get("corpsecret") != CORP_SECRET
        return await self._give_token(wrong, force=False)

    async def _give_token(self, wrong: bool, *, force: bool) -> web.StreamResponse:
        if self.token_faults:
            return await self._fail(self.token_faults.pop(0))
        if wrong:
            return _refuse(40125, "invalid appsecret")
        token = next((token for token, end in self.tokens.items() if end > self.clock()), None)
        if token is None or force:
            self.issued += 1
            token = f"token-{self.issued}-{secrets.token_hex(8)}"
            self.tokens = {token: self.clock() + timedelta(seconds=7200)}
        seconds = int((self.tokens[token] - self.clock()).total_seconds())
        return web.json_response({"access_token": token, "expires_in": seconds})

    def _with_token(self, path: str, answer: Callable[[dict[str, Any]], web.StreamResponse]) -> Any:
        async def answered(request: web.Request) -> web.StreamResponse:
            asked = json.loads((await request.read()).decode())
            self.calls.append((path, asked))
            token = request.query.get("access_token", "")
            if token not in self.tokens:
                return _refuse(40001, f"invalid credential, access_token is invalid or not latest {token}")
            if self.tokens[token] <= self.clock():
                return _refuse(42001, "access_token expired")
            fault = self.faults.pop(0) if self.faults else None
            if fault == "done, then cut":
                answer(asked)
                fault = "cut"
            return answer(asked) if fault is None else await self._fail(fault, request)

        return answered

    async def _fail(self, fault: int | str, request: web.Request | None = None) -> web.StreamResponse:
        if isinstance(fault, int):
            return _refuse(fault, "as the test says")
        if fault == "hang":
            await self._asleep.wait()
        elif fault == "cut" and request is not None and request.transport is not None:
            request.transport.abort()
        elif fault.startswith("http "):
            return web.Response(status=int(fault.removeprefix("http ")))
        return web.Response(text="<html>not json</html>")

    # --- sending

    def _custom_send(self, asked: dict[str, Any]) -> web.StreamResponse:
        if not self.has_right:
            return _refuse(48001, "api unauthorized")
        if asked["touser"] not in self.people:
            return _refuse(40003, "invalid openid")
        if asked["msgtype"] == "msgmenu" and not self.takes_menus:
            return _refuse(40200, "invalid account type")
        return self._show(asked["touser"], asked, window=45015, quota=45047)

    def _message_send(self, asked: dict[str, Any]) -> web.StreamResponse:
        if asked["agentid"] != AGENT_ID:
            return _refuse(40056, "invalid agentid")
        if asked["touser"] not in self.members:
            return _refuse(81013, "user & party & tag all invalid")
        whole = asked["text"]["content"].encode()
        text = whole[:MOST_BYTES].decode(errors="ignore")
        self.people[asked["touser"]].shown.append(Shown(text, was_cut=len(whole) > MOST_BYTES))
        return _accept(msgid=secrets.token_hex(8))

    def _kf_send(self, asked: dict[str, Any]) -> web.StreamResponse:
        if asked["touser"] not in self.people:
            return _refuse(40096, "invalid external userid")
        if self.people[asked["touser"]].state not in (0, 1):
            return _refuse(95018, "send msg session status invalid")
        return self._show(asked["touser"], asked, window=95002, quota=95001)

    def _kf_send_on_event(self, asked: dict[str, Any]) -> web.StreamResponse:
        for session in self.people.values():
            until = session.codes.pop(asked["code"], None)
            if until is not None and until > self.clock():
                session.shown.append(_shown(asked))
                return _accept(msgid=secrets.token_hex(8))
        return _refuse(95007, "invalid code")

    def _show(self, person: str, asked: dict[str, Any], *, window: int, quota: int) -> web.StreamResponse:
        session, message = self.people[person], _shown(asked)
        if session.heard_at is None or self.clock() - session.heard_at >= _WINDOW:
            return _refuse(window, "response out of time limit")
        if session.sent >= _QUOTA:
            return _refuse(quota, "out of response count limit")
        if len(message.text.encode()) > MOST_BYTES:
            return _refuse(45002, "content size out of limit")
        session.sent += 1
        session.shown.append(message)
        return _accept(msgid=secrets.token_hex(8))

    # --- the customer service

    def _sync(self, asked: dict[str, Any]) -> web.StreamResponse:
        account, token = asked["open_kfid"], asked.get("token")
        if token is not None and token != self.news.get(account):
            return _refuse(95007, "invalid msg token")
        first = int(asked.get("cursor") or 0)
        rows = self.service[account][first : first + min(self.page, asked["limit"])]
        end = first + len(rows)
        more = end < len(self.service[account])
        return _accept(next_cursor=str(end), has_more=int(more), msg_list=rows)

    def _state(self, asked: dict[str, Any]) -> web.StreamResponse:
        return _accept(service_state=self.people[asked["external_userid"]].state)

    def _change_state(self, asked: dict[str, Any]) -> web.StreamResponse:
        session, wanted = self.people[asked["external_userid"]], asked["service_state"]
        if wanted not in {0: {1, 2, 3, 4}, 1: {2, 3, 4}, 2: {3, 4}, 3: {3, 4}, 4: set[int]()}[session.state]:
            return _refuse(95016, "state transition not allowed")
        session.state = wanted
        code = secrets.token_hex(8)
        session.codes[code] = self.clock() + _WINDOW
        return _accept(msg_code=code)


def _accept(**more: Any) -> web.Response:
    return web.json_response({"errcode": 0, "errmsg": "ok", **more})


def _refuse(code: int, words: str) -> web.Response:
    return web.json_response({"errcode": code, "errmsg": words})


def _shown(asked: Mapping[str, Any]) -> Shown:
    if asked["msgtype"] == "text":
        return Shown(asked["text"]["content"])
    menu = asked["msgmenu"]
    rows = [row.get("click", row) for row in menu["list"]]
    return Shown(menu["head_content"], tuple((row["id"], row["content"]) for row in rows), menu["tail_content"])
