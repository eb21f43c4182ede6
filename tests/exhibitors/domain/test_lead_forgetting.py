"""What goes: leads with their registration, those never shared and phones 30 days after the fair, people unneeded."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.forgetting import forget_people
from exhibitors.domain.forgetting import forget
from exhibitors.domain.lead_forgetting import forget_unshared_leads
from exhibitors.domain.sharing import refuse
from tests.exhibitors.met import Fair, make_met_fair, make_visitor, met, shared

pytestmark = pytest.mark.usefixtures("db")

FAIR_DAY = datetime(2027, 10, 22, 15, tzinfo=UTC)
LONG_AFTER = FAIR_DAY + timedelta(days=32)


@pytest.fixture
async def fair(client: httpx.AsyncClient) -> Fair:
    with clock.stopped_at(FAIR_DAY):
        return await make_met_fair()


async def count(table: str) -> int:
    [row] = await database.fetch(f"SELECT count(*) AS rows FROM {table}")
    return int(row["rows"])


async def test_members_and_visitors_met_lately_are_needed_until_the_fair_is_long_over(fair: Fair):
    with clock.stopped_at(FAIR_DAY):
        await met(fair)
    people = [fair.alice, fair.bob.id]

    soon, later = FAIR_DAY - timedelta(days=1), FAIR_DAY + timedelta(days=1)

    assert await forget(people, soon) == []
    assert await forget(people, later) == sorted(people)


async def test_member_of_a_fair_to_come_is_needed(fair: Fair):
    assert await forget([fair.alice, fair.bob.id], FAIR_DAY - timedelta(days=200)) == [fair.bob.id]


async def test_lead_goes_with_its_visitor(fair: Fair):
    with clock.stopped_at(FAIR_DAY):
        await shared(fair)
    await database.fetch("UPDATE person SET created_at = $1, proved_at = NULL", FAIR_DAY)
    await database.fetch("UPDATE registration SET updated_at = $1", FAIR_DAY)

    await forget_people(FAIR_DAY + timedelta(days=29), batch=10)
    kept = await count("lead")
    await forget_people(LONG_AFTER, batch=10)

    assert (kept, await count("lead"), await count("lead_consent"), await count("exhibitor_member")) == (1, 0, 0, 0)


async def test_leads_about_whom_nothing_was_given_and_phones_go_a_month_after_the_fair(fair: Fair):
    zoe = await make_visitor(fair.edition, "Zoé Roy", "zoe@example.ca")
    with clock.stopped_at(FAIR_DAY):
        await met(fair)
        await refuse(await shared(fair, zoe), registration=zoe.code)

    await forget_unshared_leads(FAIR_DAY + timedelta(days=29))
    before = (await count("lead"), await count("scanner"))
    await forget_unshared_leads(LONG_AFTER)

    assert (before, await count("lead"), await count("scanner")) == ((2, 2), 1, 0)
    [row] = await database.fetch("SELECT withdrawn_at IS NOT NULL AS withdrawn FROM lead_consent")
    assert row["withdrawn"]
