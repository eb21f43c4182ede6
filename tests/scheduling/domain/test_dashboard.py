"""What the programme tells an organiser: who was turned away, what still misses a room, a time or a speaker."""

from datetime import timedelta

import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.service import Attention
from digital_days.kernel.typography import french_spaces
from scheduling.domain.dashboard import MOST_OF_A_KIND, Occupancy, attention, occupancy, panels
from scheduling.domain.drafts import draft_of
from scheduling.domain.places import Applicant, Wish, cancel_place, take_place
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_room, make_slot
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db", "app")


FULL = "« Mots de passe solides », jeudi 21\N{NO-BREAK SPACE}octobre 2027 à {hour} h : c’est complet, {people}."
FULL_SO_FAR = (
    "« Mots de passe solides », jeudi 21\N{NO-BREAK SPACE}octobre 2027 à 9 h : c’est complet. "
    "Personne n’a encore été refusé."
)


async def ask(slot: Made, *names: str) -> None:
    for name in names:
        await take_place(slot.code, Applicant(name=name, email=f"{name}@example.ca"), consents=[])


async def set_kind(activity: Made, edition: Made, slug: str) -> None:
    await database.fetch(
        """
        WITH kind AS (INSERT INTO label (edition, facet, slug, name_fr) VALUES ($1, 'kind', $2, $2) RETURNING id)
        UPDATE activity SET kind = kind.id FROM kind WHERE activity.id = $3
        """,
        edition.id,
        slug,
        activity.id,
    )


async def make_fair(edition: Made) -> Made:
    """An activity that needs no speaker."""
    activity = await make_activity(edition)
    await set_kind(activity, edition, "salon-des-exposants")
    return activity


def told(sentence: str, activity: Made, *, urgent: bool = False) -> Attention:
    return Attention(sentence=french_spaces(sentence), path=f"/jn2027/activites/{activity.code}", urgent=urgent)


async def test_full_activity_counts_the_people_turned_away():
    edition = await make_edition()
    room, activity = await make_room(edition), await make_fair(edition)
    full = await make_slot(activity, seats=1, room=room)
    later = await make_slot(activity, seats=1, starts_at=IN_A_YEAR + timedelta(hours=2), room=room)
    await ask(full, "bob", "charlie", "charlie", "dominique", "eve")
    await ask(later, "eve", "charlie")

    assert await attention(edition.id) == [
        told(FULL.format(hour=9, people="2 personnes n’ont pas eu de place"), activity),
        told(FULL.format(hour=11, people="1 personne n’a pas eu de place"), activity),
    ]


async def test_session_that_is_full_is_named_by_day_and_hour_when_another_has_seats_left():
    edition = await make_edition()
    room, activity = await make_room(edition), await make_fair(edition)
    thursday = await make_slot(activity, seats=1, room=room)
    await make_slot(activity, seats=1, starts_at=IN_A_YEAR + timedelta(days=1), room=room)
    await ask(thursday, "bob", "charlie")

    assert await attention(edition.id) == [told(FULL.format(hour=9, people="1 personne n’a pas eu de place"), activity)]


async def test_nobody_needs_to_be_told_when_a_seat_has_come_free_since():
    edition = await make_edition()
    slot = await make_slot(await make_fair(edition), seats=1, room=await make_room(edition))
    await ask(slot, "bob", "charlie")
    [held] = await database.fetch("SELECT code FROM place WHERE state = 'confirmed'")

    await cancel_place(held["code"])

    assert await attention(edition.id) == []


async def test_full_activity_is_told_when_nobody_was_turned_away_and_until_it_is_over():
    edition = await make_edition()
    room, activity = await make_room(edition), await make_fair(edition)
    await ask(await make_slot(activity, seats=1, room=room), "bob")
    assert await attention(edition.id) == [told(FULL_SO_FAR, activity)]

    over = await make_slot(activity, seats=1, room=room, starts_at=IN_A_YEAR + timedelta(hours=3))
    await ask(over, "charlie", "dominique")

    with clock.stopped_at(IN_A_YEAR + timedelta(hours=5)):
        assert await attention(edition.id) == []


async def test_slot_without_room_is_urgent_the_day_before():
    edition = await make_edition()
    activity = await make_fair(edition)
    await make_slot(activity)
    sentence = "« Mots de passe solides » : 1 plage n’a pas de salle."

    with clock.stopped_at(IN_A_YEAR - timedelta(days=2)):
        assert await attention(edition.id) == [told(sentence, activity)]
    with clock.stopped_at(IN_A_YEAR - timedelta(hours=23)):
        assert await attention(edition.id) == [told(sentence, activity, urgent=True)]


@pytest.mark.parametrize(
    ("kind", "needs_somebody"),
    [
        ("atelier", True),
        ("grande-conference", True),
        ("temoignage", True),
        ("causerie", True),
        ("lecture", True),
        ("podium", True),
        ("salon-des-exposants", False),
        ("moment-convivial", False),
    ],
)
async def test_speaker_is_missed_where_the_kind_needs_one(kind: str, needs_somebody: bool):
    edition = await make_edition()
    activity = await make_activity(edition)
    await make_slot(activity, room=await make_room(edition))
    await set_kind(activity, edition, kind)

    points = await attention(edition.id)

    missing = [told("Personne n’est encore prévu pour animer « Mots de passe solides ».", activity)]
    assert points == (missing if needs_somebody else [])


async def test_activity_without_a_time_is_told():
    edition = await make_edition()
    activity = await make_activity(edition)

    assert await attention(edition.id) == [told("« Mots de passe solides » n’est pas encore à l’horaire.", activity)]


async def test_many_of_a_kind_are_summed_up_in_as_many_statements_as_one():
    edition = await make_edition()
    for number in range(MOST_OF_A_KIND + 2):
        await make_activity(edition, f"Activité {number}")

    async with counted_statements() as sent:
        points = await attention(edition.id)

    assert len(sent) == 2  # one about activities, one about translations
    assert len(points) == MOST_OF_A_KIND + 1
    assert points[-1] == Attention(sentence="2 autres activités pas encore à l’horaire.", path="/jn2027/programme")


async def test_missing_translations_are_told_once_there_is_a_draft_of_an_edition_that_opens_english():
    english, french = await make_edition(), await make_edition("cafe2028", english=False)
    for edition in (english, french):
        await make_slot(await make_fair(edition), seats=None, room=await make_room(edition))
    assert await attention(english.id) == []

    for edition in (english, french):
        await draft_of(edition.id)

    # the edition's place, name and venue of the room, the title, the kind
    sentence = "5 textes que le public lit ne sont pas encore en anglais."
    assert await attention(english.id) == [Attention(sentence=sentence, path="/jn2027/organisation/traductions")]
    assert await attention(french.id) == []


async def test_other_editions_are_not_told():
    here, there = await make_edition(), await make_edition("cafe2028")
    await make_slot(await make_activity(there))

    assert (await attention(here.id), await occupancy(here.id)) == ([], [])


@pytest.mark.parametrize(("taken", "turned_away", "tight"), [(12, 0, True), (10, 0, True), (9, 0, False), (0, 1, True)])
def test_slot_is_watched_when_it_fills_up_or_somebody_was_turned_away(taken: int, turned_away: int, tight: bool):
    slot = Occupancy(
        code="A", title_fr="A", title_en="", starts_at=IN_A_YEAR, seats=12, taken=taken, turned_away=turned_away
    )

    assert slot.is_tight == tight


async def test_occupancy_shows_each_slot_by_itself():
    edition = await make_edition()
    activity = await make_activity(edition, title_en="Solid passwords")
    morning = await make_slot(activity, seats=1)
    later = await make_slot(activity, seats=3, starts_at=IN_A_YEAR + timedelta(hours=2))
    await make_slot(await make_activity(edition, "Foire"), seats=None)
    await ask(morning, "bob", "charlie")
    dominique = Applicant(name="Dominique Roy", email="dominique@example.ca")
    await take_place(morning.code, dominique, consents=[], wish=Wish(wait=True))

    async with counted_statements() as sent:
        [panel] = await panels(edition.id)

    assert len(sent) == 1
    assert panel.context == {
        "rows": [
            Occupancy(
                code=activity.code,
                title_fr="Mots de passe solides",
                title_en="Solid passwords",
                starts_at=starts_at,
                seats=seats,
                taken=taken,
                turned_away=turned_away,
                slot=slot,
                waiting=waiting,
            )
            for slot, starts_at, seats, taken, turned_away, waiting in (
                (morning.code, IN_A_YEAR, 1, 1, 2, 1),
                (later.code, IN_A_YEAR + timedelta(hours=2), 3, 0, 0, 0),
            )
        ]
    }
