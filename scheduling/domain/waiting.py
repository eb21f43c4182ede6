"""In line for a place: where somebody stands, what they have been offered, and how their turn ends."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_
from digital_days.kernel.people import fold
from scheduling.domain.exchanges import MAY_CORRECT
from scheduling.domain.held_places import HeldPlace, held_place, places_called
from scheduling.domain.offers import go_on
from scheduling.domain.places import Answer, Applicant, Wish, take_place

State = Literal["waiting", "offered", "accepted", "declined", "expired", "withdrawn", "left", "removed", "closed"]


class NotInLine(NotFound):
    message = N_("Cette liste d’attente n’existe pas ou n’existe plus.")


class OfferOver(Conflict):
    """Whatever has ended it: the entry's state says what."""

    message = N_("Cette place n’est plus gardée pour vous : voici pourquoi.")


class InLine(Struct, frozen=True, kw_only=True):
    """An entry of a waiting list; its code is that of the place wanted.

    ``position`` counts from 1 among those who wait, null for whoever does not; ``deadline`` is that of an offer;
    ``because`` is the code of the place that withdrew the entry; ``round`` tells one offer from the one before.
    """

    place: HeldPlace
    state: State
    position: int | None
    round: int
    deadline: datetime | None
    audience: str
    because: str
    joined_at: datetime

    @property
    def code(self) -> str:
        """The place's."""
        return self.place.code

    @property
    def is_offered(self) -> bool:
        """Whether a seat is kept for the person now."""
        return self.time_left > timedelta(0)

    @property
    def time_left(self) -> timedelta:
        """To answer what is offered; none where nothing is, or no longer."""
        if self.state != "offered" or self.deadline is None:
            return timedelta(0)
        return max(timedelta(0), self.deadline - clock.now())


_ENTRIES = """
    SELECT w.code, w.state, w.round, w.deadline, w.audience, w.because, w.joined_at, CASE w.state WHEN 'waiting' THEN (
        SELECT count(*) FROM waiting_entry o
        WHERE o.slot = w.slot AND o.state = 'waiting' AND (o.rank, o.id) <= (w.rank, w.id)
    ) END AS position
    FROM waiting_entry w
"""


async def in_line(code: str) -> InLine:
    """The entry with this public code; raises ``NotInLine``."""
    row = await database.fetch_one(f"{_ENTRIES} WHERE w.code = $1", code)
    if row is None:
        raise NotInLine
    return _in_line(row, await held_place(code))


async def lines_of(person_id: int, edition_id: int) -> list[InLine]:
    """Where the person waits or has been offered a place, by time of the activity; two queries."""
    rows = await database.fetch(
        f"""
        {_ENTRIES} JOIN slot s ON s.id = w.slot JOIN activity a ON a.id = s.activity
        WHERE w.person = $1 AND a.edition = $2 AND w.state IN ('waiting', 'offered') ORDER BY s.starts_at, w.id
        """,
        person_id,
        edition_id,
    )
    places = await places_called([row["code"] for row in rows])
    return [_in_line(row, places[row["code"]]) for row in rows]


async def people_waiting(slot: str) -> int:
    """How many stand in line for the slot with this code."""
    row = await database.fetch_one(
        """
        SELECT count(*) AS people FROM waiting_entry w JOIN slot s ON s.id = w.slot
        WHERE s.code = $1 AND w.state = 'waiting'
        """,
        slot,
    )
    return int(row["people"]) if row else 0


async def withdrawn_by(codes: Sequence[str]) -> list[InLine]:
    """The entries that ended because one of these places (their codes) was taken at the same time."""
    rows = await database.fetch(
        f"{_ENTRIES} WHERE w.because = ANY($1) AND w.because <> '' AND w.state = 'withdrawn' ORDER BY w.id",
        list(codes),
    )
    places = await places_called([row["code"] for row in rows])
    return [_in_line(row, places[row["code"]]) for row in rows]


def _in_line(row: database.Row, place: HeldPlace) -> InLine:
    return InLine(place=place, **{key: value for key, value in row.items() if key != "code"})


async def leave_mistyped(key: str, applicant: Applicant) -> bool:
    """Takes out of the line whom the form with this idempotency key has put there under a mistyped address.

    False where it put nobody there (who stood there before was only told again), half an hour has passed, the address
    is proved since or is the same, or another name was typed.
    """
    row = await database.fetch_one(
        """
        SELECT k.code, w.name FROM idempotency_key k JOIN waiting_entry e ON e.code = k.code
        JOIN person w ON w.id = e.person
        WHERE k.key = $1 AND k.outcome = 'waiting' AND e.joined_at = k.created_at AND k.created_at > $2
            AND w.proved_at IS NULL AND w.account_email <> $3 AND NOT EXISTS (
                SELECT FROM outbox_message m
                WHERE m.person = w.id AND m.dedup_key LIKE 'waiting:' || e.code || ':again:%'
            )
        """,
        key,
        clock.now() - MAY_CORRECT,
        applicant.email,
    )
    return row is not None and fold(row["name"]) == fold(applicant.name) and await leave(row["code"])


async def accept(code: str, *, answers: dict[str, object] | None = None) -> Answer:
    """The seat that was offered becomes the person's place; again says that they have it.

    The answer is ``overlap`` where their agenda has something else by now, ``limit`` where they have as many places as
    the edition gives: the offer stays. ``answers`` none: those given with the wish to wait. Raises ``NotInLine``,
    ``OfferOver``, and what ``take_place`` raises.
    """
    row = await database.fetch_one(
        """
        SELECT w.person, w.audience, s.code AS slot, w.state, p.state AS place, p.answers::text
        FROM waiting_entry w JOIN slot s ON s.id = w.slot JOIN place p ON p.code = w.code WHERE w.code = $1
        """,
        code,
    )
    if row is None:
        raise NotInLine
    if row["state"] != "offered" and row["place"] != "confirmed":
        raise OfferOver
    if answers is None:
        answers = msgspec.json.decode(row["answers"], type=dict[str, object])
    answer = await take_place(
        row["slot"],
        Applicant(person_id=row["person"]),
        consents=[],
        wish=Wish(audience=row["audience"], answers=answers),
    )
    if answer.outcome == "full":
        raise OfferOver
    return answer


async def leave(code: str) -> bool:
    """The person's own word: declines an offer, else leaves the line; False when they no longer stood in it."""
    return await _end(code)


async def remove(code: str, *, by: int, words: str) -> bool:
    """An organiser takes somebody out of the line, for a reason that stays on record; False when they were out."""
    return await _end(code, by=by, words=words)


async def _end(code: str, *, by: int | None = None, words: str = "") -> bool:
    now = clock.now()
    async with database.transaction():
        slot = await hold_line(code)
        row = await database.fetch_one(
            """
            WITH old AS (SELECT id, slot, state FROM waiting_entry WHERE code = $1 AND state IN ('waiting', 'offered')),
            gone AS (
                UPDATE waiting_entry w SET deadline = NULL, updated_at = $2,
                    state = CASE WHEN NOT $3 THEN 'removed' WHEN old.state = 'offered' THEN 'declined' ELSE 'left' END
                FROM old WHERE w.id = old.id RETURNING w.id, w.state
            ), freed AS (
                UPDATE slot SET held = held - 1 FROM old WHERE slot.id = old.slot AND old.state = 'offered'
            )
            INSERT INTO waiting_event (entry, kind, words, by, at) SELECT id, state, $4, $5, $2 FROM gone RETURNING id
            """,
            code,
            now,
            by is None,
            words,
            by,
        )
        await go_on([slot], now)
    return row is not None


async def hold_line(code: str) -> int:
    """Locks the slot of this entry inside the caller's transaction, and gives it; raises ``NotInLine``."""
    row = await database.fetch_one(
        """
        SELECT id FROM slot WHERE id = (SELECT slot FROM waiting_entry WHERE code = $1) FOR NO KEY UPDATE
        """,
        code,
    )
    if row is None:
        raise NotInLine
    return int(row["id"])
