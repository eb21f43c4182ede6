"""What the fair asks organisers to look at: each kept waiting, counted, and nothing where nobody waits."""

import pytest

from digital_days.kernel import clock, database
from exhibitors.domain.dashboard import attention
from tests.exhibitors.factories import make_booking, make_booth, make_category, make_exhibitor, make_fair
from tests.factories import make_edition

pytestmark = pytest.mark.usefixtures("db")


async def test_nothing_is_said_of_a_fair_without_anybody_waiting():
    edition = await make_edition()
    await make_fair(edition)
    await make_exhibitor(edition, await make_category(edition))

    assert await attention(edition.id) == []


async def test_who_waits_is_counted_and_leads_to_where_it_is_settled():
    edition, other = await make_edition(), await make_edition("cafe2028")
    category = await make_category(edition)
    accepted = await make_exhibitor(edition, category)
    for name in ("Un", "Deux"):
        await make_exhibitor(edition, category, name=name, state="submitted")
    await make_exhibitor(other, await make_category(other), state="submitted")
    await make_booking(await make_booth(edition), accepted, price_cents=25_000)
    await database.fetch(
        """
        INSERT INTO exhibitor_document (code, exhibitor, kind, filename, media_type, size, file, uploaded_at)
        VALUES ('D', $1, 'insurance', 'a.pdf', 'application/pdf', 1, 'f', $2)
        """,
        accepted.id,
        clock.now(),
    )

    points = await attention(edition.id)

    assert [(point.sentence.replace("\xa0", " "), point.path) for point in points] == [
        ("2 candidatures au salon attendent une réponse.", "/jn2027/organisation/salon/candidatures"),
        ("1 document d’exposant est à vérifier.", "/jn2027/organisation/salon/candidatures"),
        ("1 exposant est à facturer.", "/jn2027/organisation/salon/factures"),
    ]
