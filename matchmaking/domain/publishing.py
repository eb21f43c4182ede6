"""A plan is published: everybody's meetings, agendas and letters in one transaction, or nothing of it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from digital_days.kernel import clock, codes, database
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, _, format_time
from matchmaking.domain.drafts import DraftPlace
from matchmaking.domain.pool import SOURCES
from matchmaking.domain.publications import Publication, last_publication
from matchmaking.domain.rounds import Round
from matchmaking.domain.told import Told, tell_changes


class PublishedMeanwhile(Conflict):
    message = N_("Quelqu’un vient de publier un autre horaire. Regardez-le, puis publiez de nouveau si vous le voulez.")


class BrokenPlan(Conflict):
    message = N_("Cet horaire met deux rencontres au même moment ou à la même table : corrigez-le d’abord.")


class AlreadyBegun(Conflict):
    message = N_(
        "Des rencontres de cet horaire tombent sur d’autres qui ont déjà eu lieu ou commencé. Refaites les rondes qui "
        "restent, à la page « Jour »."
    )


class NotThere(Conflict):
    message = N_("Ne participe plus : %(names)s. Refaites l’horaire, ou retirez ces rencontres.")


class NoTable(Conflict):
    message = N_("Il manque une table pour : %(whom)s. Choisissez-en une, ou une autre ronde, puis publiez.")


class BusyMeanwhile(Conflict):
    message = N_("Quelqu’un a autre chose à ce moment-là : %(whom)s. Rien n’est publié; refaites l’horaire.")


class _Wanted(Struct, frozen=True, kw_only=True):
    business: int
    resource: int
    place: DraftPlace
    round: Round


class _Known(Struct, frozen=True, kw_only=True):
    id: int
    business: int
    resource: int
    round: int
    table_number: int
    starts_at: datetime
    ends_at: datetime
    state: str

    def is_over(self, now: datetime, begun: int | None) -> bool:
        """Whether no plan changes it any more."""
        has_begun = self.starts_at <= now if begun is None else self.round <= begun
        return self.state in ("held", "missed") or (self.state == "planned" and has_begun)


_SEATS = """
    SELECT m.id, m.code, p.name FROM match_participant m JOIN person p ON p.id = m.person
    WHERE m.edition = $1 AND m.code = ANY($2) AND m.opted_in_at IS NOT NULL AND m.left_at IS NULL
"""
# Before the people, as a delay that is announced takes them; whoever saw the rounds before moves none of the new ones.
_TURN_CLOCK = """
    INSERT INTO round_clock AS c (edition, version, changed_at) VALUES ($1, 1, $2)
    ON CONFLICT (edition) DO UPDATE SET version = c.version + 1, changed_at = excluded.changed_at
"""
_HOLD_PEOPLE = """
    SELECT FROM person WHERE id IN (SELECT person FROM match_participant WHERE edition = $1)
    ORDER BY id FOR NO KEY UPDATE
"""
# Of a pair that has several, the last one stands: the one that lives, where there is one.
_KNOWN = """
    SELECT id, business, resource, round, table_number, starts_at, ends_at, state FROM meeting
    WHERE edition = $1 ORDER BY state IN ('planned', 'held'), id
"""
_CHANGE = """
    UPDATE meeting AS m SET round = w.round, table_number = w.table_number, starts_at = w.starts_at,
        ends_at = w.ends_at, state = 'planned', sequence = m.sequence + 1, updated_at = $6
    FROM unnest($1::bigint[], $2::int[], $3::int[], $4::timestamptz[], $5::timestamptz[])
        AS w (id, round, table_number, starts_at, ends_at)
    WHERE m.id = w.id RETURNING m.id
"""
_ADD = """
    INSERT INTO meeting (code, edition, business, resource, round, table_number, starts_at, ends_at, created_at,
        updated_at)
    SELECT w.code, $8, w.business, w.resource, w.round, w.table_number, w.starts_at, w.ends_at, $9, $9
    FROM unnest($1::text[], $2::int[], $3::int[], $4::int[], $5::int[], $6::timestamptz[], $7::timestamptz[])
        AS w (code, business, resource, round, table_number, starts_at, ends_at) RETURNING id
"""
_CANCEL = """
    UPDATE meeting SET state = 'cancelled', sequence = sequence + 1, updated_at = $2 WHERE id = ANY($1)
"""
_LOCK = """
    UPDATE meeting m SET locked = EXISTS (
        SELECT FROM unnest($2::int[], $3::int[]) AS l (business, resource)
        WHERE l.business = m.business AND l.resource = m.resource
    ) WHERE m.edition = $1 AND m.state = 'planned'
"""
_FREE = """
    DELETE FROM agenda_entry e USING meeting m
    WHERE e.source = ANY($2) AND e.source_code = m.code AND m.id = ANY($1)
"""
_EXPECT = """
    INSERT INTO agenda_entry (person, starts_at, ends_at, source, source_code)
    SELECT s.person, m.starts_at, m.ends_at, $2, m.code FROM meeting m JOIN match_participant s ON s.id = m.{side}
    WHERE m.id = ANY($1) ORDER BY s.person, m.starts_at
    ON CONFLICT ON CONSTRAINT agenda_entry_nobody_twice DO NOTHING RETURNING source_code
"""
_UNEXPECTED = """
    SELECT p.name, m.starts_at FROM meeting m JOIN match_participant s ON s.id IN (m.business, m.resource)
    JOIN person p ON p.id = s.person
    WHERE m.id = ANY($1) AND NOT EXISTS (
        SELECT FROM agenda_entry e WHERE e.person = s.person AND e.source = ANY($2) AND e.source_code = m.code)
    ORDER BY m.starts_at, p.name
"""
_ROUNDS = """
    INSERT INTO meeting_round (edition, number, session, starts_at, ends_at)
    SELECT $1, r.* FROM unnest($2::int[], $3::int[], $4::timestamptz[], $5::timestamptz[]) AS r
    ON CONFLICT (edition, number) DO UPDATE
    SET session = excluded.session, starts_at = excluded.starts_at, ends_at = excluded.ends_at
    WHERE meeting_round.began_at IS NULL
"""


async def publish_plan(
    edition_id: int,
    plan: Sequence[DraftPlace],
    rounds: Sequence[Round],
    *,
    expected: int,
    by: int | None,
    run: str = "",
    begun: int | None = None,
) -> Publication:
    """``expected`` is the number of the last publication that was seen, 0 for none; ``begun`` the last round that has
    begun, by the day's own clock rather than by the announced times.

    A pair keeps its meeting's code; what changes or goes raises its sequence, so that calendars follow. What is held,
    missed or has begun stays as it is; a pair that missed each other may meet in another round.

    Raises ``PublishedMeanwhile``, ``BrokenPlan``, ``AlreadyBegun``, ``NotThere``, ``NoTable``, ``BusyMeanwhile``.
    """
    _check(plan)
    async with database.transaction():
        await database.fetch("SELECT FROM edition WHERE id = $1 FOR NO KEY UPDATE", edition_id)
        if (await last_publication(edition_id)).number != expected:
            raise PublishedMeanwhile
        await database.fetch(_TURN_CLOCK, edition_id, clock.now())
        await database.fetch(_HOLD_PEOPLE, edition_id)
        wanted = await _seated(edition_id, plan, {each.number: each for each in rounds})
        publication, told = await _write(edition_id, wanted, rounds, number=expected + 1, by=by, run=run, begun=begun)
        await tell_changes(edition_id, told, key=str(publication.number))
        await database.fetch("SET CONSTRAINTS ALL IMMEDIATE")
        return publication


def _check(plan: Sequence[DraftPlace]) -> None:
    """The database says the same at the end; this one says it in words before."""
    people = Counter((place.round, code) for place in plan for code in (place.one, place.other))
    tables = Counter((place.round, place.table) for place in plan if place.table)
    pairs = Counter((place.one, place.other) for place in plan)
    if any(count > 1 for count in (*people.values(), *tables.values(), *pairs.values())):
        raise BrokenPlan


async def _seated(edition_id: int, plan: Sequence[DraftPlace], rounds: dict[int, Round]) -> list[_Wanted]:
    wanted = {code for place in plan for code in (place.one, place.other)}
    seats = {row["code"]: row for row in await database.fetch(_SEATS, edition_id, list(wanted))}
    if missing := wanted - set(seats):
        names = await database.fetch(
            """
            SELECT p.name FROM match_participant m JOIN person p ON p.id = m.person
            WHERE m.code = ANY($1) ORDER BY p.name
            """,
            list(missing),
        )
        raise NotThere(names=", ".join(row["name"] for row in names) or "?")
    if any(place.round not in rounds for place in plan):
        raise BrokenPlan
    if nowhere := [place for place in sorted(plan) if not place.table]:
        raise NoTable(whom=", ".join(_pair_and_round(place, seats) for place in nowhere))
    return [
        _Wanted(
            business=seats[place.one]["id"],
            resource=seats[place.other]["id"],
            place=place,
            round=rounds[place.round],
        )
        for place in sorted(plan)
    ]


def _pair_and_round(place: DraftPlace, seats: Mapping[str, database.Row]) -> str:
    pair = _("%(one)s et %(other)s", one=seats[place.one]["name"], other=seats[place.other]["name"])
    return f"{pair} ({_('ronde %(number)s', number=place.round)})"


async def _write(
    edition_id: int,
    wanted: Sequence[_Wanted],
    rounds: Sequence[Round],
    *,
    number: int,
    by: int | None,
    run: str,
    begun: int | None,
) -> tuple[Publication, list[Told]]:
    now = clock.now()
    known = {(each.business, each.resource): each for each in await _known(edition_id)}
    for each in wanted:
        before = known.get((each.business, each.resource))
        if before is not None and before.state == "missed" and before.round != each.place.round:
            del known[each.business, each.resource]
    over = {pair for pair, each in known.items() if each.is_over(now, begun)}
    _check_over(wanted, [each for pair, each in known.items() if pair in over], over)
    new = [each for each in wanted if (each.business, each.resource) not in known]
    old = [(each, known[each.business, each.resource]) for each in wanted if (each.business, each.resource) in known]
    moved = [(each, was) for each, was in old if (each.business, each.resource) not in over and _differs(each, was)]
    asked_for = {(each.business, each.resource) for each in wanted}
    gone = [each for pair, each in known.items() if each.state == "planned" and pair not in over | asked_for]
    await database.fetch(_FREE, [was.id for _each, was in moved] + [each.id for each in gone], list(SOURCES.values()))
    await database.fetch(_CANCEL, [each.id for each in gone], now)
    changed = await _change(moved, now) + await _add(edition_id, new, now)
    locked = [each for each in wanted if each.place.locked]
    await database.fetch(_LOCK, edition_id, [each.business for each in locked], [each.resource for each in locked])
    await _expect(changed)
    await _write_rounds(edition_id, rounds)
    back = sum(was.state == "cancelled" for _each, was in moved)
    publication = Publication(
        number=number,
        run=run,
        at=now,
        kept=len(wanted) - len(new) - len(moved),
        moved=len(moved) - back,
        cancelled=len(gone),
        added=len(new) + back,
    )
    await _record(edition_id, publication, by)
    return publication, [Told(meeting=each) for each in [*changed, *(each.id for each in gone)]]


def _check_over(wanted: Sequence[_Wanted], passed: Sequence[_Known], over: Collection[tuple[int, int]]) -> None:
    """What has begun keeps its people and its table in its round."""
    standing = [each for each in passed if each.state != "missed"]
    people = {(each.round, seat) for each in standing for seat in (each.business, each.resource)}
    tables = {(each.round, each.table_number) for each in standing}
    for each in wanted:
        at = each.place.round
        taken = {(at, each.business), (at, each.resource)} & people or (at, each.place.table) in tables
        if taken and (each.business, each.resource) not in over:
            raise AlreadyBegun


def _differs(each: _Wanted, was: _Known) -> bool:
    there = (each.place.round, each.place.table, each.round.starts_at, each.round.ends_at)
    return was.state == "cancelled" or there != (was.round, was.table_number, was.starts_at, was.ends_at)


async def _known(edition_id: int) -> list[_Known]:
    return [_Known(**row) for row in await database.fetch(_KNOWN, edition_id)]


async def _change(moved: Sequence[tuple[_Wanted, _Known]], now: datetime) -> list[int]:
    rows = await database.fetch(
        _CHANGE,
        [was.id for _each, was in moved],
        *_columns([each for each, _was in moved]),
        now,
    )
    return [row["id"] for row in rows]


async def _add(edition_id: int, new: Sequence[_Wanted], now: datetime) -> list[int]:
    rows = await database.fetch(
        _ADD,
        [codes.new_code() for _ in new],
        [each.business for each in new],
        [each.resource for each in new],
        *_columns(new),
        edition_id,
        now,
    )
    return [row["id"] for row in rows]


def _columns(wanted: Sequence[_Wanted]) -> tuple[list[int], list[int], list[datetime], list[datetime]]:
    return (
        [each.place.round for each in wanted],
        [each.place.table for each in wanted],
        [each.round.starts_at for each in wanted],
        [each.round.ends_at for each in wanted],
    )


async def _expect(meetings: Collection[int]) -> None:
    """The kernel's agenda has the last word: whoever took something else meanwhile is named."""
    found = 0
    for side, source in SOURCES.items():
        found += len(await database.fetch(_EXPECT.format(side=side), list(meetings), source))
    if found != 2 * len(meetings):
        rows = await database.fetch(_UNEXPECTED, list(meetings), list(SOURCES.values()))
        raise BusyMeanwhile(whom=", ".join(f"{row['name']} ({format_time(row['starts_at'])})" for row in rows))


async def _write_rounds(edition_id: int, rounds: Sequence[Round]) -> None:
    await database.fetch(
        "DELETE FROM meeting_round WHERE edition = $1 AND number > $2 AND began_at IS NULL", edition_id, len(rounds)
    )
    await database.fetch(
        _ROUNDS,
        edition_id,
        [each.number for each in rounds],
        [each.session for each in rounds],
        [each.starts_at for each in rounds],
        [each.ends_at for each in rounds],
    )


async def _record(edition_id: int, publication: Publication, by: int | None) -> None:
    await database.fetch(
        """
        INSERT INTO publication (edition, number, run, by, at, kept, moved, cancelled, added)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        edition_id,
        publication.number,
        publication.run,
        by,
        publication.at,
        publication.kept,
        publication.moved,
        publication.cancelled,
        publication.added,
    )
