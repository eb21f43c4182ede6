"""Organisers invite: two of them at once make one organisation."""

import asyncio

from digital_days.kernel import database
from matchmaking.domain.inviting import invite
from tests.factories import make_edition


async def test_same_person_invited_by_many_at_once_has_one_organisation(committed):
    edition = await make_edition()
    said = {"organisation": "CLE", "name": "Ève Roy", "email": "eve@example.ca"}

    outcomes = await asyncio.gather(
        *(invite(edition.id, side="resource", **said) for _ in range(8)), return_exceptions=True
    )

    assert sorted(map(repr, outcomes)) == ["None", *["TakesPartAlready()"] * 7]
    for table in ("match_organisation", "match_participant", "outbox_message", "person"):
        assert len(await database.fetch(f"SELECT FROM {table}")) == 1
