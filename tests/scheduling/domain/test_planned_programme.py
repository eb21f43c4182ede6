"""A plan out of the database, and its conflicts in sentences."""

from datetime import UTC, datetime, timedelta

import pytest

from digital_days.kernel import database
from scheduling.domain.conflict_wording import in_words
from scheduling.domain.planned_programme import planned
from scheduling.engine.conflicts import Opening, Plan, PlannedRoom, PlannedSlot, conflicts
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_room, make_slot
from tests.scheduling.engine.plans import LILAC, plan, slot, span
from tests.statements import counted_statements

HOUR = timedelta(hours=1)


async def one_row(sql: str, *arguments: object) -> int:
    row = await database.fetch_one(sql, *arguments)
    assert row
    return int(row["id"])


async def make_speaker(edition: Made, name: str) -> int:
    return await one_row(
        "INSERT INTO speaker (edition, code, source_id, name) VALUES ($1, $2, $2, $2) RETURNING id", edition.id, name
    )


async def make_label(edition: Made, facet: str, name: str) -> int:
    return await one_row(
        "INSERT INTO label (edition, facet, slug, name_fr) VALUES ($1, $2, $3, $3) RETURNING id",
        edition.id,
        facet,
        name,
    )


@pytest.mark.usefixtures("db")
async def test_plan_says_all_that_conflicts_come_from():
    edition, other = await make_edition(), await make_edition("jn2028")
    room = await make_room(edition, capacity=40)
    activity = await make_activity(edition)
    speaker = await make_speaker(edition, "Alice Roy")
    audience, theme = await make_label(edition, "audience", "Tous"), await make_label(edition, "theme", "Outils")
    made = await make_slot(activity, room=room, seats=12)
    gone = await make_slot(activity, room=room, starts_at=IN_A_YEAR + HOUR)
    await database.fetch("UPDATE slot SET state = 'cancelled' WHERE id = $1", gone.id)
    await database.fetch("UPDATE activity SET needs_workstations = true, audience = $1, theme = $2", audience, theme)
    await database.fetch("INSERT INTO activity_speaker (activity, speaker) VALUES ($1, $2)", activity.id, speaker)
    await database.fetch(
        "INSERT INTO availability (speaker, starts_at, ends_at) VALUES ($1, $2, $3)",
        speaker,
        IN_A_YEAR,
        IN_A_YEAR + HOUR,
    )
    await database.fetch(
        "INSERT INTO opening_hours (edition, day, opens_at, closes_at) VALUES ($1, '2027-10-21', '9:00', '17:00')",
        edition.id,
    )
    await make_room(other, "Ailleurs")

    assert await planned(edition.id) == Plan(
        slots={
            made.id: PlannedSlot(
                id=made.id,
                code=made.code,
                key=made.code,
                activity=activity.id,
                title="Mots de passe solides",
                starts_at=IN_A_YEAR,
                ends_at=IN_A_YEAR + HOUR,
                room=room,
                seats=12,
                needs_workstations=True,
                speakers=(speaker,),
                audience=audience,
                theme=theme,
            )
        },
        rooms={room: PlannedRoom(id=room, name="Salle des Lilas", capacity=40)},
        speakers={speaker: "Alice Roy"},
        labels={audience: "Tous", theme: "Outils"},
        available={speaker: [(IN_A_YEAR, IN_A_YEAR + HOUR)]},
        opening=[
            Opening(
                (datetime(2027, 10, 21, 4, tzinfo=UTC), datetime(2027, 10, 22, 4, tzinfo=UTC)),
                (datetime(2027, 10, 21, 13, tzinfo=UTC), datetime(2027, 10, 21, 21, tzinfo=UTC)),
            )
        ],
    )


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("slots", [1, 3])
async def test_plan_is_read_in_six_statements_however_large(slots: int):
    edition = await make_edition()
    for number in range(slots):
        room = await make_room(edition, f"Salle {number}")
        await make_slot(await make_activity(edition), room=room)

    async with counted_statements() as statements:
        await planned(edition.id)

    assert len(statements) == 6


def said(planned_: Plan, *, dated: bool = False) -> list[str]:
    return [in_words(each, planned_, dated=dated).replace("\N{NO-BREAK SPACE}", " ") for each in conflicts(planned_)]


def test_taken_room_is_named_with_those_who_are_in_it():
    assert said(plan(slot(1, 0, title="A", room=1), slot(2, 2, title="B", room=1))) == [
        (
            "La salle « Salle des Lilas » est prise par plusieurs activités à la fois : "
            "« A » (9 h à 10 h) et « B » (9 h 30 à 10 h 30)."
        )
    ]


def test_crowd_is_told_by_its_first_ones():
    assert said(plan(*(slot(number, 0, title=str(number), room=1) for number in range(1, 7)))) == [
        (
            "La salle « Salle des Lilas » est prise par plusieurs activités à la fois : "
            "« 1 » (9 h à 10 h), « 2 » (9 h à 10 h), « 3 » (9 h à 10 h) et 3 autres."
        )
    ]


def test_speaker_expected_twice_is_named():
    assert said(plan(slot(1, 0, title="A", speakers=[1]), slot(2, 2, title="B", speakers=[1]))) == [
        "Alice Roy devrait être à plusieurs endroits à la fois : « A » (9 h à 10 h) et « B » (9 h 30 à 10 h 30)."
    ]


def test_small_room_says_how_small():
    assert said(plan(slot(1, 0, title="A", room=1, seats=21))) == [
        (
            "La salle « Salle des Lilas » est trop petite pour « A » (9 h à 10 h) : "
            "elle reçoit 20 personnes, et on offre 21 places."
        )
    ]


@pytest.mark.parametrize(
    ("room", "sentence"),
    [
        (1, "La salle « Salle des Lilas » n’a que 8 postes de travail pour les 12 places de « A » (9 h à 10 h)."),
        (2, "La salle « Garage » n’a pas de postes de travail : il en faut pour « A » (9 h à 10 h)."),
    ],
)
def test_missing_workstations_are_counted(room: int, sentence: str):
    assert said(plan(slot(1, 0, title="A", room=room, seats=12, needs_workstations=True))) == [sentence]


def test_unavailable_speaker_is_named():
    assert said(plan(slot(1, 0, title="A", speakers=[1]), available={1: [span(4, 4)]})) == [
        "Alice Roy n’est pas disponible pour « A » (9 h à 10 h)."
    ]


def test_public_that_would_have_to_choose_is_named():
    assert said(plan(*(slot(number, 0, title="A", audience=1, theme=2) for number in (1, 2)))) == [
        (
            "Plusieurs activités pour le même public (Entreprises) et sur le même thème (Cybersécurité) ont lieu "
            "en même temps : « A » (9 h à 10 h) et « A » (9 h à 10 h)."
        )
    ]


def test_slot_outside_hours_is_told_the_hours():
    opening = Opening(span(-36, 96), span(4, 28))

    assert said(plan(slot(1, 0, title="A"), opening=[opening])) == [
        "« A » (9 h à 10 h) sort des heures d’ouverture : 10 h à 17 h."
    ]


def test_day_is_said_where_it_is_asked_for():
    assert said(plan(slot(1, 0, title="A", room=LILAC.id, seats=21)), dated=True) == [
        (
            "La salle « Salle des Lilas » est trop petite pour « A » (21 octobre 2027, 9 h à 10 h) : "
            "elle reçoit 20 personnes, et on offre 21 places."
        )
    ]
