"""Who comes on the day takes part from then on: known or new, invited or gone before, never on both sides."""

import asyncio

import pytest
from msgspec import structs

from digital_days.kernel import clock, consents, database, editions
from digital_days.kernel.editions import edition_called
from digital_days.kernel.errors import Conflict
from digital_days.kernel.people import account_of
from digital_days.kernel.registrations import NotAnnounced
from matchmaking.domain.colleagues import MOST, TooManyColleagues
from matchmaking.domain.leaving import leave
from matchmaking.domain.participations import OrganisationWords, OwnWords, participation_of
from matchmaking.domain.pool import pool_of
from matchmaking.domain.taking_part import OneSideOnly
from matchmaking.domain.walk_in_people import ANOTHER, OWNER, WhoIsIt
from matchmaking.domain.walking_in import NotHeld, OtherHouse, TakesPart, WalkIn, walk_in
from tests.factories import make_edition, make_person
from tests.matchmaking.factories import made, make_organisation, make_participant, make_speed_dating
from tests.matchmaking.published import Fair, make_matched

MILL = OrganisationWords(side="business", name="Moulin du Nord", needs=("vendre",))
ZOE = WalkIn(
    name="Zoé Hébert",
    email="zoe@example.ca",
    locale="en",
    who="",
    organisation=MILL,
    languages=("fr", "en"),
    form_code="A",
)
ROWS = ("person", "registration", "consent", "match_organisation", "match_participant", "match_need", "idempotency_key")


@pytest.fixture
async def fair(db: None) -> Fair:
    return await _fair()


async def _fair() -> Fair:
    """Closed since a moment ago."""
    fair = await make_matched()
    await database.fetch("UPDATE speed_dating SET closes_at = $1", clock.now())
    await made("need_term", edition=fair.edition.id, slug="vendre", name_fr="Vendre en ligne")
    return fair


async def _walk_in(said: WalkIn = ZOE) -> None:
    await walk_in(await edition_called("jn2027"), said)


async def _refused(said: WalkIn, refusal: type[Conflict], words: str | None = None) -> None:
    async with database.taken_back():
        with pytest.raises(refusal, match=words):
            await _walk_in(said)


async def _counts() -> list[int]:
    return [len(await database.fetch(f"SELECT FROM {table}")) for table in ROWS]


async def test_who_walks_in_is_here_with_a_ticket_and_their_agreement_on_record(fair: Fair):
    await _walk_in()

    zoe = await account_of("", "zoe@example.ca", locale="fr")
    found = await participation_of(zoe, fair.edition.id)
    assert found is not None
    assert (found.organisation, found.own, found.state) == (MILL, OwnWords(languages=("fr", "en")), "active")
    assert zoe in [each.person_id for each in (await pool_of(fair.edition.id)).participants]
    [ticket] = await database.fetch("SELECT state, origin FROM registration WHERE person = $1", zoe)
    [agreed] = await database.fetch("SELECT * FROM consent WHERE person = $1", zoe)
    [here] = await database.fetch("SELECT arrived_at FROM match_participant WHERE person = $1", zoe)
    assert tuple(ticket.values()) == ("active", "desk")
    assert (agreed["purpose"], agreed["version"], agreed["origin"], agreed["locale"]) == (
        consents.MATCHMAKING.purpose,
        consents.MATCHMAKING.version,
        "desk",
        "en",
    )
    assert agreed["proved_at"] is not None
    assert "I agree" in agreed["text"]
    assert here["arrived_at"] is not None


async def test_organisation_that_is_there_is_joined_and_keeps_what_it_has_said(fair: Fair):
    await made("need_term", edition=fair.edition.id, slug="former", name_fr="Former")
    house = await make_organisation(fair.edition, "Boulangerie Élan", about="Du pain.")
    [term] = await database.fetch("SELECT id FROM need_term WHERE slug = 'former'")
    await made("match_need", organisation=house.id, need=term["id"])

    await _walk_in(structs.replace(ZOE, organisation=structs.replace(MILL, name="boulangerie elan")))

    zoe = await account_of("", "zoe@example.ca", locale="fr")
    found = await participation_of(zoe, fair.edition.id)
    assert found is not None
    assert (found.organisation_id, found.organisation.name, found.organisation.about) == (
        house.id,
        "Boulangerie Élan",
        "Du pain.",
    )
    assert set(found.organisation.needs) == {"vendre", "former"}


async def test_nobody_needs_an_address(fair: Fair):
    await _walk_in(structs.replace(ZOE, email=""))

    [row] = await database.fetch(
        "SELECT p.email FROM match_participant m JOIN person p ON p.id = m.person WHERE p.name = $1", ZOE.name
    )
    assert not row["email"]


async def test_same_form_again_changes_nothing(fair: Fair):
    await _walk_in()
    before = await _counts()

    await _walk_in()

    assert await _counts() == before


async def test_form_sent_twice_at_once_is_one_arrival(committed):
    await _fair()

    await asyncio.gather(_walk_in(), _walk_in())

    rows = await database.fetch("SELECT FROM match_organisation WHERE name = 'Moulin du Nord'")
    assert len(rows) == 1


async def test_two_desks_make_one_organisation_and_one_person(committed):
    await _fair()
    other = structs.replace(ZOE, name="Léo", email="leo@example.ca", form_code="B")
    again = structs.replace(ZOE, form_code="C")

    done = await asyncio.gather(_walk_in(), _walk_in(other), _walk_in(again), return_exceptions=True)

    assert sum(isinstance(each, TakesPart | WhoIsIt) for each in done) == 1
    assert sum(each is None for each in done) == 2
    houses = await database.fetch("SELECT id FROM match_organisation WHERE name = 'Moulin du Nord'")
    people = await database.fetch("SELECT FROM match_participant WHERE organisation = $1", houses[0]["id"])
    assert (len(houses), len(people)) == (1, 2)


@pytest.mark.parametrize(
    ("said", "refusal", "words"),
    [
        (
            structs.replace(ZOE, name="Bob Roy", email="bob@jn2027.example.ca"),
            TakesPart,
            "Bob Roy participe déjà, pour Maison Bob",
        ),
        (structs.replace(ZOE, organisation=structs.replace(MILL, name="Maison Carole")), OneSideOnly, "autre côté"),
    ],
)
async def test_nothing_is_written_of_who_takes_part_already_or_is_of_the_other_side(
    committed, said: WalkIn, refusal: type[Conflict], words: str
):
    await _fair()
    before = await _counts()

    with pytest.raises(refusal, match=words):
        await _walk_in(said)

    assert await _counts() == before


@pytest.mark.parametrize("state", ["invited", "left"])
async def test_who_was_invited_or_had_left_is_taken(fair: Fair, state: str):
    house = await make_organisation(fair.edition, "Moulin du Nord")
    zoe = await make_person("Zoé Hébert", "zoe@example.ca")
    await make_participant(fair.edition, house, zoe, opted_in=state == "left")
    if state == "left":
        await leave(zoe, fair.edition.id)
    other_house, other_side = structs.replace(MILL, name="Une autre maison"), structs.replace(MILL, side="resource")
    await _refused(structs.replace(ZOE, organisation=other_house), OtherHouse, "Moulin du Nord")
    await _refused(structs.replace(ZOE, organisation=other_side), OneSideOnly)

    before = clock.now()
    await _walk_in()

    [row] = await database.fetch("SELECT * FROM match_participant WHERE person = $1", zoe)
    assert (row["organisation"], row["left_at"], row["arrived_at"] is not None) == (house.id, None, True)
    assert row["opted_in_at"] >= before


async def test_organisation_is_full_at_some_number(fair: Fair):
    house = await make_organisation(fair.edition, "Moulin du Nord")
    for _each in range(MOST):
        await make_participant(fair.edition, house)

    with pytest.raises(TooManyColleagues):
        await _walk_in()


async def test_owner_of_an_address_is_somebody_else_until_the_desk_says_so(fair: Fair):
    owner = await make_person("Yves Hébert", "zoe@example.ca")
    await _refused(ZOE, WhoIsIt)

    await _walk_in(structs.replace(ZOE, who=ANOTHER))
    await _walk_in(structs.replace(ZOE, name="Yvon Hébert", who=OWNER, form_code="B"))

    rows = await database.fetch(
        """
        SELECT p.id, p.name, p.email, p.account_email FROM match_participant m JOIN person p ON p.id = m.person
        WHERE p.email = 'zoe@example.ca' ORDER BY m.id
        """
    )
    assert [(row["name"], row["account_email"], row["id"] == owner) for row in rows] == [
        ("Zoé Hébert", None, False),
        ("Yves Hébert", "zoe@example.ca", True),
    ]


async def test_namesake_is_told_apart_by_the_desk(fair: Fair):
    zoe = await make_person("Zoe Hebert", "autre@example.ca")
    await made("registration", code="QQQQQQQQQQ", person=zoe, edition=fair.edition.id)
    said = structs.replace(ZOE, email="")
    for who in ("", "NOBODY", OWNER):
        await _refused(structs.replace(said, who=who), WhoIsIt)

    await _walk_in(structs.replace(said, who="QQQQQQQQQQ"))

    assert await participation_of(zoe, fair.edition.id) is not None


async def test_nobody_walks_in_where_no_speed_dating_is_held_or_nothing_is_announced(fair: Fair):
    await make_edition("cafe2028")
    with pytest.raises(NotHeld):
        await walk_in(await edition_called("cafe2028"), ZOE)
    other = await make_edition("tot2029")
    await make_speed_dating(other)
    await database.fetch("UPDATE edition SET announced = false WHERE id = $1", other.id)
    editions.forget()
    with pytest.raises(NotAnnounced):
        await walk_in(await edition_called("tot2029"), ZOE)
