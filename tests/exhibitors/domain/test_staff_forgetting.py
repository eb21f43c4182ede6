"""People whom an exhibitor has named: kept until the fair is over, then forgotten with their names."""

from datetime import UTC, datetime, timedelta

import pytest

from digital_days.kernel import database
from digital_days.kernel.editions import edition_called
from digital_days.kernel.purge import purge
from exhibitors.domain.badges import add_badge
from exhibitors.domain.members import invite_member
from tests.exhibitors.portal_pages import make_owner
from tests.scheduling.routes.catalogue_pages import rows

pytestmark = pytest.mark.usefixtures("db", "app")

PEOPLE = "SELECT name FROM person WHERE proved_at IS NULL AND name <> 'Bob Tremblay' ORDER BY id"
LAST_DAY = datetime(2027, 10, 22, 16, tzinfo=UTC)


@pytest.mark.parametrize(("after", "left"), [(timedelta(days=30), ["Zoé", "Noé"]), (timedelta(days=31), [])])
async def test_unproved_staff_is_forgotten_thirty_days_after_the_fair(after: timedelta, left: list[str]):
    owner = await make_owner()
    exhibitor = await owner.acting()
    await add_badge(exhibitor, await edition_called("jn2027"), name="Zoé", email="")
    await invite_member(exhibitor, name="Noé", email="noe@example.ca")
    await database.fetch("UPDATE person SET created_at = now() - interval '1 year'")
    await database.fetch("UPDATE registration SET updated_at = now() - interval '1 year'")

    await purge(LAST_DAY + after)

    assert [name for (name,) in await rows(PEOPLE)] == left
    assert len(await rows("SELECT id FROM staff_badge")) == (1 if left else 0)
