"""An exhibitor's leads in its own space: a list to narrow, and one to write about."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel import wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from exhibitors.domain.leads import INTEREST, NEXT_STEPS, lead_called, leads_of, per_day
from exhibitors.routes.lead_filters import lead_filters_in, page_asked
from exhibitors.routes.lead_notes import SAVED, Kept, NotesForm, keep_notes, notes_facts
from exhibitors.routes.portal_menu import portal_menu
from exhibitors.routes.portal_page import acting_for

ON_A_PAGE = 50


@get("/", name="exhibitors:leads", permission=Permission.SIGNED_IN)
async def list_leads(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str]:
    """The last met first, fifty at a time."""
    own = await acting_for(request, edition, exhibitor)
    everybody, filters = await leads_of(own.id), lead_filters_in(request.query_params)
    found = [lead for lead in everybody if filters.keeps(lead)]
    pages = max(1, -(-len(found) // ON_A_PAGE))
    number = min(page_asked(request.query_params), pages)
    return page(
        request,
        "exhibitors/leads.html",
        edition=edition,
        exhibitor=own,
        portal_menu=portal_menu(edition, own, "exhibitors:leads"),
        everybody=everybody,
        days=per_day(everybody),
        found=found,
        shown=found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE],
        number=number,
        pages=pages,
        filters=filters,
        next_steps=[(value, _(words)) for value, words in NEXT_STEPS.items() if value],
        interests=[(value, _(words)) for value, words in INTEREST.items()],
    )


@get("/{lead:str}", name="exhibitors:lead", permission=Permission.SIGNED_IN)
async def show_lead(
    request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str], lead: FromPath[str]
) -> Response[str]:
    """What is known, and the notes."""
    return await _lead_page(request, edition, exhibitor, lead)


@post("/{lead:str}", name="exhibitors:note-lead", permission=Permission.SIGNED_IN)
async def save_lead(
    request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str], lead: FromPath[str]
) -> Response[str] | Redirect:
    """Notes, interest, next step."""
    own = await acting_for(request, edition, exhibitor)
    form = await read_form(request, NotesForm)
    if not await keep_notes(own.id, lead, form):
        return await _lead_page(request, edition, exhibitor, lead, form=form)
    wake.soon()
    return see_other(url("exhibitors:leads", edition_slug=edition.slug, exhibitor=own.code), flash=_(SAVED))


async def _lead_page(
    request: PageRequest, edition: Edition, exhibitor: str, code: str, *, form: Form[NotesForm] | None = None
) -> Response[str]:
    own = await acting_for(request, edition, exhibitor)
    lead = await lead_called(own.id, code)
    kept = Kept(note=lead.note, interest=lead.interest, next_step=lead.next_step, version=lead.version)
    facts = notes_facts(kept, form)
    return page(
        request,
        "exhibitors/lead.html",
        edition=edition,
        status_code=200 if form is None else 409 if facts["changes"] is not None else 422,
        exhibitor=own,
        portal_menu=portal_menu(edition, own, "exhibitors:leads"),
        lead=lead,
        **facts,
    )


router = Router(
    path="/{edition_slug:str}/mon-kiosque/{exhibitor:str}/contacts",
    route_handlers=[list_leads, show_lead, save_lead],
    after_request=keep_private,
    include_in_schema=False,
)
