"""Whatever people do, in whatever order: no seat twice, none idle while somebody who can come waits, each in turn."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from digital_days.kernel import clock, consents, database
from scheduling.domain.exchanges import take_instead_of
from scheduling.domain.line_order import NoLongerWaits, move_in_line
from scheduling.domain.offers import sweep
from scheduling.domain.places import (
    AlreadyStarted,
    Answer,
    Applicant,
    RegistrationClosed,
    Wish,
    cancel_place,
    take_place,
)
from scheduling.domain.waiting import OfferOver, accept, leave, remove
from tests.factories import IN_A_YEAR, make_activity, make_edition, make_person, make_slot

AGREED = consents.given({"registration"}, organiser="MRC d’Argenteuil")
START = IN_A_YEAR - timedelta(days=3)
STUDENTS, MOST = "etudiants", 2
RESERVED_UNTIL, MOST_UNTIL = START + timedelta(hours=30), START + timedelta(hours=60)


class World:
    """Four workshops: the first two at the same time, the first with a seat for students; six people, two of them."""

    def __init__(self) -> None:
        self.now = START
        self.slots: list[Any] = []
        self.people: list[int] = []
        self.is_swept = False

    async def begin(self) -> None:
        edition = await make_edition()
        for number, (seats, hour) in enumerate([(2, 0), (1, 0), (1, 2), (1, 4)]):
            activity = await make_activity(edition, f"Atelier {number}")
            self.slots.append(await make_slot(activity, seats=seats, starts_at=IN_A_YEAR + timedelta(hours=hour)))
            if not number:
                await database.fetch(
                    """
                    INSERT INTO activity_rules (edition, activity, reserved_seats, reserved_for, reserved_until)
                    VALUES ($1, $2, 1, $3, $4)
                    """,
                    edition.id,
                    activity.code,
                    STUDENTS,
                    RESERVED_UNTIL,
                )
        await database.fetch(
            "INSERT INTO edition_rules (edition, most, most_until) VALUES ($1, $2, $3)", edition.id, MOST, MOST_UNTIL
        )
        self.people = [await make_person(f"P{number}", f"p{number}@example.ca") for number in range(6)]

    async def do(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """One step, among those that make sense now."""
        entries = [each for each in await self.state() if each["state"] in ("waiting", "offered")]
        places = await database.fetch("SELECT code, person, slot FROM place WHERE state = 'confirmed' ORDER BY id")
        kinds = ["ask", "ask", "ask", "later"] + ["cancel", "swap"] * bool(places)
        kinds += ["answer", "answer", "remove", "move", "more"] * bool(entries)
        kind = draw(st.sampled_from(kinds))
        self.is_swept = kind in ("later", "more")  # everything else goes on by itself
        slot = self.slots[draw(st.integers(0, 3))]
        if kind == "ask":
            person = draw(st.integers(0, 5))
            wish = Wish(wait=True, audience=STUDENTS if person < 2 else "")
            await take_place(slot.code, Applicant(person_id=self.people[person]), consents=AGREED, wish=wish)
        elif kind == "later":
            self.now += timedelta(minutes=draw(st.sampled_from([1, 20, 240, 780])))
        elif kind in ("cancel", "swap"):
            place = draw(st.sampled_from(places))
            if kind == "cancel":
                await cancel_place(place["code"])
            else:
                await all_or_nothing(take_instead_of([place["code"]], slot.code, place["person"], consents=AGREED))
        else:
            await self.go_on_with(kind, draw(st.sampled_from(entries)), draw)

    async def go_on_with(self, kind: str, entry: dict[str, Any], draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """Something about an entry in line."""
        if kind == "answer":
            await (accept if draw(st.booleans()) else leave)(entry["code"])
        elif kind == "remove":
            await remove(entry["code"], by=self.people[0], words="Inscrite deux fois")
        elif kind == "move":
            await move_in_line(entry["code"], draw(st.integers(1, 4)), by=self.people[0], words="Fauteuil roulant")
        else:
            await database.fetch("UPDATE slot SET seats = seats + 1 WHERE id = $1", entry["slot"])

    async def state(self) -> list[dict[str, Any]]:
        rows = await database.fetch(
            """
            SELECT w.id, w.person, w.slot, w.state, w.rank, w.audience, w.code, w.deadline, s.starts_at, s.ends_at
            FROM waiting_entry w JOIN slot s ON s.id = w.slot ORDER BY w.slot, w.rank, w.id
            """
        )
        return [dict(row) for row in rows]


async def all_or_nothing(exchange: Awaitable[Answer | None]) -> None:
    """What changes nothing undoes its transaction; here, inside that of the test, it is a savepoint."""
    current = database.DB.current_transaction.get()
    assert current
    savepoint = current.connection.transaction()
    await savepoint.start()
    await (savepoint.commit() if await exchange else savepoint.rollback())


async def cannot_come(entry: dict[str, Any], now: Any, *, free: int, but: int = 0) -> bool:
    """Said independently of the program: busy, at the most, or the seats are the students' (``but`` for one offer)."""
    held = await database.fetch(
        """
        SELECT s.id, s.starts_at, s.ends_at FROM place p JOIN slot s ON s.id = p.slot
        WHERE p.person = $1 AND p.state = 'confirmed'
        """,
        entry["person"],
    )
    if any(each["starts_at"] < entry["ends_at"] and entry["starts_at"] < each["ends_at"] for each in held):
        return True
    if now < MOST_UNTIL and len(held) >= MOST:
        return True
    if now >= RESERVED_UNTIL or entry["audience"] == STUDENTS:
        return False
    row = await database.fetch_one(
        """
        SELECT (SELECT count(*) FROM activity_rules r JOIN activity a ON a.source_id = r.activity
            JOIN slot s ON s.activity = a.id WHERE s.id = $1) AS reserved,
            (SELECT count(*) FROM place WHERE slot = $1 AND state = 'confirmed' AND audience = $2)
            + (SELECT count(*) FROM waiting_entry WHERE slot = $1 AND state = 'offered' AND audience = $2 AND id <> $3)
            AS students
        """,
        entry["slot"],
        STUDENTS,
        but,
    )
    assert row
    return bool(free <= max(0, row["reserved"] - row["students"]))


async def check(before: list[dict[str, Any]], after: list[dict[str, Any]], now: Any) -> None:
    counts = await database.fetch(
        """
        SELECT s.id, s.seats, s.taken, s.held,
            (SELECT count(*) FROM place p WHERE p.slot = s.id AND p.state = 'confirmed') AS places,
            (SELECT count(*) FROM waiting_entry w WHERE w.slot = s.id AND w.state = 'offered') AS offers
        FROM slot s
        """
    )
    free = {row["id"]: row["seats"] - row["taken"] - row["held"] for row in counts}
    for row in counts:
        assert (row["taken"], row["held"]) == (row["places"], row["offers"])
        assert free[row["id"]] >= 0
    was = {entry["id"]: entry["state"] for entry in before}
    waits = [entry for entry in after if entry["state"] == "waiting"]
    for entry in waits:
        if free[entry["slot"]]:
            assert await cannot_come(entry, now, free=free[entry["slot"]]), "a seat is free, and somebody waits"
    for entry in after:
        if entry["state"] == "offered" and was.get(entry["id"]) != "offered":
            ahead = [each for each in waits if each["slot"] == entry["slot"] and each["rank"] < entry["rank"]]
            for each in ahead:  # as it was before this offer
                assert await cannot_come(each, now, free=free[entry["slot"]] + 1, but=entry["id"]), "passed over"
    unexplained = await database.fetch(
        """
        SELECT w.id FROM waiting_entry w WHERE (
            SELECT v.kind FROM waiting_event v WHERE v.entry = w.id AND v.kind NOT IN ('passed', 'moved')
            ORDER BY v.id DESC LIMIT 1
        ) IS DISTINCT FROM CASE w.state WHEN 'waiting' THEN 'joined' ELSE w.state END
        """
    )
    assert not unexplained
    offers = await database.fetch_one(
        """
        SELECT (SELECT count(*) FROM waiting_event WHERE kind = 'offered') AS made,
            (SELECT count(*) FROM outbox_message WHERE topic = 'scheduling.offer' AND dedup_key NOT LIKE '%again%')
            AS told
        """
    )
    assert offers
    assert offers["made"] == offers["told"]


# What fails is told as it was drawn: finding a shorter one takes minutes.
@settings(max_examples=40, suppress_health_check=list(HealthCheck), phases=[Phase.reuse, Phase.generate])
@given(data=st.data())
async def test_line_is_fair_whatever_happens(pool: None, data: st.DataObject) -> None:
    async with database.taken_back():
        world = World()
        await world.begin()
        before: list[dict[str, Any]] = []
        for _ in range(40):
            with clock.stopped_at(world.now), suppress(NoLongerWaits, OfferOver, RegistrationClosed, AlreadyStarted):
                await world.do(data.draw)
            if world.is_swept:
                await sweep(world.now)
            after = await world.state()
            await check(before, after, world.now)
            before = after
