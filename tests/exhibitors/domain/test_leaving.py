"""Who withdraws gives back what others may have: the quarter of an hour, and the tickets of its people."""

from datetime import timedelta

import pytest

from digital_days.kernel import clock
from digital_days.kernel.editions import edition_called
from exhibitors.domain.applications import withdraw
from exhibitors.domain.arrival_slots import open_slots
from exhibitors.domain.arrivals import choose_arrival
from exhibitors.domain.badges import NotAtTheFair, add_badge
from tests.exhibitors.portal_pages import make_owner
from tests.scheduling.routes.catalogue_pages import rows

pytestmark = pytest.mark.usefixtures("db")


async def test_withdrawn_exhibitor_keeps_neither_hour_nor_tickets_and_gets_no_others():
    owner = await make_owner()
    exhibitor, edition = await owner.acting(), await edition_called(owner.edition.code)
    tomorrow = clock.now().replace(second=0, microsecond=0) + timedelta(days=1)
    await open_slots(edition.id, [tomorrow], 1)
    await choose_arrival(exhibitor, f"{tomorrow:%Y%m%dT%H%M}", vehicle="")
    await add_badge(exhibitor, edition, name="Zoé Roy", email="")

    await withdraw(exhibitor)

    assert await rows("SELECT taken FROM arrival_slot") == [(0,)]
    assert await rows("SELECT state FROM registration") == [("cancelled",)]
    assert (await rows("SELECT id FROM exhibitor_arrival"), await rows("SELECT id FROM staff_badge")) == ([], [])
    with pytest.raises(NotAtTheFair):
        await add_badge(exhibitor, edition, name="Noé Roy", email="")
