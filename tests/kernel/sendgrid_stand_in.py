"""SendGrid on this machine: what its API accepts, refuses, and remembers; for tests and for the benchmark."""

import asyncio
import json
import re
import secrets
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

ASKED = re.compile(r"""unique_args\['key'\]="(.*)"$""")
API_KEY = "SG.a key of the stand-in"
SENDER = {
    "MAIL_FROM": "billets@jn.example",
    "ORGANISER_ADDRESS": "Hôtel de ville, Lachute",
    "ORGANISER_EMAIL": "info@jn.example",
    "PRIVACY_EMAIL": "vie-privee@jn.example",
}
"""What has to be said beside a key."""


@dataclass(frozen=True)
class Answer:
    """What to answer instead of 202; ``accept`` takes the mail nevertheless, ``silent`` never answers."""

    status: int = 202
    headers: dict[str, str] = field(default_factory=dict)
    body: object = None
    accept: bool = False
    silent: bool = False
    delay: float = 0


HANGS = Answer(silent=True)
TAKES_IT_AND_HANGS = Answer(silent=True, accept=True)


@dataclass
class StandIn:
    """``script`` decides by the request (None: as SendGrid would); ``has_activity`` is the paid extra.

    ``feed`` is what the extra answers instead of the truth; ``delay`` what each answer takes.
    """

    url: str = ""
    script: Callable[[dict[str, Any]], Answer | None] = lambda _request: None
    has_activity: bool = True
    feed: Answer | None = None
    delay: float = 0
    seen: list[str] = field(default_factory=list)
    accepted: list[dict[str, Any]] = field(default_factory=list)
    accepted_at: list[float] = field(default_factory=list)
    questions: int = 0
    busy: int = 0
    most_busy: int = 0

    def keys(self) -> list[str]:
        """The deduplication keys of what was accepted, in order."""
        return [key_of(request) for request in self.accepted]

    def twice(self) -> dict[str, int]:
        """Keys accepted more than once, and how often."""
        return {key: count for key, count in Counter(self.keys()).items() if count > 1}

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Answer:
        """As the real one would, or as the script wants it."""
        if headers.get("authorization") != f"Bearer {API_KEY}":
            return _error(401, "The provided authorization grant is invalid, expired, or revoked")
        parts = urlsplit(target)
        if (method, parts.path) == ("GET", "/v3/messages"):
            return self._activity(parse_qs(parts.query)["query"][0])
        if (method, parts.path) != ("POST", "/v3/mail/send"):
            return _error(404, "not found")
        request = json.loads(body)
        self.seen.append(key_of(request))
        answer = self.script(request) or _complaint(request) or Answer()
        if (answer.status == 202 and not answer.silent) or answer.accept:
            self.accepted.append(request)
            self.accepted_at.append(time.perf_counter())
        if answer.status == 202:
            return Answer(headers={"X-Message-Id": secrets.token_urlsafe(16)}, silent=answer.silent, delay=answer.delay)
        return answer

    def _activity(self, query: str) -> Answer:
        self.questions += 1
        if self.feed:
            return self.feed
        if not self.has_activity:
            return _error(403, "access forbidden")
        asked = ASKED.fullmatch(query)
        if not asked:
            return _error(400, "invalid query")
        found = [{"msg_id": f"{key}.filter", "status": "processed"} for key in self.keys() if key == asked[1]]
        return Answer(200, body={"messages": found})

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                while await self._one_request(reader, writer):
                    pass
        finally:
            writer.close()

    async def _one_request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip().split("\r\n")
        method, target, _version = first.split()
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.busy += 1
        self.most_busy = max(self.busy, self.most_busy)
        try:
            answer = self.answer(method, target, headers, body)
            await asyncio.sleep(3600 if answer.silent else answer.delay or self.delay)
            writer.write(_written(answer))
            await writer.drain()
        finally:
            self.busy -= 1
        return headers.get("connection") != "close"


@asynccontextmanager
async def stand_in(**behaviour: Any) -> AsyncIterator[StandIn]:
    """Runs on a free port while the block lasts; its requests are plain dictionaries."""
    double = StandIn(**behaviour)
    connections: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(double.serve(reader, writer))
        connections.add(task)
        task.add_done_callback(connections.discard)
        with suppress(asyncio.CancelledError):
            await task

    server = await asyncio.start_server(connected, "127.0.0.1", 0, limit=2**20)
    double.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield double
    finally:
        server.close()
        for task in list(connections):
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)
        await server.wait_closed()


def key_of(request: dict[str, Any]) -> str:
    """The deduplication key that a request carries."""
    return str(request["personalizations"][0]["custom_args"]["key"])


def _complaint(request: dict[str, Any]) -> Answer | None:
    """What SendGrid is known to refuse."""
    if "@" not in request["personalizations"][0]["to"][0]["email"]:
        return _error(400, "Does not contain a valid address.", "personalizations.0.to.0.email")
    for attachment in request.get("attachments", ()):
        if ";" in attachment["type"] or "\n" in attachment["type"]:
            return _error(400, "The attachment type cannot contain ';', or CRLF characters.", "attachments.0.type")
    return None


def _error(status: int, message: str, field_name: str | None = None) -> Answer:
    return Answer(status, body={"errors": [{"message": message, "field": field_name, "help": None}]})


def _written(answer: Answer) -> bytes:
    body = b"" if answer.body is None else json.dumps(answer.body).encode()
    headers = {"Content-Length": str(len(body)), "Content-Type": "application/json", **answer.headers}
    lines = [f"HTTP/1.1 {answer.status} Standing in", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body
