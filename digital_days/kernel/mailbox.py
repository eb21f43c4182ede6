"""The mailbox of the development server: where mails land that no SendGrid key lets out."""

import base64
from datetime import datetime
from typing import Any

import asyncpg
import msgspec
from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.mail import Attachment
from digital_days.kernel.outbox import Message
from digital_days.kernel.transport import Absent, Accepted, Outcome, Verdict


class Letter(Struct, frozen=True, kw_only=True):
    """A stored mail, taken apart again."""

    id: int
    to: str
    subject: str
    text: str
    html: str
    headers: dict[str, str]
    attachments: tuple[Attachment, ...]
    created_at: datetime


class Mailbox:
    """Keeps the request that SendGrid would have got, in the transaction that records the sending."""

    sends_for_real = False

    async def send(self, message: Message, request: dict[str, Any]) -> Outcome:
        """Always accepts."""
        await database.fetch(
            'INSERT INTO stored_mail (message, "to", subject, request, created_at) VALUES ($1, $2, $3, $4, $5)',
            message.id,
            request["personalizations"][0]["to"][0]["email"],
            request["subject"][:400],
            msgspec.json.encode(request).decode(),
            clock.now(),
        )
        return Accepted("mailbox")

    async def was_accepted(self, message: Message) -> Verdict:
        """What is here was kept with its record, so what has no record isn't here."""
        return Absent()

    def close(self) -> None:
        """Holds nothing."""


async def letters(limit: int = 100, *, to: str = "") -> list[Letter]:
    """The newest first; those to one address if asked."""
    rows = await database.fetch(
        """SELECT * FROM stored_mail WHERE $2 = '' OR lower("to") = lower($2) ORDER BY id DESC LIMIT $1""", limit, to
    )
    return [_letter(row) for row in rows]


async def letter(letter_id: int) -> Letter | None:
    """One stored mail."""
    row = await database.fetch_one("SELECT * FROM stored_mail WHERE id = $1", letter_id)
    return _letter(row) if row else None


def _letter(row: asyncpg.Record) -> Letter:
    request: dict[str, Any] = msgspec.json.decode(row["request"])
    texts = {part["type"]: part["value"] for part in request["content"]}
    return Letter(
        id=row["id"],
        to=row["to"],
        subject=row["subject"],
        text=texts["text/plain"],
        html=texts["text/html"],
        headers=_headers(request),
        attachments=tuple(_attachment(part) for part in request.get("attachments", ())),
        created_at=row["created_at"],
    )


def _headers(request: dict[str, Any]) -> dict[str, str]:
    (personal,) = request["personalizations"]
    (to,) = personal["to"]
    headers: dict[str, str] = {"From": _written(request["from"]), "To": _written(to), "Subject": request["subject"]}
    if "reply_to" in request:
        headers["Reply-To"] = _written(request["reply_to"])
    headers.update(request["headers"])
    return headers


def _written(address: dict[str, str]) -> str:
    return f"{address['name']} <{address['email']}>" if address.get("name") else address["email"]


def _attachment(part: dict[str, str]) -> Attachment:
    return Attachment(
        filename=part["filename"],
        media_type=part["type"],
        content=base64.b64decode(part["content"]),
        content_id=part.get("content_id", ""),
    )
