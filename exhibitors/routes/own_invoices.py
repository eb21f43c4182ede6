"""An exhibitor's own invoices: what is to pay and how, and each as a file."""

from litestar import Response, Router, get
from litestar.params import FromPath

from digital_days.kernel.editions import Edition
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.paper import sheet
from digital_days.kernel.web.sessions import Viewer
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import keep_private
from exhibitors.domain.exhibitors import Exhibitor, exhibitor_called, own_exhibitor
from exhibitors.domain.invoice_list import totals
from exhibitors.domain.invoice_sheet import file_name, invoice_pdf
from exhibitors.domain.invoices import invoice_of_exhibitor, invoices_of_exhibitor
from exhibitors.routes.portal_menu import portal_menu

ROUTE = "exhibitors:own-invoices"


@get("/", name=ROUTE, permission=Permission.SIGNED_IN)
async def own_invoices(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str]:
    """The last one first, with all that is left to pay."""
    own = await own_exhibitor(edition.id, signed_in(request).id, exhibitor)
    invoices = await invoices_of_exhibitor(own.id)
    return page(
        request,
        "exhibitors/own_invoices.html",
        edition=edition,
        exhibitor=own,
        portal_menu=portal_menu(edition, own, ROUTE),
        invoices=invoices,
        totals=totals(invoices),
    )


@get("/{invoice:str}/facture.pdf", name="exhibitors:invoice-file", permission=Permission.SIGNED_IN)
async def invoice_file(
    request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str], invoice: FromPath[str]
) -> Response[bytes]:
    """For whoever acts for the exhibitor and for the edition's organisers; to everybody else there is none."""
    whose = await _exhibitor(edition, signed_in(request), exhibitor)
    found = await invoice_of_exhibitor(whose.id, invoice)
    return sheet(await invoice_pdf(found), file_name(found))


async def _exhibitor(edition: Edition, viewer: Viewer, code: str) -> Exhibitor:
    if viewer.may(Permission.ORGANISE, edition.slug):
        return await exhibitor_called(edition.id, code)
    return await own_exhibitor(edition.id, viewer.id, code)


router = Router(
    path="/{edition_slug:str}/mon-kiosque/{exhibitor:str}/factures",
    route_handlers=[own_invoices, invoice_file],
    after_request=keep_private,
    include_in_schema=False,
)
