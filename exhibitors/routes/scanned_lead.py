"""After a ticket was read: the phone handed to the visitor for their answer, and what the team notes."""

from typing import Literal

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from exhibitors.domain.lead_words import share_words, support_words
from exhibitors.domain.scanning import NoLongerAtHand, scanned_lead
from exhibitors.domain.sharing import refuse, share
from exhibitors.routes.lead_notes import SAVED, Kept, NotesForm, keep_notes, notes_facts
from exhibitors.routes.paired import NotPaired, not_paired, paired

SHARED = N_("Merci! Votre nom et votre adresse courriel sont partagés. Vous pouvez rendre le téléphone.")
REFUSED = N_("C’est noté : rien n’est partagé. Vous pouvez rendre le téléphone.")


class SpotAnswer(Struct):
    """Of the visitor, who holds the phone; ``support`` is a box of its own."""

    answer: Literal["yes", "no"] = "no"
    support: bool = False


@get("/accord", name="exhibitors:spot", permission=Permission.PAIRED)
async def ask(request: PageRequest, edition: RequestedEdition, lead: FromPath[str]) -> Response[str]:
    """The words, and two buttons of one size."""
    phone = await paired(request, edition)
    return page(
        request,
        "exhibitors/spot.html",
        edition=edition,
        phone=phone,
        lead=await scanned_lead(phone, lead),
        share_text=share_words(phone.exhibitor_name).text,
        support_text=support_words(edition).text,
    )


@post("/accord", name="exhibitors:answer-on-spot", permission=Permission.PAIRED)
async def answer(request: PageRequest, edition: RequestedEdition, lead: FromPath[str]) -> Redirect:
    """Only just after the ticket was read: its owner is there."""
    phone = await paired(request, edition)
    asked = await scanned_lead(phone, lead)
    if not asked.is_at_hand:
        raise NoLongerAtHand
    said = (await read_form(request, SpotAnswer)).value or SpotAnswer()
    if said.answer == "yes":
        words, support = share_words(phone.exhibitor_name), support_words(edition) if said.support else None
        await share(
            asked.code, registration=asked.registration, how="exhibitor_phone", share_in=words, support_in=support
        )
        wake.soon()
    else:
        await refuse(asked.code, registration=asked.registration)
    flash = _(SHARED if said.answer == "yes" else REFUSED)
    return see_other(url("exhibitors:scanner", edition_slug=edition.slug), flash=flash)


@get("/notes", name="exhibitors:scanner-notes", permission=Permission.PAIRED)
async def show_notes(request: PageRequest, edition: RequestedEdition, lead: FromPath[str]) -> Response[str]:
    """Written while one still remembers."""
    return await _notes_page(request, edition, lead)


@post("/notes", name="exhibitors:note-on-scanner", permission=Permission.PAIRED)
async def save_notes(request: PageRequest, edition: RequestedEdition, lead: FromPath[str]) -> Response[str] | Redirect:
    """Then the next ticket."""
    phone = await paired(request, edition)
    form = await read_form(request, NotesForm)
    if not await keep_notes(phone.exhibitor_id, lead, form):
        return await _notes_page(request, edition, lead, form=form)
    wake.soon()
    return see_other(url("exhibitors:scanner", edition_slug=edition.slug), flash=_(SAVED))


async def _notes_page(
    request: PageRequest, edition: Edition, code: str, *, form: Form[NotesForm] | None = None
) -> Response[str]:
    phone = await paired(request, edition)
    lead = await scanned_lead(phone, code)
    kept = Kept(note=lead.note, interest=lead.interest, next_step=lead.next_step, version=lead.version)
    facts = notes_facts(kept, form)
    status = 200 if form is None else 409 if facts["changes"] is not None else 422
    return page(
        request, "exhibitors/scanner_notes.html", edition=edition, status_code=status, phone=phone, lead=lead, **facts
    )


router = Router(
    path="/{edition_slug:str}/lecteur/contacts/{lead:str}",
    route_handlers=[ask, answer, show_notes, save_notes],
    after_request=keep_private,
    exception_handlers={NotPaired: not_paired},
    include_in_schema=False,
)
