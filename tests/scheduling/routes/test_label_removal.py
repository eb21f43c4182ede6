"""An audience stays while seats are reserved for it."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta

import httpx
import pytest
from lxml import html

from digital_days.kernel import clock, database
from scheduling.domain.activity_rules import Rules
from scheduling.domain.drafts import draft_of
from scheduling.domain.label_lists import labels_of
from scheduling.domain.label_removal import remove_label
from tests.factories import Made, make_activity
from tests.scheduling.planning import planned_code
from tests.scheduling.routes.catalogue_pages import alice_organises, errors, fields, said
from tests.scheduling.ruled import ruled_slot, say_rules

RESERVED = Rules(reserved_seats=2, reserved_for="etudiants")


async def reserved_audience(client: httpx.AsyncClient, rules: Rules = RESERVED) -> tuple[Made, Made, int, str]:
    """Its edition, the activity under these rules, its number in the draft, and the address of its removal."""
    edition, activity, _slot = await ruled_slot(rules)
    await alice_organises(client, edition)
    [audience] = await labels_of(await draft_of(edition.id))
    return edition, activity, audience.id, f"/jn2027/organisation/themes/{audience.id}/enlever"


async def names(edition: Made) -> list[str]:
    return [label.name_fr for label in await labels_of(await draft_of(edition.id))]


@pytest.mark.usefixtures("db")
async def test_audience_with_reserved_seats_stays_and_the_page_leads_to_each_activity_s_rules(
    client: httpx.AsyncClient,
):
    edition, activity, _number, path = await reserved_audience(client)

    pages = [await client.get(path), await client.post(path)]

    rules = f"/jn2027/organisation/activites/{await planned_code(activity)}/regles"
    assert [page.status_code for page in pages] == [200, 409]
    for page in pages:
        assert "1 activité réserve des places à ce public : il ne peut pas partir" in said(page)
        assert "Places et règles : Mots de passe solides (2 places par plage)" in said(page)
        links = [str(link.get("href")) for link in html.document_fromstring(page.text).iterfind(".//main//li/a")]
        assert [link for link in links if "/regles" in link] == [f"{rules}#reserved"]
        assert f'action="{path}"' not in page.text
    assert await names(edition) == ["Étudiants"]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("freed", ["given back", "over", "another's activity"])
async def test_audience_goes_once_no_seats_are_reserved_for_it_any_more(client: httpx.AsyncClient, freed: str):
    until = clock.now() - timedelta(days=1) if freed == "over" else None
    edition, activity, _number, path = await reserved_audience(
        client, Rules(reserved_seats=2, reserved_for="etudiants", reserved_until=until)
    )
    if freed == "given back":
        await database.fetch("UPDATE activity_rules SET reserved_seats = 0, reserved_for = ''")
    if freed == "another's activity":  # in the draft it is gone: nobody could open its rules
        await make_activity(edition, "Autre")
        await database.fetch("DELETE FROM activity WHERE code = $1", await planned_code(activity))

    answer = await client.post(path)

    assert (answer.status_code, await names(edition)) == (303, [])


@pytest.mark.usefixtures("db")
async def test_seats_are_not_reserved_for_an_audience_that_went_while_the_form_was_open(client: httpx.AsyncClient):
    over = Rules(reserved_seats=2, reserved_for="etudiants", reserved_until=clock.now())
    _edition, activity, _number, path = await reserved_audience(client, over)
    rules = f"/jn2027/organisation/activites/{await planned_code(activity)}/regles"
    opened = fields(await client.get(rules))
    await client.post(path)

    answer = await client.post(
        rules, data={**opened, "until_day": "", "until_time": "", "prerequisites_fr": "Un stylo"}
    )

    assert answer.status_code == 409
    assert errors(answer) == ["Ce public a été enlevé : choisissez-en un autre, ou ne réservez rien."]
    assert "Un stylo" in answer.text


async def at_once(first: Awaitable[object], second: Awaitable[object]) -> list[str]:
    """The second begins once the first has done all but commit."""
    done, other = asyncio.Event(), asyncio.Event()

    async def hesitate() -> None:
        async with database.transaction():
            await first
            done.set()
            await asyncio.wait([asyncio.create_task(other.wait())], timeout=0.3)

    async def follow() -> None:
        await done.wait()
        try:
            await second
        finally:
            other.set()

    outcomes = await asyncio.gather(hesitate(), follow(), return_exceptions=True)
    return [repr(outcome) for outcome in outcomes]


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("first", ["rules", "removal"])
async def test_of_a_removal_and_a_reservation_at_one_moment_the_first_wins(first: str):
    edition, activity, _slot = await ruled_slot(Rules())
    draft = await draft_of(edition.id)
    [audience] = await labels_of(draft)
    [row] = await database.fetch("SELECT xmin::text AS version FROM activity_rules")
    reserve = say_rules(edition, activity, RESERVED, version=row["version"])
    remove = remove_label(draft, audience.id)

    outcomes = await at_once(reserve, remove) if first == "rules" else await at_once(remove, reserve)

    refused = "AudienceHasSeats()" if first == "rules" else "AudienceGone()"
    assert outcomes == ["None", refused]
    [kept] = await database.fetch("SELECT reserved_seats FROM activity_rules")
    assert (await names(edition), kept["reserved_seats"]) == ((["Étudiants"], 2) if first == "rules" else ([], 0))
