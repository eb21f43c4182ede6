"""When speakers can come, by number."""

from datetime import date, time

import pytest

from digital_days.kernel import database
from digital_days.kernel.editions import edition_called
from scheduling.domain.availabilities import availabilities_of, availability_of, grid_for
from scheduling.domain.availability_grid import USUAL_HOURS
from scheduling.domain.drafts import draft_of
from tests.factories import make_edition
from tests.scheduling.speaker_factories import at, make_profile

pytestmark = pytest.mark.usefixtures("db")


async def test_speakers_of_a_draft_can_come_in_merged_spans():
    edition, other = await make_edition(), await make_edition("cafe2028")
    camille = await make_profile(edition, available=[(at(9), at(12)), (at(14), at(16))])
    await make_profile(edition, "Denis Roy")
    await make_profile(other, "Erin Roy", available=[(at(9), at(12))])
    await database.fetch(
        "INSERT INTO availability (speaker, starts_at, ends_at) VALUES ($1, $2, $3)", camille.id, at(12), at(13)
    )

    found = await availabilities_of(await draft_of(edition.id))

    assert found == {camille.id: [(at(9), at(13)), (at(14), at(16))]}
    assert await availability_of(camille.id) == found[camille.id]


async def test_grid_has_every_day_of_the_edition_in_its_own_hours():
    made = await make_edition()
    await database.fetch(
        "INSERT INTO opening_hours (edition, day, opens_at, closes_at) VALUES ($1, $2, $3, $4)",
        made.id,
        date(2027, 10, 22),
        time(9),
        time(10),
    )

    grid = await grid_for(await edition_called(made.code))

    assert [(day.date, len(day.cells)) for day in grid] == [(date(2027, 10, 21), 24), (date(2027, 10, 22), 2)]
    assert grid[0].cells[0].starts_at == at(USUAL_HOURS[0].hour)
    assert grid[1].cells[-1].ends_at == at(10, day=22)
