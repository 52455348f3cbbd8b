"""A model server on the loopback that answers by a script, well or badly, and remembers what it was asked."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True)
class Scripted:
    """One HTTP answer; `delay` is how long it is held back."""

    content: str | None = '{"helpful": 4, "plain": 5, "why": "清楚"}'
    usage: dict[str, int] | None = field(default_factory=lambda: {"prompt_tokens": 1000, "completion_tokens": 50})
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    delay: float = 0.0

    def payload(self) -> bytes:
        if self.body is not None:
            return self.body.encode()
        if self.status != 200:
            return json.dumps({"error": {"message": f"status {self.status}", "type": "fake"}}).encode()
        message = {"role": "assistant", "content": self.content}
        answer: dict[str, Any] = {
            "id": "fake",
            "object": "chat.completion",
            "created": 0,
            "model": "fake",
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        }
        return json.dumps(answer | ({"usage": self.usage} if self.usage else {})).encode()


class FakeModelServer:
    """Gives its answers in order and the last one for ever; may refuse `response_format` as some servers do."""

    def __init__(self, *script: Scripted, takes_json_mode: bool = True) -> None:
        self._script = list(script or [Scripted()])
        self._takes_json_mode = takes_json_mode
        self._closing = threading.Event()
        self._turn = threading.Lock()
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def prompts(self) -> list[str]:
        return [message["content"] for request in self.requests for message in request["messages"]]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _next(self, request: dict[str, Any]) -> Scripted:
        with self._turn:
            self.requests.append(request)
            if "response_format" in request and not self._takes_json_mode:
                return Scripted(status=400)
            return self._script.pop(0) if len(self._script) > 1 else self._script[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                fake.keys.append(self.headers.get("Authorization", ""))
                scripted = fake._next(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                fake._closing.wait(scripted.delay)
                payload = scripted.payload()
                try:
                    self.send_response(scripted.status)
                    for name, value in {"Content-Type": "application/json", **scripted.headers}.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(payload)))
                    self.end_headers()
                    self.wfile.write(payload)
                except ConnectionError:
                    self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                return

        return Handler
