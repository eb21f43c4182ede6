"""Taking back all that was said, also once the meetings are published."""

from datetime import timedelta

import pytest

from digital_days.kernel import clock, database
from matchmaking.domain.erasing import erase
from matchmaking.domain.participations import NoParticipation, OrganisationWords, OwnWords, participation_of
from tests.factories import Made, make_edition, make_person
from tests.matchmaking.factories import made, make_meeting, make_organisation, make_participant, make_wish

pytestmark = pytest.mark.usefixtures("db")


async def world() -> tuple[Made, Made, int, int]:
    """Bob's mill has a need, two wishes, an absence and a meeting; the edition, the mill, Bob and the partner."""
    edition, bob, eve = await make_edition(), await make_person(), await make_person("Ève", "eve@example.ca")
    mill = await make_organisation(edition, "Moulin", about="Farine", sector="agriculture", size="1")
    cle = await make_organisation(edition, "CLE", side="resource")
    term = await made("need_term", edition=edition.id, slug="vendre", name_fr="Vendre en ligne")
    await made("match_need", organisation=mill.id, need=term)
    await make_wish(mill, cle, "must")
    await make_wish(cle, mill)
    seat = await make_participant(edition, mill, bob, role="Meunier", most=3, languages='["en"]')
    now = clock.now()
    await made("match_absence", participant=seat.id, starts_at=now, ends_at=now + timedelta(hours=1))
    partner = await make_participant(edition, cle, eve)
    await make_meeting(edition, seat, partner, began=now + timedelta(hours=1))
    return edition, mill, bob, eve


async def test_who_erases_after_publication_leaves_and_nothing_of_what_they_said_stays():
    edition, mill, bob, eve = await world()

    await erase(bob, edition.id)
    await erase(bob, edition.id)

    found = await participation_of(bob, edition.id)
    assert found is not None
    assert (found.state, found.own) == ("left", OwnWords())
    assert found.organisation == OrganisationWords(side="business", name="Moulin")
    assert await database.fetch("SELECT FROM match_wish WHERE by = $1", mill.id) == []
    assert [row["state"] for row in await database.fetch("SELECT state FROM meeting")] == ["cancelled"]
    assert await database.fetch("SELECT FROM agenda_entry") == []
    told = await database.fetch("SELECT person FROM outbox_message WHERE topic = 'matchmaking.schedule'")
    assert [row["person"] for row in told] == [eve]


async def test_what_colleagues_share_stays_until_the_last_of_them_erases():
    edition, mill, bob, _eve = await world()
    zoe = await make_person("Zoé", "zoe@example.ca")
    await make_participant(edition, mill, zoe)

    await erase(bob, edition.id)
    shared = await participation_of(zoe, edition.id)
    await erase(zoe, edition.id)

    assert shared is not None
    assert (shared.organisation.about, shared.organisation.needs) == ("Farine", ("vendre",))
    assert await database.fetch("SELECT FROM match_need") == []


async def test_who_never_took_part_has_nothing_to_erase():
    edition = await make_edition()

    with pytest.raises(NoParticipation):
        await erase(await make_person(), edition.id)
