"""A plan is published: everybody's meetings, agendas and letters in one transaction, or nothing of it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, _
from matchmaking.domain.drafts import DraftPlace
from matchmaking.domain.meeting_rows import (
    Known,
    Pair,
    Wanted,
    add_meetings,
    cancel_meetings,
    change_meetings,
    enter_agendas,
    known_meetings,
    leave_agendas,
    lock_meetings,
    write_rounds,
)
from matchmaking.domain.publications import Publication, last_publication
from matchmaking.domain.rounds import Round
from matchmaking.domain.told import tell_changes


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


async def _seated(edition_id: int, plan: Sequence[DraftPlace], rounds: dict[int, Round]) -> list[Wanted]:
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
        Wanted(
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
    wanted: Sequence[Wanted],
    rounds: Sequence[Round],
    *,
    number: int,
    by: int | None,
    run: str,
    begun: int | None,
) -> tuple[Publication, list[int]]:
    now = clock.now()
    known = await known_meetings(edition_id)
    for each in wanted:
        before = known.get(each.pair)
        if before is not None and before.state == "missed" and before.round != each.place.round:
            del known[each.pair]
    over = {pair for pair, each in known.items() if each.is_over(now, begun)}
    _check_over(wanted, [each for pair, each in known.items() if pair in over], over)
    new = [each for each in wanted if each.pair not in known]
    old = [(each, known[each.pair]) for each in wanted if each.pair in known]
    moved = [(each, was) for each, was in old if each.pair not in over and each.differs_from(was)]
    kept = over | {each.pair for each in wanted}
    gone = [each.id for pair, each in known.items() if each.state == "planned" and pair not in kept]
    await leave_agendas([*(was.id for _each, was in moved), *gone])
    await cancel_meetings(gone, now)
    changed = await change_meetings(moved, now) + await add_meetings(edition_id, new, now)
    await lock_meetings(edition_id, wanted)
    if busy := await enter_agendas(changed):
        raise BusyMeanwhile(whom=", ".join(busy))
    await write_rounds(edition_id, rounds)
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
    return publication, [*changed, *gone]


def _check_over(wanted: Sequence[Wanted], passed: Sequence[Known], over: Collection[Pair]) -> None:
    """What has begun keeps its people and its table in its round."""
    standing = [each for each in passed if each.state != "missed"]
    people = {(each.round, seat) for each in standing for seat in each.pair}
    tables = {(each.round, each.table_number) for each in standing}
    for each in wanted:
        at = each.place.round
        taken = {(at, each.business), (at, each.resource)} & people or (at, each.place.table) in tables
        if taken and each.pair not in over:
            raise AlreadyBegun


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
