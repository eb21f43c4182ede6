"""Speakers of a draft, and the forms that change them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from lxml import html

from digital_days.kernel import database
from digital_days.kernel.permissions import Role
from scheduling.domain.drafts import draft_of
from scheduling.domain.speaker_editing import Details, add_speaker
from scheduling.domain.speaker_links import own_path
from scheduling.domain.speaker_profiles import Profile, profile_called
from tests.conftest import sign_in
from tests.factories import Made, grant, make_activity, make_edition, make_person

CAMILLE = "Camille Roy"
ADDRESS = "camille@example.ca"


async def make_organiser(client: httpx.AsyncClient, edition: Made) -> int:
    """Alice, signed in."""
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    await grant(alice, Role.ORGANISER, edition)
    await sign_in(client, alice)
    return alice


async def make_profile(edition: Made, name: str = CAMILLE, **details: Any) -> Profile:
    """Somebody of the edition's draft."""
    code = await add_speaker(await draft_of(edition.id), Details(name=name, **details))
    return await profile_called(edition.id, code)


async def make_own_page(**details: Any) -> tuple[Made, Profile, str]:
    """Camille with an address, and the path that only she knows."""
    edition = await make_edition()
    profile = await make_profile(edition, **{"email": ADDRESS, **details})
    return edition, profile, own_path(profile)


async def appear(profile: Profile, title: str = "Mots de passe solides") -> Made:
    """An activity of the draft with this speaker."""
    activity = await make_activity(Made(profile.draft, ""), title)
    await database.fetch("INSERT INTO activity_speaker (activity, speaker) VALUES ($1, $2)", activity.id, profile.id)
    return activity


async def fresh(profile: Profile) -> Profile:
    return await profile_called(profile.edition, profile.code)


def filled(profile: Profile, **typed: object) -> dict[str, object]:
    """The form as it comes, with these changes."""
    known = {
        "name": profile.name,
        "version": profile.version,
        "organisation": profile.organisation,
        "biography_fr": profile.biography_fr,
        "biography_en": profile.biography_en,
        "email": profile.email,
        "needs": profile.needs,
        "portrait": profile.portrait,
    }
    return {**known, **typed}


async def send_form(
    client: httpx.AsyncClient, path: str, fields: Mapping[str, object], *, photo: tuple[str, bytes, str] | None = None
) -> httpx.Response:
    """As a browser sends it, the file among the fields."""
    return await client.post(
        path,
        data=dict(fields),
        files={"photo": photo or ("", b"", "application/octet-stream")},
        headers={"origin": "http://test.example"},
    )


def keys(*times: str, day: int = 21) -> Sequence[str]:
    """Boxes of the 21st of October (in Toronto, four hours behind): « 9:00 », « 9:30 »…"""
    moments = [(int(hour), int(minute)) for hour, minute in (time.split(":") for time in times)]
    return [f"202710{day}T{hour + 4:02}{minute:02}Z" for hour, minute in moments]


def at(hour: int, minute: int = 0, *, day: int = 21) -> datetime:
    """The same moment as a time."""
    return datetime(2027, 10, day, minute=minute, tzinfo=UTC) + timedelta(hours=hour + 4)


def text_of(page: str) -> str:
    """What one reads, with ordinary spaces."""
    return " ".join(" ".join(map(str, html.document_fromstring(page).itertext())).split())
