"""Taking part, wishing, inviting, leaving: who is matchable when, and what nobody else learns."""

import asyncio
from datetime import timedelta

import pytest
from msgspec import structs

from digital_days.kernel import clock, consents, database, editions
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition, edition_called
from matchmaking.domain.colleagues import MOST, IsOneself, TooManyColleagues, invite_colleague
from matchmaking.domain.fit_words import reasons
from matchmaking.domain.leaving import leave
from matchmaking.domain.participations import (
    Colleague,
    NoParticipation,
    OrganisationWords,
    OwnWords,
    Participation,
    participation_of,
)
from matchmaking.domain.pool import pool_of
from matchmaking.domain.taking_part import NotOpen, OneSideOnly, take_part
from matchmaking.domain.wishing import (
    MOST_MUSTS,
    MOST_WISHES,
    NotAcross,
    TooManyMusts,
    TooManyWishes,
    among,
    organisations_across,
    say_wishes,
)
from tests.factories import Made, make_edition, make_person
from tests.matchmaking.factories import (
    MORNING,
    made,
    make_meeting,
    make_organisation,
    make_participant,
    make_speed_dating,
)

MILL = OrganisationWords(side="business", name="Moulin du Nord", sector="agriculture", needs=("vendre",))
OWN = OwnWords(role="Meunier", most=4, absent=((MORNING, MORNING + timedelta(minutes=15)),))


class World:
    made: Made
    edition: Edition
    bob: int


async def _world() -> World:
    editions.forget()
    world = World()
    world.made = await make_edition()
    world.edition = await edition_called(world.made.code)
    await make_speed_dating(world.made)
    await made("need_term", edition=world.made.id, slug="vendre", name_fr="Vendre en ligne")
    world.bob = await make_person()
    await made("registration", code="BOBSTICKET", person=world.bob, edition=world.made.id)
    return world


@pytest.fixture
async def world(db: None) -> World:
    return await _world()


async def _mine(world: World) -> Participation:
    found = await participation_of(world.bob, world.edition.id)
    assert found is not None
    return found


async def test_who_takes_part_reads_back_what_they_said_and_is_in_the_pool(world: World):
    await take_part(world.edition, world.bob, MILL, OWN)

    mine = await _mine(world)
    assert (mine.organisation, mine.own, mine.state, mine.colleagues) == (MILL, OWN, "active", [])
    assert [each.person_id for each in (await pool_of(world.edition.id)).participants] == [world.bob]
    [agreed] = await database.fetch("SELECT purpose, text FROM consent WHERE withdrawn_at IS NULL")
    assert (agreed["purpose"], "mes rencontres" in agreed["text"]) == (consents.MATCHMAKING.purpose, True)


async def test_who_takes_part_has_a_ticket_from_then_on(world: World):
    zoe = await make_person("Zoé", "zoe@example.ca")

    await take_part(world.edition, zoe, MILL, OWN)
    await take_part(world.edition, world.bob, MILL, OWN)

    rows = await database.fetch("SELECT person, state, origin FROM registration ORDER BY id")
    assert [tuple(row.values()) for row in rows] == [(world.bob, "active", "web"), (zoe, "active", "matchmaking")]


async def test_after_the_closing_nobody_takes_part(world: World):
    await database.fetch("UPDATE speed_dating SET closes_at = $1", clock.now())

    with pytest.raises(NotOpen):
        await take_part(world.edition, world.bob, MILL, OWN)


async def test_nobody_is_on_both_sides(world: World):
    await take_part(world.edition, world.bob, MILL, OWN)

    other, seen = structs.replace(MILL, side="resource"), (await _mine(world)).version
    with pytest.raises(OneSideOnly):
        await take_part(world.edition, world.bob, other, OWN, version=seen)


async def test_form_of_before_overwrites_nothing(committed):
    world = await _world()
    await take_part(world.edition, world.bob, MILL, OWN)
    seen = (await _mine(world)).version
    await take_part(world.edition, world.bob, structs.replace(MILL, name="Moulin"), OWN, version=seen)

    for version in (seen, ""):
        with pytest.raises(ChangedMeanwhile):
            await take_part(world.edition, world.bob, MILL, OWN, version=version)

    assert (await _mine(world)).organisation.name == "Moulin"


async def test_same_form_twice_at_once_makes_one_participation(committed):
    world = await _world()

    outcomes = await asyncio.gather(
        *(take_part(world.edition, world.bob, MILL, OWN) for _ in range(8)), return_exceptions=True
    )

    assert sum(outcome is None for outcome in outcomes) == 1
    counts = await database.fetch(
        "SELECT (SELECT count(*) FROM match_organisation) AS o, count(*) AS p FROM match_participant"
    )
    assert tuple(counts[0].values()) == (1, 1)


async def test_invited_colleague_is_matchable_only_after_their_own_word(world: World):
    await take_part(world.edition, world.bob, MILL, OWN)
    await invite_colleague(await _mine(world), name="Ève Roy", email="eve@example.ca")

    [row] = await database.fetch("SELECT id FROM person WHERE account_email = 'eve@example.ca'")
    eve = await participation_of(row["id"], world.edition.id)
    assert eve is not None
    assert (eve.state, eve.organisation.name) == ("invited", "Moulin du Nord")
    assert (await _mine(world)).colleagues == [Colleague(name="Ève Roy", state="invited")]
    assert len((await pool_of(world.edition.id)).participants) == 1

    await made("registration", code="EVESTICKET", person=row["id"], edition=world.edition.id)
    await take_part(world.edition, row["id"], eve.organisation, OwnWords(), version=eve.version)

    pool = await pool_of(world.edition.id)
    assert len(pool.participants) == 2
    assert {each.organisation for each in pool.participants} == {eve.organisation_id}


async def test_invitation_moves_nobody_from_elsewhere(world: World):
    await take_part(world.edition, world.bob, MILL, OWN)
    zoe = await make_person("Zoé", "zoe@example.ca")
    await make_participant(world.made, await make_organisation(world.made, "Ailleurs"), zoe)

    await invite_colleague(await _mine(world), name="Zoé", email="zoe@example.ca")

    there = await participation_of(zoe, world.edition.id)
    assert there is not None
    assert there.organisation.name == "Ailleurs"
    assert (await _mine(world)).colleagues == []


async def test_organisation_has_so_many_colleagues(world: World):
    await take_part(world.edition, world.bob, MILL, OWN)
    for number in range(MOST - 1):
        await invite_colleague(await _mine(world), name=f"C {number}", email=f"c{number}@example.ca")

    with pytest.raises(TooManyColleagues):
        await invite_colleague(await _mine(world), name="De trop", email="trop@example.ca")


async def test_nobody_invites_themselves(world: World):
    await take_part(world.edition, world.bob, MILL, OWN)
    mine = await _mine(world)
    [row] = await database.fetch("SELECT email FROM person WHERE id = $1", world.bob)

    with pytest.raises(IsOneself):
        await invite_colleague(mine, name="Bob", email=row["email"])


async def test_suggestions_come_best_first_and_say_nothing_of_what_the_other_wishes(world: World):
    await take_part(world.edition, world.bob, MILL, OWN)
    mine = await _mine(world)
    await _resource(world, "CJE")
    cle = await _resource(world, "CLE", need=True)
    before = await organisations_across(mine)
    await made("match_wish", by=cle.id, about=mine.organisation_id, strength="no", created_at=clock.now())

    assert [each.name for each in before] == ["CLE", "CJE"]
    assert await organisations_across(mine) == before
    assert [each.name for each in among(before, need="vendre")] == ["CLE"]
    assert [each.name for each in among(before, words="cje")] == ["CJE"]


async def test_who_was_met_in_another_edition_comes_after_who_was_not(world: World):
    await take_part(world.edition, world.bob, MILL, OWN)
    mine = await _mine(world)
    carole = await make_person("Carole Roy", "carole@example.ca")
    await make_participant(world.made, await make_organisation(world.made, "CJE", side="resource"), carole)
    await _resource(world, "CLE")
    assert [each.name for each in await organisations_across(mine)] == ["CJE", "CLE"]

    last = await make_edition("jn2026")
    bob_then = await make_participant(last, await make_organisation(last, "Moulin"), world.bob)
    carole_then = await make_participant(last, await make_organisation(last, "CJE", side="resource"), carole)
    await make_meeting(last, bob_then, carole_then, state="held", began=MORNING - timedelta(days=365))

    found = await organisations_across(mine)
    assert [each.name for each in found] == ["CLE", "CJE"]
    assert [reasons(each.fit, {})[-1] for each in found] == [
        "Une première rencontre.",
        "Vous vous êtes déjà rencontrés.",
    ]


async def test_weights_of_the_organisers_decide_which_suggestion_comes_first(world: World):
    await take_part(world.edition, world.bob, MILL, OWN)
    for name in ("CJE", "CLE"):
        await _resource(world, name, need=name == "CLE")

    await database.fetch("UPDATE speed_dating SET weights = $1", '{"needs": 0, "language": 45}')

    across = await organisations_across(await _mine(world))
    assert [(each.name, each.fit.points) for each in across] == [("CJE", 55), ("CLE", 55)]


async def _resource(world: World, name: str, *, need: bool = False) -> Made:
    organisation = await make_organisation(world.made, name, side="resource")
    await make_participant(world.made, organisation)
    if need:
        [term] = await database.fetch("SELECT id FROM need_term")
        await made("match_need", organisation=organisation.id, need=term["id"])
    return organisation


async def test_last_word_of_each_wish_counts_and_the_others_stay(world: World):
    await take_part(world.edition, world.bob, MILL, OWN)
    mine = await _mine(world)
    cle, cje, ccia = [await _resource(world, name) for name in ("CLE", "CJE", "CCIA")]

    await say_wishes(mine, {cle.code: "must", cje.code: "no", ccia.code: "like"})
    await say_wishes(mine, {cle.code: "like", cje.code: ""})

    answers = {each.name: each.answer for each in await organisations_across(mine)}
    assert answers == {"CLE": "like", "CJE": "", "CCIA": "like"}


async def test_wish_for_strangers_changes_nothing(world: World):
    await take_part(world.edition, world.bob, MILL, OWN)
    mine = await _mine(world)
    across, beside = await _resource(world, "CLE"), await make_organisation(world.made, "Voisin")
    await make_participant(world.made, beside)
    elsewhere = await make_organisation(await make_edition("jn2028"), "Ailleurs", side="resource")
    nobody_left = await make_organisation(world.made, "Vide", side="resource")

    for code in (beside.code, elsewhere.code, nobody_left.code, mine.organisation_code, "NOBODY"):
        with pytest.raises(NotAcross):
            async with database.taken_back():
                await say_wishes(mine, {across.code: "must", code: "like"})

    assert await database.fetch("SELECT FROM match_wish") == []


async def test_wishes_have_a_measure(world: World):
    await take_part(world.edition, world.bob, MILL, OWN)
    mine = await _mine(world)
    across = [await _resource(world, f"R{number}") for number in range(MOST_WISHES + 1)]

    with pytest.raises(TooManyMusts):
        async with database.taken_back():
            await say_wishes(mine, {each.code: "must" for each in across[: MOST_MUSTS + 1]})
    with pytest.raises(TooManyWishes):
        async with database.taken_back():
            await say_wishes(mine, {each.code: "like" for each in across})
    with pytest.raises(TooManyWishes):
        await say_wishes(mine, {f"X{number}": "like" for number in range(10_000)})
    await say_wishes(mine, {each.code: "no" for each in across})


async def test_who_leaves_is_in_no_pool_and_their_meetings_to_come_are_cancelled(world: World):
    await take_part(world.edition, world.bob, MILL, OWN)
    mine = await _mine(world)
    cle = await make_organisation(world.made, "CLE", side="resource")
    advisors = [await make_participant(world.made, cle) for _ in range(2)]
    me = Made(mine.id, mine.code)
    later = await make_meeting(world.made, me, advisors[0], began=clock.now() + timedelta(hours=1))
    past = await make_meeting(world.made, me, advisors[1], number=2, began=clock.now() - timedelta(hours=1))

    partners = await leave(world.bob, world.edition.id)

    assert partners == [advisors[0].id]
    rows = await database.fetch("SELECT id, state, sequence FROM meeting ORDER BY id")
    assert [tuple(row.values()) for row in rows] == [(later.id, "cancelled", 1), (past.id, "planned", 0)]
    kept = await database.fetch("SELECT DISTINCT source_code FROM agenda_entry")
    assert [row["source_code"] for row in kept] == [past.code]
    assert [
        each.person_id for each in (await pool_of(world.edition.id)).participants if each.person_id == world.bob
    ] == []
    [row] = await database.fetch("SELECT withdrawn_at FROM consent WHERE purpose = 'matchmaking'")
    assert row["withdrawn_at"] is not None
    with pytest.raises(NoParticipation):
        await leave(world.bob, world.edition.id)


async def test_who_has_left_may_come_back(world: World):
    await take_part(world.edition, world.bob, MILL, OWN)
    await leave(world.bob, world.edition.id)

    await take_part(world.edition, world.bob, MILL, OWN, version=(await _mine(world)).version)

    assert (await _mine(world)).is_active
    agreed = await database.fetch("SELECT FROM consent WHERE purpose = 'matchmaking' AND withdrawn_at IS NULL")
    assert len(agreed) == 1
