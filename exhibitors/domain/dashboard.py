"""What the fair puts on the organisers' page: who waits for an answer, what waits to be checked or billed."""

from digital_days.kernel import clock, database
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.i18n import ngettext
from digital_days.kernel.service import Attention
from digital_days.kernel.web.urls import url
from exhibitors.domain.unbilled import unbilled

_WAITING = """
    SELECT
        (SELECT count(*) FROM exhibitor WHERE edition = $1 AND state = 'submitted') AS applications,
        (SELECT count(*) FROM exhibitor_document d JOIN exhibitor x ON x.id = d.exhibitor
            WHERE x.edition = $1 AND x.state = 'accepted' AND d.state = 'received') AS documents,
        (SELECT count(*) FROM invoice i WHERE i.edition = $1 AND i.kind = 'invoice' AND i.due_on < $2
            AND i.total_cents + (SELECT coalesce(sum(n.total_cents), 0) FROM invoice n WHERE n.credits = i.id) > (
                SELECT coalesce(sum(p.amount_cents), 0) FROM payment p
                WHERE p.invoice = i.id AND p.cancelled_at IS NULL
            )) AS late
"""


async def attention(edition_id: int) -> list[Attention]:
    """In the order in which somebody is kept waiting."""
    [row] = await database.fetch(_WAITING, edition_id, clock.now().date())
    to_bill = sum(1 for each in await unbilled(edition_id) if each.to_bill_cents)
    points = (
        (
            ngettext(
                "%(num)s candidature au salon attend une réponse.",
                "%(num)s candidatures au salon attendent une réponse.",
                row["applications"],
            ),
            "exhibitors:applications",
            row["applications"],
        ),
        (
            ngettext(
                "%(num)s document d’exposant est à vérifier.",
                "%(num)s documents d’exposants sont à vérifier.",
                row["documents"],
            ),
            "exhibitors:applications",
            row["documents"],
        ),
        (
            ngettext("%(num)s exposant est à facturer.", "%(num)s exposants sont à facturer.", to_bill),
            "exhibitors:all-invoices",
            to_bill,
        ),
        (
            ngettext("%(num)s facture est en retard.", "%(num)s factures sont en retard.", row["late"]),
            "exhibitors:all-invoices",
            row["late"],
        ),
    )
    slug = (await edition_numbered(edition_id)).slug
    return [
        Attention(sentence=sentence, path=url(route, edition_slug=slug)) for sentence, route, count in points if count
    ]
