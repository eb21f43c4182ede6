"""One place for another: the new one is taken and the old ones are given back together, or nothing changes."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial

import asyncpg
from msgspec import structs

from digital_days.kernel import clock, database
from digital_days.kernel.agreements import withdraw_pending
from digital_days.kernel.people import fold
from scheduling.domain.empty_registrations import end_empty_registration
from scheduling.domain.giving_back import By, give_back, hold_slots
from scheduling.domain.places import AGAIN, NOTHING_MORE, TRIES, Answer, Applicant, Overtaken, Wish, take_place

MAY_CORRECT = timedelta(minutes=30)

_Find = Callable[[], Awaitable[list[database.Row]]]

_OWN = """
    SELECT p.id, p.person, a.edition, s.code AS slot, '' AS name
    FROM place p JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity
    WHERE p.code = ANY($1) AND p.person = $2 AND p.state = 'confirmed'
"""

# Only what this very form has brought, while nobody has touched it since: neither its owner, who would have proved
# the address, nor somebody who asked for the same and was sent the ticket again.
_MISTYPED = """
    SELECT p.id, p.person, a.edition, s.code AS slot, w.name
    FROM idempotency_key k
    JOIN place p ON p.code = k.code
    JOIN person w ON w.id = p.person
    JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity
    WHERE k.key = $1 AND k.outcome = 'confirmed' AND k.created_at > $2
        AND s.code = $3 AND p.state = 'confirmed' AND p.updated_at <= k.created_at
        AND w.proved_at IS NULL AND w.account_email <> $4
        AND NOT EXISTS (
            SELECT FROM outbox_message m
            WHERE m.person = w.id AND (
                m.topic = 'scheduling.ticket' AND m.payload->>'place' = p.code AND m.payload ? 'again'
                OR m.topic = 'scheduling.agenda' AND m.payload->'places' ? p.code
            )
        )
"""


class _NothingChanges(Exception):
    """The place wanted is not to be had: the old ones stay."""


async def take_instead_of(
    places: Sequence[str], slot: str, person_id: int, *, consents: list[dict[str, object]], wish: Wish = NOTHING_MORE
) -> Answer | None:
    """The person's own ``places`` (codes) for one in ``slot``; none when nothing has changed. One transaction.

    Nothing changes where the person has a place in that slot already: nobody swaps a place for one they hold.
    """
    if not places:
        return None
    find = partial(database.fetch, _OWN, list(places), person_id)
    return await _exchange(find, slot, Applicant(person_id=person_id), consents, by="person", wish=wish)


async def take_instead_of_mistyped(
    key: str,
    slot: str,
    applicant: Applicant,
    *,
    consents: list[dict[str, object]],
    idempotency_key: str,
    wish: Wish = NOTHING_MORE,
) -> Answer | None:
    """The place that the form with this key brought under a mistyped address, for one under the right address.

    None when nothing has changed: that place was no new one, its address is proved, another name was typed, or the
    new place is not to be had. One transaction.
    """
    since = clock.now() - MAY_CORRECT
    find = partial(database.fetch, _MISTYPED, key, since, slot, applicant.email)
    return await _exchange(find, slot, applicant, consents, by="correction", wish=wish, idempotency_key=idempotency_key)


async def give_place(
    place: str, slot: str, person_id: int, to: Applicant, *, consents: list[dict[str, object]]
) -> Answer | None:
    """The person's own place goes to somebody else, whoever waits; none when nothing has changed. One transaction.

    What is agreed to for them is pending until they prove their address, as in any form that somebody else fills in.
    Nothing changes where they hold a place there, are expected elsewhere, or have as many as the edition gives.
    """
    find = partial(database.fetch, _OWN, [place], person_id)
    return await _exchange(find, slot, to, consents, by="given", wish=NOTHING_MORE)


async def _exchange(
    find: _Find,
    slot: str,
    applicant: Applicant,
    consents: list[dict[str, object]],
    *,
    by: By,
    wish: Wish,
    idempotency_key: str | None = None,
) -> Answer | None:
    for _ in range(TRIES):
        try:
            async with database.transaction():
                handed = await _give_back(find, slot, applicant, by=by)
                asked = structs.replace(wish, handed=handed)
                answer = await take_place(
                    slot, applicant, consents=consents, idempotency_key=idempotency_key, wish=asked
                )
                return _had(answer, by)
        except _NothingChanges:
            return None
        except asyncpg.PostgresError as error:
            if error.sqlstate not in AGAIN:
                raise
    raise Overtaken


def _had(answer: Answer, by: By) -> Answer:
    if answer.outcome != "confirmed" and not (answer.outcome == "already" and by == "correction"):
        raise _NothingChanges
    return answer


async def _give_back(find: _Find, slot: str, applicant: Applicant, *, by: By) -> bool:
    """Holds people by id, then slots by id, as everybody does, and looks again at what may be given back.

    True where a seat of the wanted slot itself is free now, for the applicant.
    """
    await database.fetch(
        "SELECT FROM person WHERE id = ANY($1) OR account_email = $2 ORDER BY id FOR NO KEY UPDATE",
        [row["person"] for row in await find()],
        applicant.email,
    )
    places = [row for row in await find() if by == "given" or _is_theirs(row["name"], applicant)]
    if not places:
        raise _NothingChanges
    await hold_slots([row["id"] for row in places], also=slot)
    now = clock.now()
    is_same = slot in {row["slot"] for row in places}
    if is_same and by == "person":
        raise _NothingChanges
    await give_back([row["id"] for row in places], by=by, now=now, handed=slot if is_same else "")
    if by == "correction":
        for person, edition in sorted({(row["person"], row["edition"]) for row in places}):
            await withdraw_pending(person, edition)
            await end_empty_registration(person, edition, now)
    return is_same


def _is_theirs(name: str, applicant: Applicant) -> bool:
    """The next person at a shared computer may find the page of the one before, and types another name."""
    return applicant.person_id is not None or fold(name) == fold(applicant.name)
