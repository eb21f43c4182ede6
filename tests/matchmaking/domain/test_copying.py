"""The speed dating of a new edition: everything that was decided, on its own days, and nobody of the earlier one."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from digital_days.kernel import database
from digital_days.kernel.need_terms import need_terms
from matchmaking.domain.copying import copy_speed_dating
from matchmaking.domain.rounds import Session
from matchmaking.domain.settings import speed_dating_of
from matchmaking.jobs import copy_the_speed_dating
from scheduling.events import EditionCopied
from tests.factories import Made, make_edition
from tests.matchmaking.factories import MORNING, made, make_organisation, make_participant, make_speed_dating

pytestmark = pytest.mark.usefixtures("db")
A_YEAR = timedelta(days=363)


async def two_editions() -> tuple[Made, Made]:
    """The first has somebody who takes part; it opens when the clocks go forward, the copy the day before."""
    first, second = await make_edition(), await make_edition("jn2028")
    opening = datetime(2027, 3, 14, 12, tzinfo=UTC)
    await make_speed_dating(first, hours=1, tables=7, opens_at=opening, weights='{"a": 1}')
    await made("need_term", edition=first.id, slug="vendre", name_fr="Vendre en ligne")
    await make_participant(first, await make_organisation(first, "Moulin"))
    return first, second


async def test_copy_has_the_hours_of_its_own_days_the_needs_and_nobody():
    first, second = await two_editions()

    assert await copy_speed_dating(first.id, second.id, A_YEAR)

    before, after = await speed_dating_of(first.id), await speed_dating_of(second.id)
    hour = Session(starts_at=MORNING + A_YEAR, ends_at=MORNING + A_YEAR + timedelta(hours=1))
    opening = datetime(2028, 3, 11, 13, tzinfo=UTC)
    assert structs.replace(after, version="") == structs.replace(
        before, edition_id=second.id, opens_at=opening, sessions=(hour,), version=""
    )
    assert [term.slug for term in await need_terms(second.id)] == ["vendre"]
    assert await database.fetch("SELECT FROM match_organisation WHERE edition = $1", second.id) == []


async def test_telling_twice_changes_nothing_and_a_speed_dating_that_is_there_stays():
    first, second = await two_editions()
    told = EditionCopied(source=first.code, edition=second.code, days=A_YEAR.days)

    await copy_the_speed_dating(told)
    await copy_the_speed_dating(told)

    assert (await speed_dating_of(second.id)).tables == 7
    assert not await copy_speed_dating(second.id, first.id, A_YEAR)
    assert (await speed_dating_of(first.id)).sessions[0].starts_at == MORNING


async def test_edition_without_a_speed_dating_leaves_none():
    first, second = await make_edition(), await make_edition("jn2028")

    assert not await copy_speed_dating(first.id, second.id, A_YEAR)
    assert await database.fetch("SELECT FROM speed_dating") == []
