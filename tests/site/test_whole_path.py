"""From the form to the seat given back, through the worker's own courier and the stored mailbox."""

import re

import httpx
import pytest

from digital_days.kernel import signing
from digital_days.kernel.courier import Courier
from digital_days.kernel.mailbox import Letter, Mailbox, letters
from digital_days.kernel.patience import Patience
from digital_days.kernel.settings import Settings
from tests.factories import make_activity, make_edition, make_slot
from tests.kernel.calendar_readers import read_with_vobject
from tests.letters_read import read_code

ORIGIN = {"origin": "http://test.example"}
FORM = {"name": "Bob Tremblay", "email": "bob@example.ca", "consent": "registration"}


async def delivered(settings: Settings) -> list[Letter]:
    """What the mailbox holds once the worker has nothing left to do, the oldest first."""
    await Courier(Mailbox(), settings=settings, patience=Patience()).drain()
    return (await letters())[::-1]


def invitation(letter: Letter) -> tuple[str, str, int, str]:
    [file] = [part for part in letter.attachments if part.filename.endswith(".ics")]
    assert file.media_type == "text/calendar"
    calendar = read_with_vobject(file.content)
    [event] = calendar.events
    return calendar.method, event.uid, event.sequence, event.status


def links(letter: Letter) -> list[str]:
    return re.findall(r"http://test\.example(/\S+)", letter.text)


@pytest.mark.usefixtures("committed")
async def test_visitor_registers_opens_every_link_and_gives_the_seat_back(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    edition = await make_edition()
    slot = await make_slot(await make_activity(edition), seats=1)

    taken = await client.post(f"/jn2027/plages/{slot.code}/places", data=FORM, headers=ORIGIN)
    [ticket] = await delivered(settings)
    opened = [(await client.get(link)).status_code for link in links(ticket) * 2]
    place = next(link for link in links(ticket) if link.startswith("/places/"))
    given_back = await client.post(f"{place}/annuler", headers=ORIGIN)
    _, farewell = await delivered(settings)
    somebody_else = await client.post(
        f"/jn2027/plages/{slot.code}/places", data={**FORM, "email": "charlie@example.ca"}, headers=ORIGIN
    )

    [picture] = [part.content for part in ticket.attachments if part.content_id]
    registration = signing.read_ticket_token(read_code(picture), keys=settings.secret_keys)
    code = place.removeprefix("/places/").partition(".")[0]
    assert (taken.status_code, given_back.status_code, somebody_else.status_code) == (303, 303, 303)
    assert opened == [200] * 8
    assert registration
    assert f"/billet/{registration}." in ticket.text
    assert ticket.headers["To"] == "Bob Tremblay <bob@example.ca>"
    assert ticket.headers["Reply-To"] == "info@jn.example"
    assert invitation(ticket) == ("REQUEST", f"{code}@places.digital-days", 0, "CONFIRMED")
    assert invitation(farewell) == ("CANCEL", f"{code}@places.digital-days", 1, "CANCELLED")
    assert [letter.to for letter in await delivered(settings)][2:] == ["charlie@example.ca"]
