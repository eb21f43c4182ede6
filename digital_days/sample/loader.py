"""The sample editions and the people in them: what a fresh installation shows."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from digital_days.kernel import clock, consents, database, i18n, roles
from digital_days.kernel.editions import edition_called
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.people import add_person, person_with_account
from digital_days.kernel.permissions import Role
from digital_days.sample.fair import load_fair
from digital_days.sample.speed_dating import load_speed_dating
from digital_days.site.sign_in_links import make_link
from scheduling.domain.importing import import_programme
from scheduling.domain.places import Applicant, take_place
from scheduling.imports.csv_file import csv_rows
from scheduling.imports.findings import Findings
from scheduling.imports.model import ImportedProgramme
from scheduling.imports.sheets import read_sheets

FOLDER = Path(__file__).parent
SHEETS = ("activities", "rooms", "speakers", "labels")
ROLES = {
    Role.ATTENDEE: N_("Participation"),
    Role.EXHIBITOR: N_("Exposition"),
    Role.DESK: N_("Accueil"),
    Role.ORGANISER: N_("Organisation"),
    Role.ADVISOR: N_("Conseil"),
    Role.ADMINISTRATOR: N_("Administration"),
}
_BESIDE_THE_PROGRAMME = (
    "name_en",
    "tagline_fr",
    "tagline_en",
    "place_fr",
    "place_en",
    "organiser_name",
    "postal_address",
    "contact_email",
    "english_ground_fr",
    "english_ground_en",
)


async def load_sample() -> None:
    """Makes what is missing of the sample's editions and people, in one transaction; again changes nothing."""
    people = _read("people.json")
    with i18n.use("fr"):
        async with database.transaction():
            made = [edition for edition in _read("editions.json") if await _make_edition(edition)]
            await _make_role_holders(people["roles"])
            for edition in made:
                if edition["directory"] == "journees":
                    await _take_places(people, edition)
                    await _set_up_fair(people, edition)
                    await _set_up_speed_dating(people, edition)


async def sample_sign_in_links() -> list[tuple[str, str]]:
    """The role in words and the address of a new sign-in link, for each of the sample's people there is."""
    found = []
    for holder in _read("people.json")["roles"]:
        person = await person_with_account(holder["email"])
        if person is not None:
            found.append((_(ROLES[Role(holder["role"])]), await make_link(person)))
    return found


async def _make_edition(edition: dict[str, Any]) -> bool:
    slug = edition["slug"]
    if await database.fetch_one("SELECT id FROM edition WHERE slug = $1", slug):
        return False
    report = await import_programme(_programme(edition), edition_slug=slug, dry_run=False)
    if report.refused:
        raise ValueError(f"the sample edition {slug} is not right: {report.errors}")
    columns = ", ".join(f"{name} = ${number}" for number, name in enumerate(_BESIDE_THE_PROGRAMME, start=2))
    await database.fetch(
        f"UPDATE edition SET {columns} WHERE slug = $1", slug, *(edition[name] for name in _BESIDE_THE_PROGRAMME)
    )
    return True


def _programme(edition: dict[str, Any]) -> ImportedProgramme:
    findings = Findings()
    folder = FOLDER / edition["directory"]
    sheets = {sheet: csv_rows((folder / f"{sheet}.csv").read_bytes(), sheet, findings) for sheet in SHEETS}
    reading = read_sheets(sheets, title=edition["name_fr"], slug=edition["slug"], findings=findings)
    if reading.programme is None:
        raise ValueError(f"the sample files in {folder.name} are not right: {reading.errors}")
    return replace(
        reading.programme,
        starts_on=date.fromisoformat(edition["starts_on"]),
        ends_on=date.fromisoformat(edition["ends_on"]),
    )


async def _make_role_holders(holders: Sequence[dict[str, str]]) -> None:
    editions = [(await edition_called(edition["slug"])).id for edition in _read("editions.json")]
    for holder in holders:
        role = Role(holder["role"])
        person = await _person(holder["name"], holder["email"])
        for edition_id in [None] if role is Role.ADMINISTRATOR else editions:
            await roles.give(person, role, edition_id=edition_id)


async def _take_places(people: dict[str, Any], edition: dict[str, Any]) -> None:
    agreed = consents.given({"registration"}, organiser=edition["organiser_name"])
    attendee = next(each for each in people["roles"] if each["role"] == Role.ATTENDEE)
    wishes = [(attendee["name"], attendee["email"], slot) for slot in people["attendee_places"]]
    for slot, count in people["places"].items():
        wishes += [(name, _address(number), slot) for number, name in enumerate(people["visitors"][:count], start=1)]
    codes = await _slot_codes()
    # After the sample's days its people still have registered in time.
    opening = date.fromisoformat(edition["starts_on"])
    in_time = min(clock.now(), datetime.combine(opening, time(), UTC) - timedelta(days=30))
    guests = set()
    with clock.stopped_at(in_time):
        for name, email, slot in wishes:
            person = await _person(name, email)
            await take_place(codes[slot], Applicant(person_id=person), consents=agreed, origin="web")
            guests.add(person)
    # Invented people read no mail: what was promised to them in this transaction is taken back.
    await database.fetch("DELETE FROM outbox_message WHERE person = ANY($1)", list(guests))


async def _set_up_fair(people: dict[str, Any], edition: dict[str, Any]) -> None:
    owner = next(each for each in people["roles"] if each["role"] == Role.EXHIBITOR)
    await load_fair((await edition_called(edition["slug"])).id, await _person(owner["name"], owner["email"]))


async def _set_up_speed_dating(people: dict[str, Any], edition: dict[str, Any]) -> None:
    attendee = next(each for each in people["roles"] if each["role"] == Role.ATTENDEE)
    await load_speed_dating(await edition_called(edition["slug"]), await _person(attendee["name"], attendee["email"]))


async def _slot_codes() -> dict[str, str]:
    rows = await database.fetch(
        """
        SELECT s.source_id, s.code FROM slot s JOIN activity a ON a.id = s.activity JOIN edition e ON e.id = a.edition
        WHERE e.slug = ANY($1)
        """,
        [edition["slug"] for edition in _read("editions.json")],
    )
    return {row["source_id"]: row["code"] for row in rows}


async def _person(name: str, email: str) -> int:
    known = await person_with_account(email)
    return known if known is not None else await add_person(name=name, email=email, locale="fr", account=True)


def _address(number: int) -> str:
    return f"visite-{number}@journees-numeriques.example"


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
