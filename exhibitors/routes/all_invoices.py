"""The organisers' list of invoices: what is still to be billed, what is paid and what is not; the same as a file."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _, ngettext
from digital_days.kernel.lists import Cell
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.list_file import Kind, list_file
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from exhibitors.domain.billing import bill_waiting
from exhibitors.domain.billing_settings import billing_settings
from exhibitors.domain.invoice_list import PARTS, Part, totals, wanted
from exhibitors.domain.invoices import Invoice, invoices_of
from exhibitors.domain.unbilled import unbilled

ROUTE = "exhibitors:all-invoices"


class Search(Struct):
    """Sent in the body: names stay out of addresses, which browsers and proxies remember."""

    q: str = ""
    etat: str = ""


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def list_invoices(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """The last number first."""
    return await _list(request, edition, _part(request.query_params.get("etat", "")), "")


@post("/", name="exhibitors:find-invoices", permission=Permission.ORGANISE)
async def find_invoices(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Those that say all of the words."""
    search = (await read_form(request, Search)).value or Search()
    return await _list(request, edition, _part(search.etat), " ".join(search.q.split())[:100])


@post("/facturer", name="exhibitors:bill-waiting", permission=Permission.ORGANISE)
async def bill_all(edition: RequestedEdition) -> Redirect:
    """All that waits; what misses something goes on waiting."""
    written = len(await bill_waiting(edition.id))
    wake.soon()
    path = url(ROUTE, edition_slug=edition.slug)
    if not written:
        return see_other(path, flash=_("Aucune facture n’a pu être faite."), kind="error")
    return see_other(path, flash=ngettext("%(num)s facture est faite.", "%(num)s factures sont faites.", written))


@get("/liste/{kind:str}", name="exhibitors:invoices-file", permission=Permission.ORGANISE)
async def invoices_file(request: PageRequest, edition: RequestedEdition, kind: FromPath[Kind]) -> Response[bytes]:
    """The list with the same choice, by number; amounts are numbers."""
    found = wanted(await invoices_of(edition.id), _part(request.query_params.get("etat", "")), "")
    return await list_file([_head(), *map(_line, reversed(found))], kind, f"{_('factures')}-{edition.slug}")


async def _list(request: PageRequest, edition: Edition, part: Part, words: str) -> Response[str]:
    here, everything = url(ROUTE, edition_slug=edition.slug), await invoices_of(edition.id)
    files = {kind: url("exhibitors:invoices-file", edition_slug=edition.slug, kind=kind) for kind in ("xlsx", "csv")}
    query = f"?etat={part}" if part else ""
    return page(
        request,
        "exhibitors/all_invoices.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, ROUTE),
        everything=everything,
        found=wanted(everything, part, words),
        totals=totals(everything),
        waiting=await unbilled(edition.id),
        missing=(await billing_settings(edition.id)).missing,
        part=part,
        words=words,
        tabs=[
            {"label": _(label), "url": f"{here}?etat={name}" if name else here, "current": name == part}
            for name, label in PARTS.items()
        ],
        files=[(kind.upper(), f"{path}{query}") for kind, path in files.items()],
    )


def _part(text: str) -> Part:
    return next((part for part in PARTS if part == text), "")


def _head() -> list[Cell]:
    return [
        _("Numéro"),
        _("Genre"),
        _("Date"),
        _("Échéance"),
        _("Exposant"),
        _("Nom sur la facture"),
        _("Total avant les taxes"),
        _("TPS"),
        _("TVQ"),
        _("Total"),
        _("Crédité"),
        _("Payé"),
        _("Solde"),
        _("État"),
        _("Facture créditée"),
        _("Motif"),
    ]


def _line(invoice: Invoice) -> list[Cell]:
    amounts = (
        invoice.subtotal_cents,
        invoice.gst_cents,
        invoice.qst_cents,
        invoice.total_cents,
        invoice.credited_cents,
        invoice.paid_cents,
        invoice.balance_cents,
    )
    return [
        invoice.reference,
        _("Note de crédit") if invoice.is_credit else _("Facture"),
        invoice.issued_on.isoformat(),
        "" if invoice.is_credit else invoice.due_on.isoformat(),
        invoice.exhibitor,
        invoice.buyer.name,
        *(cents / 100 for cents in amounts),
        invoice.state_in_words,
        invoice.credits_reference,
        invoice.reason,
    ]


router = Router(
    path="/{edition_slug:str}/organisation/salon/factures",
    route_handlers=[list_invoices, find_invoices, bill_all, invoices_file],
    after_request=keep_private,
    include_in_schema=False,
)
