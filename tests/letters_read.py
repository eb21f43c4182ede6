"""Mails as their reader gets them: composed as when they leave, links and attachments taken out again."""

import io
import re

import msgspec
import zxingcpp
from PIL import Image

from digital_days.kernel import database, mail
from digital_days.kernel.mail import Mail
from digital_days.kernel.outbox import Message

_LINK = re.compile(r"http://test\.example(/\S*)")


async def promised(topic: str) -> list[Message]:
    """The outbox's messages of this topic, the oldest first."""
    rows = await database.fetch("SELECT * FROM outbox_message WHERE topic = $1 ORDER BY id", topic)
    return [
        Message(
            id=row["id"],
            kind=row["kind"],
            topic=row["topic"],
            dedup_key=row["dedup_key"],
            edition_id=row["edition"],
            person_id=row["person"],
            payload=mail_payload(row["payload"]),
            attempts=0,
        )
        for row in rows
    ]


def mail_payload(text: str) -> dict[str, object]:
    payload: dict[str, object] = msgspec.json.decode(text)
    return payload


async def composed(topic: str) -> list[Mail | None]:
    """What would leave now for each of them."""
    return [await mail.compose(message) for message in await promised(topic)]


async def letter(topic: str) -> Mail:
    """The one mail of this topic that would leave now."""
    [only] = [mail for mail in await composed(topic) if mail]
    return only


def links(written: Mail) -> list[str]:
    """The paths of our own pages in the text, in order."""
    return _LINK.findall(written.text)


def link_to(written: Mail, start: str) -> str:
    """The link that begins like this; the same stands in the HTML."""
    found = next(path for path in links(written) if path.startswith(start))
    assert f'href="http://test.example{found}"' in written.html
    return found


def attached(written: Mail, ending: str) -> bytes:
    """The content of the one attachment whose name ends so."""
    [only] = [part for part in written.attachments if part.filename.endswith(ending)]
    return only.content


def scanned(written: Mail) -> str:
    """What a camera reads in the picture that the HTML shows."""
    [picture] = [part for part in written.attachments if part.content_id]
    assert f'src="cid:{picture.content_id}"' in written.html
    return read_code(picture.content)


def read_code(picture: bytes) -> str:
    """What the one code in this picture says."""
    [symbol] = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return symbol.text
