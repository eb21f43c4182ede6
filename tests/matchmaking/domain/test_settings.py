"""What organisers decide of their speed dating, and the rounds that follow from it."""

from datetime import timedelta

import pytest
from msgspec import structs

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from matchmaking.domain.rounds import Round, Session, rounds_in
from matchmaking.domain.settings import SpeedDating, change_speed_dating, speed_dating_of
from tests.factories import make_edition
from tests.matchmaking.factories import MORNING


def _session(hours: float, *, after: float = 0) -> Session:
    starts_at = MORNING + timedelta(hours=after)
    return Session(starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours))


def test_rounds_fill_each_session_with_whole_ones():
    rounds = rounds_in([_session(1, after=4), _session(0.75)], round_minutes=20, pause_minutes=5)

    minutes = [(each.number, each.session, (each.starts_at - MORNING) / timedelta(minutes=1)) for each in rounds]
    assert minutes == [(1, 1, 0), (2, 1, 25), (3, 2, 240), (4, 2, 265)]
    assert all(each.ends_at - each.starts_at == timedelta(minutes=20) for each in rounds)


def test_round_does_not_overlap_what_only_touches_it():
    round_ = Round(number=1, session=1, starts_at=MORNING, ends_at=MORNING + timedelta(minutes=15))

    assert not round_.overlaps(MORNING - timedelta(hours=1), MORNING)
    assert not round_.overlaps(round_.ends_at, round_.ends_at + timedelta(hours=1))
    assert round_.overlaps(MORNING + timedelta(minutes=14), MORNING + timedelta(hours=1))


async def test_speed_dating_is_not_held_until_somebody_says_so(db):
    edition = await make_edition()

    found = await speed_dating_of(edition.id)

    assert found == SpeedDating(edition_id=edition.id)
    assert (found.is_held, found.takes_people) == (False, False)


async def test_speed_dating_reads_back_as_it_was_said(db):
    edition = await make_edition()
    said = SpeedDating(
        edition_id=edition.id, sessions=(_session(2),), tables=12, spread=2, weights={"needs": 50}, opens_at=MORNING
    )

    await change_speed_dating(said)

    found = await speed_dating_of(edition.id)
    assert structs.replace(found, version="") == said
    assert len(found.rounds) == 6


async def test_second_organiser_does_not_overwrite_the_first(committed):
    edition = await make_edition()
    await change_speed_dating(SpeedDating(edition_id=edition.id, tables=12))
    seen = await speed_dating_of(edition.id)
    await change_speed_dating(structs.replace(seen, tables=14))

    with pytest.raises(ChangedMeanwhile):
        await change_speed_dating(structs.replace(seen, tables=9))
    with pytest.raises(ChangedMeanwhile):
        await change_speed_dating(SpeedDating(edition_id=edition.id))

    assert (await speed_dating_of(edition.id)).tables == 14
