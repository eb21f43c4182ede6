"""SendGrid, through its own client, which is synchronous: a few threads, one connection a request.

A fresh connection for each mail is what tells apart a request that never left (the client wraps what fails before
the answer is awaited in ``URLError``) from one whose answer was lost: a kept connection dies in between.
"""

import asyncio
import logging
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.error import URLError

import msgspec
from msgspec import Struct
from python_http_client.exceptions import HTTPError  # type: ignore[import-untyped] # ships no types
from sendgrid import SendGridAPIClient  # type: ignore[import-untyped] # ships no types

from digital_days.kernel import clock
from digital_days.kernel.i18n import N_
from digital_days.kernel.outbox import Message
from digital_days.kernel.settings import Settings
from digital_days.kernel.transport import (
    Absent,
    Accepted,
    Closed,
    Doubtful,
    Later,
    NoAnswer,
    Outcome,
    Refused,
    Unknowable,
    Verdict,
)

KEY_REFUSED = N_("SendGrid refuse la clé du programme. Vérifiez le réglage SENDGRID_API_KEY.")
WRONG_ADDRESS = N_("L’adresse réglée pour SendGrid n’est pas la sienne. Vérifiez le réglage SENDGRID_URL.")
ASKED_TO_WAIT = N_("SendGrid demande d’attendre un peu. La suite part ensuite d’elle-même.")
UNREACHABLE = N_("SendGrid ne répond pas. Le programme essaiera de nouveau.")
IN_TROUBLE = N_("SendGrid est en panne. Le programme essaiera de nouveau.")
TOO_LARGE = N_("SendGrid refuse ce message : il est trop volumineux.")
BAD_ADDRESS = N_("SendGrid refuse ce message : l’adresse n’est pas valable.")
NOT_UNDERSTOOD = N_("SendGrid refuse ce message : son contenu n’est pas valable.")

_ACCEPTED, _TOO_MANY, _PAYLOAD_TOO_LARGE = 202, 429, 413
_KEY_STATUSES = {401, 403, 407}
_ADDRESS_STATUSES = {404, 405}
_LOST_BEHIND_A_GATEWAY = {502, 504}
_LONGEST_WAIT = timedelta(hours=1)
_USUAL_WAIT = timedelta(minutes=1)
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_FIELD = re.compile(r"[\w.\[\]-]{1,80}")

log = logging.getLogger(__name__)
# At level debug the client logs whole requests, addresses included.
logging.getLogger("python_http_client").setLevel(logging.WARNING)


class _Sent(Struct):
    msg_id: str = ""


class _Feed(Struct):
    messages: list[_Sent]


class SendGrid:
    """As many mails at once as it has threads."""

    sends_for_real = True

    def __init__(self, settings: Settings, *, threads: int) -> None:
        self._client = SendGridAPIClient(settings.sendgrid_api_key, host=settings.sendgrid_url.rstrip("/")).client
        self._client.timeout = settings.sendgrid_timeout
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="sendgrid")

    async def send(self, message: Message, request: dict[str, Any]) -> Outcome:
        """One request, one answer, judged; nothing personal reaches the log."""
        status, headers, body = await self._ask(lambda: self._client.mail.send.post(request_body=request))
        outcome = _judge(status, headers, body)
        if not isinstance(outcome, Accepted | Closed):
            log.warning("message %s (%s): answer %s %s", message.id, message.topic, status or "lost", _fields(body))
        return outcome

    async def was_accepted(self, message: Message) -> Verdict:
        """Asks the Email Activity feed by our key; that feed is an extra which accounts may not have."""
        query = f"unique_args['key']=\"{message.dedup_key}\""
        params = {"query": query, "limit": "1"}
        status, headers, body = await self._ask(lambda: self._client.messages.get(query_params=params))
        if status == 200 and (found := _found(body)) is not None:
            return Accepted(found[0].msg_id) if found else Absent()
        if status == 200 or status == _TOO_MANY or status <= 0 or status >= 500:
            return NoAnswer(_wait(headers) or _USUAL_WAIT)
        return Unknowable()

    def close(self) -> None:
        """Waits for requests under way: an answer that is read can still be recorded."""
        self._threads.shutdown()

    async def _ask(self, request: Callable[[], Any]) -> tuple[int, dict[str, str], bytes]:
        return await asyncio.get_running_loop().run_in_executor(self._threads, _answer, request)


_NEVER_LEFT, _LOST = -1, 0


def _answer(request: Callable[[], Any]) -> tuple[int, dict[str, str], bytes]:
    try:
        response = request()
    except HTTPError as error:
        return error.status_code, _lower(error.headers), error.body
    except URLError:
        return _NEVER_LEFT, {}, b""
    except Exception as error:  # noqa: BLE001 - whatever goes wrong once the request may have left
        log.debug("answer lost: %s", type(error).__name__)
        return _LOST, {}, b""
    return response.status_code, _lower(response.headers), response.body


def _judge(status: int, headers: dict[str, str], body: bytes) -> Outcome:
    if status == _ACCEPTED:
        return Accepted(headers.get("x-message-id", ""))
    if status == _NEVER_LEFT:
        return Later(UNREACHABLE)
    if status == _LOST or status in _LOST_BEHIND_A_GATEWAY:
        return Doubtful()
    if status == _TOO_MANY:
        return Closed(ASKED_TO_WAIT, _wait(headers) or _USUAL_WAIT)
    if status in _KEY_STATUSES:
        return Closed(KEY_REFUSED)
    if status in _ADDRESS_STATUSES or status < 400:
        return Closed(WRONG_ADDRESS)
    if status >= 500:
        return Later(IN_TROUBLE)
    if status == _PAYLOAD_TOO_LARGE:
        return Refused(TOO_LARGE)
    return Refused(BAD_ADDRESS if any(".to" in field for field in _fields(body)) else NOT_UNDERSTOOD)


def _wait(headers: dict[str, str]) -> timedelta | None:
    """From Retry-After (seconds or a date), else from SendGrid's own X-RateLimit-Reset (Unix time)."""
    after = headers.get("retry-after", "").strip()
    reset = headers.get("x-ratelimit-reset", "").strip()
    if after.isdecimal():
        wait = timedelta(seconds=min(int(after), 86_400))
    elif after and (date := _http_date(after)):
        wait = date - clock.now()
    elif reset.isdecimal():
        wait = timedelta(seconds=min(int(reset) - time.time(), 86_400))
    else:
        return None
    return min(max(wait, timedelta(seconds=1)), _LONGEST_WAIT)


def _http_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else None


def _fields(body: bytes) -> list[str]:
    """Which parts of the request an answer complains about; its sentences may quote an address."""
    try:
        errors = msgspec.json.decode(body)["errors"]
        return [field for error in errors if (field := error.get("field")) and _FIELD.fullmatch(field)]
    except (*_UNREADABLE, KeyError, TypeError, AttributeError):
        return []


def _found(body: bytes) -> list[_Sent] | None:
    """What the feed knows; None when a gateway, or whoever it was, answered something else."""
    try:
        return msgspec.json.decode(body, type=_Feed).messages
    except _UNREADABLE:
        return None


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
