"""Two organisers at one activity: the second is told, keeps every word, and overwrites nothing unseen."""

from datetime import datetime, timedelta

import httpx
import pytest

from digital_days.kernel import database
from digital_days.kernel.permissions import Role
from scheduling.domain.stored_programme import stored_programme
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, Made, grant, make_activity, make_edition, make_person, make_slot
from tests.scheduling.planning import ACTIVITIES, draft, fields_of, organiser_signs_in, planned_code, send, texts, typed

pytestmark = pytest.mark.usefixtures("committed")  # a row is told from an earlier writing of it by its transaction

NOTICE = "//p[@class='notice-title']"
DIFFERENCES = "//dl[contains(@class, 'differences')]/div"


@pytest.fixture
async def edition(committed: None) -> Made:
    return await make_edition()


@pytest.fixture
async def alice(client: httpx.AsyncClient, edition: Made) -> int:
    return await organiser_signs_in(client, edition)


async def seats_and_start(there: Made) -> list[tuple[int | None, datetime]]:
    rows = await database.fetch(
        "SELECT s.seats, s.starts_at FROM slot s JOIN activity a ON a.id = s.activity WHERE a.edition = $1", there.id
    )
    return [(row["seats"], row["starts_at"]) for row in rows]


async def summaries(edition: Made) -> dict[str, str | None]:
    """By title."""
    stored = await stored_programme((await draft(edition)).id)
    return {activity.title_fr: activity.summary_fr for activity in stored.facts.activities.values()}


async def test_second_organiser_is_told_whose_change_it_is_and_loses_no_word(
    client: httpx.AsyncClient, edition: Made, alice: int
):
    activity = await make_activity(edition, "Jeu")
    await draft(edition)
    path = f"{ACTIVITIES}/{await planned_code(activity)}"
    seen_by_bob = fields_of(await client.get(path))
    await send(client, path, typed(seen_by_bob, summary_fr="Celui d’Alice.", title_fr="Jeu"))
    bob = await make_person()
    await grant(bob, Role.ORGANISER, edition)
    await sign_in(client, bob)

    told = await send(client, path, typed(seen_by_bob, summary_fr="Celui de Bob.", title_fr="Grand jeu"))

    assert told.status_code == 409
    assert texts(told, "//p[@class='notice-title']") == [
        "Alice Roy a modifié cette activité pendant que vous écriviez."
    ]
    assert texts(told, DIFFERENCES) == [
        "Enregistré maintenant : titre Jeu",
        "Enregistré maintenant : résumé Celui d’Alice.",
    ]
    assert (dict(fields_of(told))["title_fr"], dict(fields_of(told))["summary_fr"]) == ("Grand jeu", "Celui de Bob.")
    assert await summaries(edition) == {"Jeu": "Celui d’Alice."}
    assert (await send(client, path, fields_of(told))).status_code == 303
    assert await summaries(edition) == {"Grand jeu": "Celui de Bob."}


async def test_slot_that_somebody_moves_meanwhile_is_no_conflict_until_it_is_touched(
    client: httpx.AsyncClient, edition: Made, alice: int
):
    activity = await make_activity(edition, "Jeu")
    await make_slot(activity, seats=12)
    there = await draft(edition)
    path = f"{ACTIVITIES}/{await planned_code(activity)}"
    form, later = fields_of(await client.get(path)), IN_A_YEAR + timedelta(hours=1)
    await database.fetch(
        """
        UPDATE slot SET starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour',
            changed_by = $2 FROM activity a WHERE a.id = slot.activity AND a.edition = $1
        """,
        there.id,
        await make_person("Charlie Côté"),
    )

    untouched = await send(client, path, typed(form, title_fr="Grand jeu"))
    form = fields_of(await client.get(path))
    await database.fetch(
        "UPDATE slot SET seats = 5 FROM activity a WHERE a.id = slot.activity AND a.edition = $1", there.id
    )
    touched = await send(client, path, typed(form, slot_seats="30"))

    assert (untouched.status_code, touched.status_code) == (303, 409)
    assert texts(touched, NOTICE) == ["Charlie Côté a modifié cette activité pendant que vous écriviez."]
    assert texts(touched, DIFFERENCES) == [
        "Enregistré maintenant : plage jeudi 21 octobre 2027, 10 h à 11 h, 5 places en tout"
    ]
    assert await seats_and_start(there) == [(5, later)]
    assert (await send(client, path, fields_of(touched))).status_code == 303
    assert await seats_and_start(there) == [(30, later)]


async def test_activity_that_has_changed_since_is_not_removed(client: httpx.AsyncClient, edition: Made, alice: int):
    activity = await make_activity(edition, "Jeu")
    there = await draft(edition)
    path = f"{ACTIVITIES}/{await planned_code(activity)}/retirer"
    asked = await client.get(path)
    await database.fetch("UPDATE activity SET title_fr = 'Grand jeu' WHERE edition = $1", there.id)

    answer = await send(client, path, fields_of(asked, "inline-form"))

    assert (answer.status_code, texts(answer, "//h1")) == (409, ["Retirer « Grand jeu »?"])
    assert list(await summaries(edition)) == ["Grand jeu"]
