"""People who have a place in what an import moves, cancels or shrinks."""

import asyncio
from typing import Any

import pytest
from msgspec import structs

from digital_days.kernel import clock, database
from scheduling.domain.import_report import Counts, Line
from scheduling.domain.places import Answer, Applicant, NoSuchSlot, cancel_place, take_place
from scheduling.imports.model import ImportedProgramme, Remark
from tests.scheduling.domain.programmes import HALL as GRAND
from tests.scheduling.domain.programmes import LIBRARY, activity, at, every_row, imported, programme, rows, slot

NBSP = "\N{NO-BREAK SPACE}"
HALL = "Grande salle"
PLACES = """
    SELECT a.source_id, p.state, p.sequence, e.starts_at FROM place p
    JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity
    LEFT JOIN agenda_entry e ON e.source = 'scheduling.place' AND e.source_code = p.code ORDER BY p.id
"""
SLOTS = "SELECT source_id, state, sequence, seats, taken FROM slot ORDER BY source_id"


async def seat(name: str, *slots: str) -> list[str]:
    """Somebody takes a place in each of these; their codes."""
    codes = []
    for key in slots:
        found = await rows(f"SELECT code FROM slot WHERE source_id = '{key}'")
        with clock.stopped_at(at(8, day=1)):
            answer = await take_place(
                found[0][0], Applicant(name=name, email=f"{name}@example.org"), consents=[], origin="web"
            )
        assert answer.outcome == "confirmed"
        codes.append(answer.code)
    await database.fetch("DELETE FROM outbox_message WHERE topic = 'scheduling.ticket'")
    return codes


async def mails() -> list[tuple[Any, ...]]:
    """What each release promised: of which place, with which sequence, for which reason."""
    return await rows(
        """
        SELECT m.topic, (m.payload->>'release')::int, each->>'place', (each->>'sequence')::int, each->>'what'
        FROM outbox_message m LEFT JOIN jsonb_array_elements(m.payload->'places') each ON true ORDER BY m.id
        """
    )


def two(*, first: int = 13, second: int = 15, seats: int = 5, **more: Any) -> ImportedProgramme:
    return programme(
        activity("un", slot("a", first, seats=seats)),
        activity("deux", slot("b", second, room=HALL, seats=5)),
        **more,
    )


async def test_moved_slot_takes_its_people_along_and_tells_them(db: None) -> None:
    await imported(two())
    (alice,) = await seat("alice", "a")
    (bob,) = await seat("bob", "a")

    with clock.stopped_at(at(8, day=2)):
        report = await imported(two(first=17))

    assert report.changed[0].note == "2 personnes inscrites sont prévenues du changement."
    assert report.counts == Counts(rooms=2, speakers=1, labels=2, activities=2, slots=2, places_moved=2)
    assert await rows(PLACES) == [("un", "confirmed", 1, at(17)), ("un", "confirmed", 1, at(17))]
    assert await rows(SLOTS) == [("a", "scheduled", 1, 5, 2), ("b", "scheduled", 0, 5, 0)]
    assert await mails() == [("scheduling.release", 2, code, 1, "moved") for code in sorted((alice, bob))]


async def test_other_room_tells_people_and_keeps_their_hours(db: None) -> None:
    await imported(two())
    (alice,) = await seat("alice", "a")

    with clock.stopped_at(at(8, day=2)):
        await imported(
            programme(activity("un", slot("a", 13, room=HALL, seats=5)), activity("deux", slot("b", 15, seats=5)))
        )

    assert await rows(PLACES) == [("un", "confirmed", 1, at(13))]
    assert await mails() == [("scheduling.release", 2, alice, 1, "moved")]


@pytest.mark.parametrize("change", [{"venue": "Hôtel de ville"}, {"address": "5, rue Principale"}])
async def test_other_place_of_a_room_tells_people(db: None, change: dict[str, str]) -> None:
    await imported(two())
    (alice,) = await seat("alice", "a")
    await seat("bob", "b")
    moved = (structs.replace(LIBRARY, **change), GRAND)

    with clock.stopped_at(at(8, day=2)):
        report = await imported(two(rooms=moved))
        again = await imported(two(rooms=moved))

    assert [line.note for line in report.changed] == ["", "1 personne inscrite est prévenue du changement."]
    assert (again.changed, report.counts.places_moved) == ((), 1)
    assert await rows(PLACES) == [("un", "confirmed", 1, at(13)), ("deux", "confirmed", 0, at(15))]
    assert await rows(SLOTS) == [("a", "scheduled", 1, 5, 1), ("b", "scheduled", 0, 5, 1)]
    assert await mails() == [("scheduling.release", 2, alice, 1, "moved")]


async def test_two_slots_of_one_person_may_exchange_their_times(db: None) -> None:
    await imported(two())
    await seat("alice", "a", "b")

    report = await imported(two(first=15, second=13))

    assert not report.refused
    assert await rows(PLACES) == [("un", "confirmed", 1, at(15)), ("deux", "confirmed", 1, at(13))]


async def test_removed_slot_is_cancelled_and_its_people_told_when_somebody_has_a_place(db: None) -> None:
    await imported(two())
    (alice,) = await seat("alice", "a")
    await seat("bob", "b")

    with clock.stopped_at(at(8, day=2)):
        report = await imported(programme(activity("deux", slot("b", 15, room=HALL, seats=5))))

    assert report.removed == (
        Line(
            what="plage",
            title=f"Titre de un, 21{NBSP}octobre 2027, 9{NBSP}h à 10{NBSP}h, Bibliothèque",
            note=f"1 personne inscrite est prévenue{NBSP}: sa place est annulée.",
        ),
    )
    assert report.counts.places_cancelled == 1
    assert await rows(PLACES) == [("un", "cancelled", 1, None), ("deux", "confirmed", 0, at(15))]
    assert await rows(SLOTS) == [("a", "cancelled", 1, 5, 0), ("b", "scheduled", 0, 5, 1)]
    assert await mails() == [("scheduling.release", 2, alice, 1, "cancelled")]


async def test_cancelled_slot_is_not_cancelled_again_when_the_file_comes_again(db: None) -> None:
    await imported(two())
    await seat("alice", "a")
    without = programme(
        activity("deux", slot("b", 15, room=HALL, seats=5), kind="", theme=""), rooms=two().rooms[1:], labels=()
    )
    await imported(without)
    before = await every_row()

    report = await imported(without)

    assert report.empty
    assert await every_row() == before


async def test_cancelled_slot_takes_place_again_without_its_people_when_it_comes_back(db: None) -> None:
    await imported(two())
    await seat("alice", "a")
    await imported(programme(activity("deux", slot("b", 15, room=HALL, seats=5))))

    report = await imported(two(first=14))

    assert [change.field for change in report.changed[0].changes] == ["moment", "annulée"]
    assert await rows(PLACES) == [("un", "cancelled", 1, None)]
    assert await rows(SLOTS) == [("a", "scheduled", 2, 5, 0), ("b", "scheduled", 0, 5, 0)]


async def test_slot_is_remembered_when_its_only_place_was_given_back(db: None) -> None:
    await imported(two())
    (alice,) = await seat("alice", "a")
    with clock.stopped_at(at(8, day=2)):
        await cancel_place(alice)
    told = await mails()

    await imported(programme(activity("deux", slot("b", 15, room=HALL, seats=5))))

    assert await rows(SLOTS) == [("a", "cancelled", 1, 5, 0), ("b", "scheduled", 0, 5, 0)]
    assert await mails() == told


async def test_nobody_is_written_to_when_the_slot_is_over(db: None) -> None:
    await imported(two())
    await seat("alice", "a", "b")

    with clock.stopped_at(at(8, day=30)):
        await imported(programme(activity("un", slot("a", 14, seats=5))))

    assert await mails() == []
    assert await rows(PLACES) == [("un", "confirmed", 1, at(14)), ("deux", "cancelled", 1, None)]


async def test_person_keeps_both_places_and_is_asked_when_an_import_puts_them_at_the_same_time(db: None) -> None:
    await imported(two())
    (first, second) = await seat("alice", "a", "b")
    await seat("charlie", "b")

    with clock.stopped_at(at(8, day=2)):
        await imported(two(first=15))

    assert await rows("SELECT code, state, reason FROM place ORDER BY id LIMIT 2") == [
        (first, "confirmed", "choose"),
        (second, "confirmed", ""),
    ]
    assert await rows(PLACES) == [
        ("un", "confirmed", 1, None),
        ("deux", "confirmed", 0, at(15)),
        ("deux", "confirmed", 0, at(15)),
    ]
    assert await mails() == [("scheduling.release", 2, first, 1, "choose")]


async def test_contradiction_goes_to_the_draft_and_is_told_and_nothing_is_published(db: None) -> None:
    await imported(two())
    released = await rows("SELECT number, document::text FROM release")
    twice = programme(activity("un", slot("a", 13, seats=5)), activity("deux", slot("b", 13, seats=5)))

    report = await imported(twice)
    again = await imported(twice)

    times = f"21{NBSP}octobre 2027, 9{NBSP}h à 10{NBSP}h"
    said = f"La salle «{NBSP}Bibliothèque{NBSP}» est prise par plusieurs activités à la fois{NBSP}: "
    one, other = (f"«{NBSP}Titre de {key}{NBSP}» ({times})" for key in ("un", "deux"))
    assert report.blocked == again.blocked
    assert [sentence.replace(one, "…").replace(other, "…") for sentence in report.blocked if "salle" in sentence] == [
        f"{said}… et ….",
    ]
    assert [line.what for line in report.changed] == ["plage"]
    assert again.changed == ()
    assert await rows("SELECT number, document::text FROM release") == released
    assert await rows(
        "SELECT e.slug LIKE '~%', s.source_id, s.starts_at FROM slot s JOIN activity a ON a.id = s.activity "
        "JOIN edition e ON e.id = a.edition WHERE s.source_id = 'b' ORDER BY 1"
    ) == [(False, "b", at(15)), (True, "b", at(13))]


async def test_import_is_refused_when_seats_would_not_be_enough(db: None) -> None:
    await imported(two())
    await seat("alice", "a")
    await seat("bob", "a")
    before = await every_row()

    refused = await imported(two(seats=1))
    unchanged = await every_row() == before
    enough = await imported(two(seats=2))

    assert refused.errors == (
        Remark(
            f"Titre de un, 21{NBSP}octobre 2027, 9{NBSP}h à 10{NBSP}h, Bibliothèque",
            f"1 place ne suffit pas{NBSP}: 2 personnes sont déjà inscrites.",
        ),
    )
    assert unchanged
    assert not enough.refused


async def test_imports_of_one_edition_wait_for_one_another(committed: None) -> None:
    await imported(two())

    reports = await asyncio.gather(*(imported(two(first=hour, second=20)) for hour in (14, 15, 16, 17)))

    assert not any(report.refused for report in reports)
    assert await rows("SELECT sequence FROM slot WHERE source_id = 'a'") == [(4,)]


async def test_first_imports_of_one_edition_make_one_edition(committed: None) -> None:
    reports = await asyncio.gather(*(imported(two()) for _each in range(4)))

    assert sorted(len(report.added) for report in reports) == [0, 0, 0, 8]
    assert await rows("SELECT count(*) FROM edition") == [(1,)]


async def test_places_and_agendas_agree_when_people_register_while_the_programme_moves(committed: None) -> None:
    await imported(two(seats=50))
    codes = dict(await rows("SELECT source_id, code FROM slot"))

    async def register(number: int) -> None:
        with clock.stopped_at(at(8, day=1)):
            await take_place(
                codes["a"], Applicant(name="Bob", email=f"bob{number}@example.org"), consents=[], origin="web"
            )

    await asyncio.gather(
        *(register(number) for number in range(15)),
        imported(two(first=14, second=20, seats=50)),
        *(register(number) for number in range(15, 30)),
    )

    assert await rows(
        """
        SELECT count(*), count(e.id), count(*) FILTER (WHERE (e.starts_at, e.ends_at) = (s.starts_at, s.ends_at)),
            min(s.taken), max(s.taken)
        FROM place p JOIN slot s ON s.id = p.slot
        LEFT JOIN agenda_entry e ON e.source = 'scheduling.place' AND e.source_code = p.code
        """
    ) == [(30, 30, 30, 30, 30)]


async def registering_while(change: ImportedProgramme) -> BaseException | Answer:
    """Somebody asks for a seat in « a » after the import has locked it and before the import is committed."""
    await imported(two())
    code = dict(await rows("SELECT source_id, code FROM slot"))["a"]
    locked = asyncio.Event()

    async def register() -> Answer:
        await locked.wait()
        with clock.stopped_at(at(8, day=1)):
            return await take_place(code, Applicant(name="Bob", email="bob@example.org"), consents=[])

    waiting = asyncio.create_task(register())  # before the transaction, so that it takes no part in it
    async with database.transaction():
        await imported(change)
        locked.set()
        await asyncio.sleep(0.3)
    return (await asyncio.gather(waiting, return_exceptions=True))[0]


async def test_registration_gets_the_new_hours_when_the_slot_moves_under_it(committed: None) -> None:
    answer = await registering_while(two(first=17))

    assert isinstance(answer, Answer)
    assert answer.outcome == "confirmed"
    assert await rows(PLACES) == [("un", "confirmed", 0, at(17))]


async def test_registration_is_told_when_the_slot_goes_under_it(committed: None) -> None:
    answer = await registering_while(programme(activity("deux", slot("b", 15, room=HALL, seats=5))))

    assert isinstance(answer, NoSuchSlot)
