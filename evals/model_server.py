"""A model server on the loopback that answers by a script, well or badly, and remembers what it was asked.

It speaks the OpenAI protocol over real HTTP, streaming and not, and can fail in every way that a real one can.
"""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

_STREAM = "text/event-stream"


@dataclass(frozen=True)
class Scripted:
    """One HTTP answer.

    `delay` seconds pass before its first byte, `pace` seconds between the pieces of a stream; a stream is cut off after
    `cut` bytes of content, without a word. `body` is sent instead of anything well made.
    """

    content: str | None = ""
    usage: dict[str, int] | None = field(default_factory=lambda: {"prompt_tokens": 1000, "completion_tokens": 50})
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    delay: float = 0.0
    pace: float = 0.0
    cut: int | None = None
    arguments: dict[str, Any] | None = None

    def payload(self) -> bytes:
        """The answer in one piece."""
        if self.body is not None:
            return self.body.encode("utf-8", "surrogatepass")
        if self.status != 200:
            return json.dumps({"error": {"message": f"status {self.status}", "type": "fake"}}).encode()
        message: dict[str, Any] = {"role": "assistant", "content": self.content}
        if self.arguments is not None:
            called = {"name": "Heard", "arguments": json.dumps(self.arguments, ensure_ascii=False)}
            message["tool_calls"] = [{"id": "call", "type": "function", "function": called}]
        answer = _envelope("chat.completion") | {"choices": [{"index": 0, "finish_reason": "stop", "message": message}]}
        return json.dumps(answer | ({"usage": self.usage} if self.usage else {})).encode()

    def events(self, *, counts: bool) -> Iterator[bytes]:
        """The answer as a stream, some characters at a time."""
        if self.body is not None:
            yield self.body.encode("utf-8", "surrogatepass")
            return
        content, sent = self.content or "", 0
        for start in range(0, len(content), 7):
            piece = content[start : start + 7]
            if self.cut is not None and sent + len(piece.encode()) > self.cut:
                return
            sent += len(piece.encode())
            yield _event({"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})
        yield _event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        if counts and self.usage:
            yield _event({"choices": [], "usage": self.usage})
        yield b"data: [DONE]\n\n"


def _envelope(kind: str) -> dict[str, Any]:
    return {"id": "fake", "object": kind, "created": 0, "model": "fake"}


def _event(content: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(_envelope("chat.completion.chunk") | content).encode() + b"\n\n"


Answer = Callable[[dict[str, Any]], Scripted]


class FakeModelServer:
    """Gives its answers in order and the last one for ever, or what `answer` makes of each request.

    `refuses` are fields of a request to which it says 400, as some servers do.
    """

    def __init__(self, *script: Scripted, answer: Answer | None = None, refuses: tuple[str, ...] = ()) -> None:
        self._script = list(script or [Scripted()])
        self._answer = answer
        self._refuses = refuses
        self._closing = threading.Event()
        self._turn = threading.Lock()
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.open = 0  # answers under way
        self._server = _Server(("127.0.0.1", 0), self._handler())
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
            if any(name in request for name in self._refuses):
                return Scripted(status=400)
            if self._answer is not None:
                return self._answer(request)
            return self._script.pop(0) if len(self._script) > 1 else self._script[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                fake.keys.append(self.headers.get("Authorization", ""))
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                scripted = fake._next(request)
                fake.open += 1
                try:
                    fake._closing.wait(scripted.delay)
                    if request.get("stream") and scripted.status == 200:
                        self._stream(scripted, counts="stream_options" in request)
                    else:
                        self._whole(scripted)
                except OSError:
                    self.close_connection = True
                finally:
                    fake.open -= 1

            def _whole(self, scripted: Scripted) -> None:
                payload = scripted.payload()
                self.send_response(scripted.status)
                for name, value in {"Content-Type": "application/json", **scripted.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def _stream(self, scripted: Scripted, *, counts: bool) -> None:
                self.close_connection = True
                self.send_response(200)
                self.send_header("Content-Type", _STREAM)
                self.send_header("Connection", "close")
                self.end_headers()
                for event in scripted.events(counts=counts):
                    self.wfile.write(event)
                    self.wfile.flush()
                    if scripted.pace:
                        fake._closing.wait(scripted.pace)

            def log_message(self, format: str, *args: Any) -> None:
                return

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
