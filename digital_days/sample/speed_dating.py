"""The sample's speed dating: its settings, and invented businesses and resources with what they wish for."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from digital_days.kernel import clock, codes, consents, database
from digital_days.kernel.editions import Edition
from digital_days.kernel.people import search_key

_FILE = Path(__file__).parent / "journees" / "speed_dating.json"
_PERSON = """
    WITH somebody AS (
        INSERT INTO person (name, email, account_email, locale, search_key) VALUES ($1, $2, $2, 'fr', $3) RETURNING id
    ) INSERT INTO registration (code, person, edition, state, origin, created_at, updated_at)
    SELECT $4, id, $5, 'active', 'web', $6, $6 FROM somebody RETURNING person AS id
"""
_ORGANISATION = """
    INSERT INTO match_organisation (code, edition, side, name, about, sector, size, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) RETURNING id
"""
_NEEDS = """
    INSERT INTO match_need (organisation, need) SELECT $1, id FROM need_term
    WHERE edition = $2 AND slug = ANY($3) ORDER BY position, id
"""
_PARTICIPANT = """
    INSERT INTO match_participant (code, edition, organisation, person, role, languages, least, most, opted_in_at,
        left_at, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) RETURNING id
"""
_CONSENTS = """
    INSERT INTO consent (person, edition, purpose, version, locale, text, origin, given_at)
    SELECT p.id, $2, s.purpose, s.version, 'fr', s.text, 'web', $3
    FROM unnest($1::int[]) AS p (id), jsonb_to_recordset($4::jsonb) AS s (purpose text, version smallint, text text)
    WHERE NOT EXISTS (SELECT FROM consent c WHERE c.person = p.id AND c.edition = $2 AND c.purpose = s.purpose)
"""
_WISHES = """
    INSERT INTO match_wish (by, about, strength, created_at)
    SELECT by, about, strength, $4 FROM unnest($1::int[], $2::int[], $3::text[]) AS w (by, about, strength)
"""


async def load_speed_dating(edition: Edition, attendee: int) -> None:
    """In the caller's transaction, after the fair, whose needs it answers; ``attendee`` is one of the businesses."""
    sample = json.loads(_FILE.read_text(encoding="utf-8"))
    await _settings(edition.id, sample["settings"])
    houses: dict[str, int] = {}
    agreed: list[int] = []
    for said in sample["organisations"]:
        houses[said["key"]] = await _organisation(edition.id, said)
        for place, somebody in enumerate(said["people"]):
            address = f"{said['key']}-{place + 1}@journees-numeriques.example"
            person = attendee if somebody.get("attendee") else await _person(edition.id, somebody["name"], address)
            await _participant(edition.id, houses[said["key"]], person, somebody)
            if not (somebody.get("invited") or somebody.get("left")):
                agreed.append(person)
    await _consent(edition, agreed)
    await _wishes(houses, sample["wishes"])
    for one, other, reason in sample["apart"]:
        await database.fetch(
            "INSERT INTO match_exclusion (edition, one, other, reason, created_at) VALUES ($1, $2, $3, $4, $5)",
            edition.id,
            *sorted((houses[one], houses[other])),
            reason,
            clock.now(),
        )


async def _settings(edition_id: int, said: Mapping[str, Any]) -> None:
    columns: dict[str, object] = {
        name: datetime.fromisoformat(value) if name.endswith("_at") else value for name, value in said.items()
    }
    columns |= {"sessions": json.dumps(said["sessions"]), "edition": edition_id, "updated_at": clock.now()}
    places = ", ".join(f"${number}" for number in range(1, len(columns) + 1))
    await database.fetch(f"INSERT INTO speed_dating ({', '.join(columns)}) VALUES ({places})", *columns.values())


async def _organisation(edition_id: int, said: Mapping[str, Any]) -> int:
    words = (said[name] for name in ("side", "name", "about", "sector", "size"))
    [row] = await database.fetch(_ORGANISATION, codes.new_code(), edition_id, *words, clock.now())
    await database.fetch(_NEEDS, row["id"], edition_id, said["needs"])
    return int(row["id"])


async def _person(edition_id: int, name: str, email: str) -> int:
    """Registered, with an account."""
    key = search_key(name, email)
    [row] = await database.fetch(_PERSON, name, email, key, codes.new_code(), edition_id, clock.now())
    return int(row["id"])


async def _participant(edition_id: int, organisation: int, person: int, said: Mapping[str, Any]) -> None:
    now = clock.now()
    [row] = await database.fetch(
        _PARTICIPANT,
        codes.new_code(),
        edition_id,
        organisation,
        person,
        said["role"],
        json.dumps(said.get("languages", ["fr"])),
        said.get("least", 0),
        said.get("most"),
        None if said.get("invited") else now,
        now if said.get("left") else None,
        now,
    )
    for starts_at, ends_at in said.get("absent", ()):
        await database.fetch(
            "INSERT INTO match_absence (participant, starts_at, ends_at) VALUES ($1, $2, $3)",
            row["id"],
            datetime.fromisoformat(starts_at),
            datetime.fromisoformat(ends_at),
        )


async def _consent(edition: Edition, people: list[int]) -> None:
    purposes, among = {"registration", "matchmaking"}, (*consents.REGISTRATION, consents.MATCHMAKING)
    given = consents.given(purposes, organiser=edition.organiser_name, among=among)
    await database.fetch(_CONSENTS, people, edition.id, clock.now(), json.dumps(given))


async def _wishes(houses: Mapping[str, int], wishes: Mapping[str, Mapping[str, list[str]]]) -> None:
    said = [
        (houses[by], houses[about], strength)
        for by, answers in wishes.items()
        for strength, others in answers.items()
        for about in others
    ]
    await database.fetch(_WISHES, *map(list, zip(*said, strict=True)), clock.now())
