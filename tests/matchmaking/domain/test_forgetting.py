"""Who goes and what goes with them: nothing of a speed dating stays that nobody is left of."""

from datetime import UTC, datetime, timedelta

import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.forgetting import KEPT
from digital_days.kernel.purge import purge
from matchmaking.domain.forgetting import forget, tidy
from matchmaking.domain.inviting import invite
from tests.factories import Made, make_edition, make_person
from tests.matchmaking.factories import made, make_meeting, make_organisation, make_participant, make_wish

pytestmark = pytest.mark.usefixtures("db", "app")
LAST_DAY = datetime(2027, 10, 22, 16, tzinfo=UTC)
TABLES = ("match_organisation", "match_participant", "match_wish", "match_need", "match_absence", "meeting")


async def counts() -> dict[str, int]:
    return {name: (await database.fetch(f"SELECT count(*) FROM {name}"))[0]["count"] for name in TABLES}


@pytest.mark.parametrize(("after", "left"), [(KEPT, 1), (KEPT + timedelta(days=1), 0)])
async def test_invited_person_who_never_answered_goes_a_month_after_the_edition(after: timedelta, left: int):
    edition = await make_edition()
    await invite(edition.id, side="resource", organisation="CLE", name="Noé Roy", email="noe@example.ca")
    await database.fetch("UPDATE person SET created_at = now() - interval '1 year'")

    await purge(LAST_DAY + after)

    assert len(await database.fetch("SELECT FROM person")) == left
    assert (await counts())["match_organisation"] == left


async def test_who_takes_part_in_an_edition_to_come_is_needed():
    edition, bob = await make_edition(), await make_person()
    await make_participant(edition, await make_organisation(edition, "Moulin"), bob)

    assert await forget([bob], LAST_DAY - timedelta(days=300)) == []
    assert await forget([bob], LAST_DAY + timedelta(days=1)) == [bob]


async def world() -> tuple[Made, Made, int, int]:
    """Bob's mill wishes for an advisor's house; the two are to meet in an hour."""
    edition, bob, advisor = await make_edition(), await make_person(), await make_person("Ève", "eve@example.ca")
    mill, cle = await make_organisation(edition, "Moulin"), await make_organisation(edition, "CLE", side="resource")
    term = await made("need_term", edition=edition.id, slug="vendre", name_fr="Vendre en ligne")
    await made("match_need", organisation=mill.id, need=term)
    await make_wish(mill, cle, "must")
    await make_wish(cle, mill, "no")
    seats = [await make_participant(edition, mill, bob), await make_participant(edition, cle, advisor)]
    now = clock.now()
    await made("match_absence", participant=seats[0].id, starts_at=now, ends_at=now + timedelta(hours=1))
    await make_meeting(edition, seats[0], seats[1], began=now + timedelta(hours=1))
    return mill, cle, bob, advisor


async def test_account_that_goes_after_publication_takes_its_house_and_frees_the_partner():
    _mill, cle, bob, advisor = await world()

    await database.fetch("DELETE FROM person WHERE id = $1", bob)
    await tidy(clock.now())

    assert list((await counts()).values()) == [1, 1, 0, 0, 0, 0]
    assert await database.fetch("SELECT FROM agenda_entry WHERE person = $1", advisor) == []
    [house] = await database.fetch("SELECT id FROM match_organisation")
    assert house["id"] == cle.id


async def test_house_stays_while_a_colleague_does():
    mill, _cle, bob, _advisor = await world()
    [edition] = await database.fetch("SELECT id, slug FROM edition")
    await make_participant(Made(edition["id"], edition["slug"]), mill)

    await database.fetch("DELETE FROM person WHERE id = $1", bob)
    await tidy(clock.now())

    assert list((await counts()).values()) == [2, 2, 2, 1, 0, 0]


async def test_who_left_without_a_meeting_goes_a_month_after_and_who_met_somebody_stays():
    _mill, _cle, bob, _advisor = await world()
    await database.fetch("UPDATE match_participant SET left_at = now()")
    await tidy(LAST_DAY + KEPT + timedelta(days=1))
    met = await counts()
    await database.fetch("UPDATE meeting SET state = 'cancelled'")

    await tidy(LAST_DAY + KEPT)
    before = await counts()
    await tidy(LAST_DAY + KEPT + timedelta(days=1))

    assert met["match_participant"] == before["match_participant"] == 2
    assert set((await counts()).values()) == {0}
    assert await database.fetch("SELECT FROM person WHERE id = $1", bob) != []
