"""What a release changed, as everybody reads it."""

from datetime import timedelta

import pytest

from digital_days.kernel import clock, database
from scheduling.domain.changelog import changelog_of
from scheduling.domain.changes import Moment
from scheduling.domain.drafts import draft_of
from scheduling.domain.programme_reading import programme_of
from scheduling.domain.words import Words
from tests.conftest import forget_everything
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_room, make_slot
from tests.scheduling.releasing import move, release, remove

pytestmark = pytest.mark.usefixtures("db")
HOUR = timedelta(hours=1)
NOWHERE = Words("", "")


async def released() -> tuple[Made, dict[str, Made]]:
    """A release of three activities in the Salle des Lilas."""
    edition = await make_edition()
    room = await make_room(edition)
    slots = {}
    for number, title in enumerate(("Un", "Deux", "Trois")):
        activity = await make_activity(edition, title, title_en=f"{title} (en)")
        slots[title] = await make_slot(activity, room=room, starts_at=IN_A_YEAR + number * HOUR)
    await release(edition, "Première")
    return edition, slots


async def test_changes_say_what_moved_came_went_and_changed_in_that_order():
    edition, slots = await released()
    draft = await draft_of(edition.id)
    await move(edition, slots["Un"], IN_A_YEAR + 5 * HOUR)
    await remove(edition, slots["Deux"])
    await make_slot(await make_activity(Made(draft, ""), "Quatre"))
    await database.fetch(
        "UPDATE activity SET summary_fr = 'Mieux dit.' WHERE edition = $1 AND title_fr = 'Trois'", draft
    )

    await release(edition, "Deuxième")

    lilas = Words("Salle des Lilas", "")
    first = Moment(starts_at=IN_A_YEAR, ends_at=IN_A_YEAR + HOUR, room=lilas)
    latest = (await changelog_of(edition.id)).entries[0]
    assert [(each.kind, each.title, each.was, each.now, each.field_names) for each in latest.changes] == [
        (
            "moved",
            Words("Un", "Un (en)"),
            first,
            Moment(starts_at=IN_A_YEAR + 5 * HOUR, ends_at=IN_A_YEAR + 6 * HOUR, room=lilas),
            [],
        ),
        ("added", Words("Quatre", ""), None, Moment(starts_at=IN_A_YEAR, ends_at=IN_A_YEAR + HOUR, room=NOWHERE), []),
        (
            "removed",
            Words("Deux", "Deux (en)"),
            Moment(starts_at=IN_A_YEAR + HOUR, ends_at=IN_A_YEAR + 2 * HOUR, room=lilas),
            None,
            [],
        ),
        ("changed", Words("Trois", "Trois (en)"), None, None, ["résumé"]),
    ]


async def test_another_room_is_a_move():
    edition, _slots = await released()
    await database.fetch("UPDATE room SET name = 'Salle des Roses' WHERE edition = $1", await draft_of(edition.id))

    await release(edition)

    [latest, _first] = (await changelog_of(edition.id)).entries
    assert {
        (each.kind, str(each.was and each.was.room), str(each.now and each.now.room)) for each in latest.changes
    } == {("moved", "Salle des Lilas", "Salle des Roses")}


async def test_seats_and_equipment_are_no_news():
    edition, _slots = await released()
    draft = await draft_of(edition.id)
    await database.fetch("UPDATE room SET equipment_fr = 'Écran' WHERE edition = $1", draft)

    await release(edition)

    assert (await changelog_of(edition.id)).entries[0].changes == ()


async def test_first_release_counts_what_it_began_with():
    edition, _slots = await released()

    [first] = (await changelog_of(edition.id)).entries

    assert (first.release.name, first.changes, first.slots) == ("Première", (), 3)


async def test_slot_remembers_for_some_days_when_and_where_it_was_before():
    edition, slots = await released()
    await move(edition, slots["Un"], IN_A_YEAR + 5 * HOUR)
    await release(edition)
    forget_everything()

    found = (await programme_of(edition.id)).slots
    [moved] = [each for each in found if each.code == slots["Un"].code]
    others = [each for each in found if each.code != slots["Un"].code]

    assert (moved.was_starts_at, str(moved.was_room), moved.has_moved_lately) == (IN_A_YEAR, "Salle des Lilas", True)
    assert [each.has_moved_lately for each in others] == [False, False]
    with clock.stopped_at(clock.now() + timedelta(days=4)):
        assert not moved.has_moved_lately
