"""Who may be matched, and all that decides it."""

from datetime import timedelta

from digital_days.kernel import clock, database
from exhibitors.domain.exhibitors import exhibitor_called
from exhibitors.domain.shifts import add_shift
from exhibitors.domain.staff import staff_of
from matchmaking.domain.asking import ask
from matchmaking.domain.pool import PoolOrganisation, PoolParticipant, pool_of
from matchmaking.domain.settings import speed_dating_of
from tests.exhibitors.factories import make_category, make_exhibitor
from tests.factories import make_edition, make_person
from tests.matchmaking.factories import (
    MORNING,
    PAUSE,
    ROUND,
    made,
    make_meeting,
    make_organisation,
    make_participant,
    make_speed_dating,
    make_wish,
)


async def _expect(person: int, hour: int, source: str) -> None:
    starts_at = MORNING + timedelta(hours=hour)
    columns = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
    await made("agenda_entry", person=person, source=source, source_code="CODE", **columns)


async def test_pool_holds_who_has_opted_in_with_their_times_and_wishes(db):
    edition, bob = await make_edition(), await make_person()
    mill = await make_organisation(edition, "Moulin du Nord", sector="food", size="small")
    cle = await make_organisation(edition, "CLE d’Argenteuil", side="resource")
    participant = await make_participant(edition, mill, bob, most=3)
    await make_participant(edition, mill, opted_in=False)
    advisor = await make_participant(edition, cle)
    await make_participant(edition, cle, left_at=clock.now())
    await make_wish(mill, cle, "must")
    term = await made("need_term", edition=edition.id, slug="vendre", name_fr="Vendre en ligne")
    await made("match_need", organisation=mill.id, need=term)
    await made("match_absence", participant=participant.id, starts_at=MORNING, ends_at=MORNING + timedelta(minutes=30))
    await _expect(bob, 1, "scheduling.place")
    await make_meeting(edition, participant, advisor)

    pool = await pool_of(edition.id)

    assert pool.organisations[mill.id] == PoolOrganisation(
        id=mill.id,
        code=mill.code,
        side="business",
        name="Moulin du Nord",
        sector="food",
        size="small",
        needs=("vendre",),
    )
    assert [each.code for each in pool.participants] == [participant.code, advisor.code]
    assert pool.participants[0] == PoolParticipant(
        id=participant.id,
        code=participant.code,
        organisation=mill.id,
        person_id=bob,
        name="Bob Tremblay",
        languages=("fr",),
        least=0,
        most=3,
        absent=((MORNING, MORNING + timedelta(minutes=30)),),
        expected=((MORNING + timedelta(hours=1), MORNING + timedelta(hours=2)),),
    )
    assert pool.wishes == {(mill.id, cle.id): "must"}
    assert pool.exclusions == frozenset()


async def test_who_is_at_a_booth_is_busy_in_the_rounds_it_touches(db):
    edition, bob = await make_edition(), await make_person()
    await make_speed_dating(edition)
    await make_participant(edition, await make_organisation(edition, "Moulin du Nord"), bob)
    made_exhibitor = await make_exhibitor(edition, await make_category(edition), bob)
    exhibitor = await exhibitor_called(edition.id, made_exhibitor.code)
    [member] = await staff_of(exhibitor.id)
    second = MORNING + ROUND + PAUSE
    ends_at = second + ROUND + PAUSE + timedelta(minutes=1)

    await add_shift(exhibitor, member.key, second, ends_at, by=bob)

    pool, dating = await pool_of(edition.id), await speed_dating_of(edition.id)
    [participant] = ask(pool, dating).problem.participants
    assert pool.participants[0].expected == ((second, ends_at),)
    assert participant.busy == (1, 2)


async def test_pool_is_of_its_edition_alone(db):
    edition, other = await make_edition(), await make_edition("jn2028")
    await make_participant(other, await make_organisation(other, "Ailleurs"))

    assert (await pool_of(edition.id)).participants == ()


async def test_exclusion_of_two_is_in_the_pool(db):
    edition = await make_edition()
    mill, cle = [await make_organisation(edition, name) for name in ("Moulin", "CLE")]
    await made("match_exclusion", edition=edition.id, one=mill.id, other=cle.id, created_at=clock.now())

    assert (await pool_of(edition.id)).exclusions == {(mill.id, cle.id)}
    assert await database.fetch("SELECT FROM match_exclusion")
