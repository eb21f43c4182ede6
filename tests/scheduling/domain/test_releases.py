"""A release: what the public gets, what blocks it, what stays on record for ever."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from digital_days.kernel import database
from digital_days.kernel.errors import Refusal
from scheduling.domain import documents
from scheduling.domain.drafts import draft_of
from scheduling.domain.places import Applicant
from scheduling.domain.programme_reading import programme_of
from scheduling.domain.releases import (
    Blocked,
    DraftChanged,
    NothingNew,
    ReasonNeeded,
    ReleasedMeanwhile,
    prepared,
    publish_release,
    releases_of,
)
from scheduling.domain.stored_programme import stored_programme
from tests.conftest import forget_everything
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_room, make_slot
from tests.scheduling.registered import ask_for_place, registered
from tests.scheduling.releasing import alice, make_speaker, move, release, remove, seen, twin

LATER = IN_A_YEAR + timedelta(hours=3)


async def times_of(edition: Made) -> list[str]:
    """What the public reads."""
    forget_everything()
    return [f"{slot.starts_at:%H:%M}" for slot in (await programme_of(edition.id)).slots]


async def test_public_sees_a_change_of_the_draft_only_when_it_is_released(db: None):
    bob = await registered()
    await draft_of(bob.edition.id)
    await move(bob.edition, bob.slot, LATER)

    before = await times_of(bob.edition)
    number = await release(bob.edition, "Programme d’août")

    assert (before, await times_of(bob.edition)) == (["13:00"], ["16:00"])
    assert [(each.number, each.name) for each in await releases_of(bob.edition.id)] == [(number, "Programme d’août")]


async def test_public_codes_stay_when_a_release_moves_and_renames(db: None):
    bob = await registered()
    draft = await draft_of(bob.edition.id)
    await move(bob.edition, bob.slot, LATER)
    await database.fetch("UPDATE activity SET title_fr = 'Autre titre' WHERE edition = $1", draft)

    await release(bob.edition)

    [row] = await database.fetch("SELECT code, title_fr FROM activity WHERE edition = $1", bob.edition.id)
    assert (row["code"], row["title_fr"]) == (bob.activity.code, "Autre titre")
    assert await database.fetch_one("SELECT id FROM slot WHERE code = $1", bob.slot.code)


async def test_what_has_no_time_yet_is_not_public_nor_who_would_present_it(db: None):
    bob = await registered()
    draft = await draft_of(bob.edition.id)
    unplaced = await make_activity(Made(draft, ""), "Encore une idée")
    await make_speaker(draft, unplaced)
    await move(bob.edition, bob.slot, LATER)

    await release(bob.edition)

    public = (await stored_programme(bob.edition.id)).facts
    assert [each.title_fr for each in public.activities.values()] == ["Mots de passe solides"]
    assert public.speakers == {}


async def test_document_says_the_whole_programme_and_is_read_back_the_same(db: None):
    bob = await registered()
    await draft_of(bob.edition.id)
    await move(bob.edition, bob.slot, LATER)
    await release(bob.edition)

    [row] = await database.fetch("SELECT document::text FROM release")

    assert documents.facts_in(documents.read(row["document"])) == (await stored_programme(bob.edition.id)).facts


async def test_first_release_announces_the_edition(db: None):
    edition = await make_edition()
    await database.fetch("UPDATE edition SET announced = false")
    await make_slot(await make_activity(Made(await draft_of(edition.id), "")))

    await release(edition)

    assert await database.fetch_one("SELECT announced FROM edition WHERE id = $1 AND announced", edition.id)


async def test_release_is_refused_when_a_room_is_needed_twice(db: None):
    bob = await registered()
    draft = await draft_of(bob.edition.id)
    [room] = await database.fetch("SELECT id FROM room WHERE edition = $1", draft)
    await make_slot(await make_activity(Made(draft, ""), "Deux"), room=room["id"])

    with pytest.raises(Blocked):
        await release(bob.edition, override="Tant pis")

    assert (await prepared(bob.edition.id)).obstacles.hard
    assert await releases_of(bob.edition.id) == []
    assert await times_of(bob.edition) == ["13:00"]


async def test_release_is_refused_when_a_speaker_is_needed_twice(db: None):
    bob = await registered()
    draft = await draft_of(bob.edition.id)
    other = await make_activity(Made(draft, ""), "Deux")
    await make_slot(other)
    await make_speaker(draft, other, await twin(bob.edition, bob.activity))

    with pytest.raises(Blocked):
        await release(bob.edition)


async def test_release_is_refused_when_seats_would_be_lost(db: None):
    bob = await registered()
    draft = await draft_of(bob.edition.id)
    await database.fetch(
        "UPDATE slot SET seats = 0 FROM activity a WHERE a.id = slot.activity AND a.edition = $1", draft
    )

    with pytest.raises(Blocked):
        await release(bob.edition)


async def test_release_with_warnings_needs_a_reason_which_is_kept(db: None):
    bob = await registered()
    draft = await draft_of(bob.edition.id)
    await database.fetch("UPDATE room SET capacity = 3 WHERE edition = $1", draft)

    with pytest.raises(ReasonNeeded):
        await release(bob.edition, override="  ")
    await release(bob.edition, override="On ouvre la cloison.")

    [row] = await database.fetch("SELECT override FROM release")
    assert row["override"] == "On ouvre la cloison."


async def test_release_is_refused_when_nothing_is_new(db: None):
    bob = await registered()
    await release(bob.edition)

    with pytest.raises(NothingNew):
        await release(bob.edition)


async def test_release_is_refused_when_the_draft_changed_after_the_look(db: None):
    bob = await registered()
    looked = await seen(bob.edition)
    await move(bob.edition, bob.slot, LATER)

    with pytest.raises(DraftChanged):
        await publish_release(bob.edition.id, name="Vue trop tôt", by=await alice(), seen=looked)


async def test_one_of_two_releases_at_once_wins_and_the_other_is_told(committed: None):
    bob = await registered()
    await draft_of(bob.edition.id)
    await move(bob.edition, bob.slot, LATER)
    looked, by = await seen(bob.edition), await alice()

    outcomes = await asyncio.gather(
        *(publish_release(bob.edition.id, name=name, by=by, seen=looked) for name in ("A", "B", "C")),
        return_exceptions=True,
    )

    assert sorted(type(each).__name__ for each in outcomes) == ["ReleasedMeanwhile", "ReleasedMeanwhile", "int"]
    [won] = await releases_of(bob.edition.id)
    told = {str(each) for each in outcomes if isinstance(each, Refusal)}
    assert told == {str(ReleasedMeanwhile(name=won.name))}
    assert await database.fetch_one(
        "SELECT count(*) FROM outbox_message WHERE topic = 'scheduling.release' HAVING count(*) = 1"
    )


async def test_registrations_during_a_release_get_the_new_hours_or_are_moved(committed: None):
    edition = await make_edition()
    slot = await make_slot(await make_activity(edition), seats=40)
    await draft_of(edition.id)
    await move(edition, slot, LATER)
    looked, by = await seen(edition), await alice()

    async def register(number: int) -> None:
        await ask_for_place(slot, Applicant(name="Bob", email=f"bob{number}@example.ca"))

    await asyncio.gather(
        *(register(number) for number in range(10)),
        publish_release(edition.id, name="Pendant ce temps", by=by, seen=looked),
        *(register(number) for number in range(10, 20)),
    )

    rows = await database.fetch(
        """
        SELECT e.starts_at, count(*) AS people FROM place p
        JOIN agenda_entry e ON e.source = 'scheduling.place' AND e.source_code = p.code
        WHERE p.state = 'confirmed' GROUP BY e.starts_at
        """
    )
    assert [(row["starts_at"], row["people"]) for row in rows] == [(LATER, 20)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE release SET name = 'Autre'",
        "UPDATE release SET document = '{}'",
        "DELETE FROM release",
        "DELETE FROM release_claim",
        "UPDATE release_claim SET thing = 0",
    ],
)
async def test_release_never_changes_whoever_asks_the_database(db: None, statement: str):
    edition = await make_edition()
    room = await make_room(edition)
    await make_slot(await make_activity(edition), room=room)
    await release(edition)

    with pytest.raises(asyncpg.RestrictViolationError):
        await database.fetch(statement)


@pytest.mark.parametrize("kind", ["room", "speaker"])
async def test_database_refuses_a_room_or_a_speaker_twice_at_once_in_a_release(db: None, kind: str):
    edition = await make_edition()
    await make_slot(await make_activity(edition))
    await release(edition)
    claim = """
        INSERT INTO release_claim (release, kind, thing, slot, starts_at, ends_at)
        SELECT id, $1, 7, $2, $3::timestamptz, $3::timestamptz + interval '1 hour' FROM release
    """
    await database.fetch(claim, kind, "one", IN_A_YEAR)
    await database.fetch(claim, kind, "touches it", IN_A_YEAR + timedelta(hours=1))

    with pytest.raises(asyncpg.ExclusionViolationError):
        await database.fetch(claim, kind, "overlaps", IN_A_YEAR + timedelta(minutes=30))


async def test_what_a_release_needs_is_claimed_in_the_database(db: None):
    bob = await registered()
    draft = await draft_of(bob.edition.id)
    await make_speaker(draft, await twin(bob.edition, bob.activity))

    await release(bob.edition)

    rows = await database.fetch("SELECT kind, slot, starts_at, ends_at FROM release_claim ORDER BY kind")
    until = IN_A_YEAR + timedelta(hours=1)
    assert [(row["kind"], row["slot"], row["starts_at"], row["ends_at"]) for row in rows] == [
        ("room", bob.slot.code, IN_A_YEAR, until),
        ("speaker", bob.slot.code, IN_A_YEAR, until),
    ]


async def test_removed_slot_that_nobody_asked_for_is_gone(db: None):
    edition = await make_edition()
    kept, gone = [await make_slot(await make_activity(edition, title)) for title in ("Un", "Deux")]
    await remove(edition, gone)

    await release(edition)

    assert await database.fetch_one("SELECT id FROM slot WHERE code = $1", kept.code)
    assert not await database.fetch_one("SELECT id FROM slot WHERE code = $1", gone.code)
