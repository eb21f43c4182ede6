"""The page « Ma journée » as a browser without scripts uses it."""

import re
from datetime import timedelta
from typing import Any

import httpx

from digital_days.kernel import database
from tests.factories import IN_A_YEAR, Made, make_activity, make_slot

OURS = {"origin": "http://test.example"}
DAY = "/jn2027/ma-journee"
BOB: dict[str, Any] = {"name": "Bob Tremblay", "email": "bob@example.ca", "consent": "registration"}


async def a_slot(edition: Made, title: str, *, hours: float = 0, seats: int | None = 5) -> Made:
    activity = await make_activity(edition, title)
    return await make_slot(activity, seats=seats, starts_at=IN_A_YEAR + timedelta(hours=hours))


async def send(
    client: httpx.AsyncClient, *slots: Made, to: str = "", script: bool = False, **form: object
) -> httpx.Response:
    """The page's one form, these slots ticked."""
    headers = {**OURS, **({"hx-request": "true"} if script else {})}
    return await client.post(f"{DAY}{to}", data={"slot": [slot.code for slot in slots], **form}, headers=headers)


async def choose(client: httpx.AsyncClient, *slots: Made) -> httpx.Response:
    return await send(client, *slots, to="/choix")


def plain(page: httpx.Response) -> str:
    text = re.sub(r"<[^>]+>", " ", page.text.replace("\N{NO-BREAK SPACE}", " "))
    return " ".join(text.split())


def ticked(page: httpx.Response) -> dict[str, bool]:
    """What can be chosen, and whether it is."""
    found = re.findall(r'name="slot" value="(\w+)"( checked)?', page.text)
    return {code: bool(checked) for code, checked in found}


def kept(client: httpx.AsyncClient, name: str = "my-day") -> list[str]:
    return [code for code in (client.cookies.get(name) or "").split(".") if code]


async def places() -> list[tuple[str, str]]:
    rows = await database.fetch(
        """
        SELECT a.title_fr, p.state FROM place p JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity
        ORDER BY s.starts_at
        """
    )
    return [(row["title_fr"], row["state"]) for row in rows]
