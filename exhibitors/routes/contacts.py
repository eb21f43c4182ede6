"""A visitor's contacts: who has read their ticket, what each knows, yes, no and taken back; signed in or by a link."""

from typing import Literal

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.private_links import WrongLink, private_path, proved_code, remember_proof
from digital_days.kernel.registrations import NoSuchRegistration, Registration, registration_called, registration_of
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import edition_of_link, keep_private, wrong_link
from digital_days.kernel.web.urls import url
from exhibitors.domain.contacts import address_of, exhibitors_met
from exhibitors.domain.lead_words import How, share_words, standing_words, support_words
from exhibitors.domain.sharing import NoSuchLead, refuse, share
from exhibitors.domain.standing_choice import choose_to_share_with_all, shares_with_all

SHARED = N_("%(exhibitor)s a maintenant votre nom et votre adresse. Vous pouvez les reprendre à tout moment.")
TAKEN_BACK = N_("C’est repris : %(exhibitor)s ne voit plus que votre prénom.")
REFUSED = N_("C’est noté : %(exhibitor)s ne voit que votre prénom.")
NEVER = N_("C’est noté : %(exhibitor)s ne vous le demandera plus, nous non plus.")
STANDING = N_("C’est noté : chaque exposant qui lira votre billet recevra votre nom et votre adresse courriel.")
NOT_STANDING = N_("C’est noté : à partir de maintenant, rien n’est partagé sans que vous disiez oui.")


class ContactAnswer(Struct):
    """About one exhibitor."""

    lead: str
    answer: Literal["yes", "no", "never"]
    support: bool = False


class StandingAnswer(Struct):
    """About all that will read the ticket."""

    wanted: bool = False


class Doors(Struct, frozen=True, kw_only=True):
    """Where the page's buttons lead, the way back, and how what is said here is said."""

    answer: str
    standing: str
    page: str
    ticket: str
    how: How


@get("/contacts/{token:str}", name="exhibitors:contacts", permission=Permission.SIGNED_LINK)
async def by_link(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """For whoever holds the link of the mail."""
    registration = await registration_called(proved_code("contacts", token))
    return await _shown(request, await edition_of_link(registration.edition_slug), registration, _by_link(token))


@post("/contacts/{token:str}", name="exhibitors:answer-contact", permission=Permission.SIGNED_LINK)
async def answer_by_link(request: PageRequest, token: FromPath[str]) -> Redirect:
    """Whoever answers here has read the mail: the address is theirs."""
    registration = await registration_called(proved_code("contacts", token))
    edition = await edition_of_link(registration.edition_slug)
    await remember_proof(registration.person_id)
    return await _answered(request, edition, registration, _by_link(token))


@post("/contacts/{token:str}/choix", name="exhibitors:choose-standing", permission=Permission.SIGNED_LINK)
async def choose_by_link(request: PageRequest, token: FromPath[str]) -> Redirect:
    """For all exhibitors that read the ticket from now on."""
    registration = await registration_called(proved_code("contacts", token))
    edition = await edition_of_link(registration.edition_slug)
    await remember_proof(registration.person_id)
    return await _chosen(request, edition, registration, _by_link(token))


@get("/{edition_slug:str}/mes-contacts", name="exhibitors:my-contacts", permission=Permission.SIGNED_IN)
async def mine(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """The signed-in person's own; without a ticket, the page that says how to get one."""
    registration = await registration_of(signed_in(request).id, edition.id)
    if registration is None:
        return see_other(url("site:my-ticket", edition_slug=edition.slug))
    return await _shown(request, edition, registration, _mine(edition))


@post("/{edition_slug:str}/mes-contacts", name="exhibitors:answer-my-contact", permission=Permission.SIGNED_IN)
async def answer_mine(request: PageRequest, edition: RequestedEdition) -> Redirect:
    """The same, signed in."""
    return await _answered(request, edition, await _my_registration(request, edition), _mine(edition))


@post("/{edition_slug:str}/mes-contacts/choix", name="exhibitors:choose-my-standing", permission=Permission.SIGNED_IN)
async def choose_mine(request: PageRequest, edition: RequestedEdition) -> Redirect:
    """The same, signed in."""
    return await _chosen(request, edition, await _my_registration(request, edition), _mine(edition))


def _by_link(token: str) -> Doors:
    return Doors(
        answer=url("exhibitors:answer-contact", token=token),
        standing=url("exhibitors:choose-standing", token=token),
        page=url("exhibitors:contacts", token=token),
        ticket=private_path("site:ticket", "ticket", proved_code("contacts", token)),
        how="link",
    )


def _mine(edition: Edition) -> Doors:
    return Doors(
        answer=url("exhibitors:answer-my-contact", edition_slug=edition.slug),
        standing=url("exhibitors:choose-my-standing", edition_slug=edition.slug),
        page=url("exhibitors:my-contacts", edition_slug=edition.slug),
        ticket=url("site:my-ticket", edition_slug=edition.slug),
        how="own_phone",
    )


async def _my_registration(request: PageRequest, edition: Edition) -> Registration:
    registration = await registration_of(signed_in(request).id, edition.id)
    if registration is None:
        raise NoSuchRegistration
    return registration


async def _answered(request: PageRequest, edition: Edition, registration: Registration, doors: Doors) -> Redirect:
    said = (await read_form(request, ContactAnswer)).value
    if said is None:
        return see_other(doors.page)
    met = {contact.lead: contact for contact in await exhibitors_met(registration.code)}
    if said.lead not in met:
        raise NoSuchLead
    name = met[said.lead].name
    if said.answer == "yes":
        support = support_words(edition) if said.support else None
        await share(
            said.lead, registration=registration.code, how=doors.how, share_in=share_words(name), support_in=support
        )
        words = SHARED
    else:
        never = said.answer == "never"
        taken_back = await refuse(said.lead, registration=registration.code, never=never)
        words = NEVER if never else TAKEN_BACK if taken_back else REFUSED
    wake.soon()
    return see_other(doors.page, flash=_(words, exhibitor=name))


async def _chosen(request: PageRequest, edition: Edition, registration: Registration, doors: Doors) -> Redirect:
    wanted = (await read_form(request, StandingAnswer))["wanted"] == "yes"
    await choose_to_share_with_all(registration.person_id, edition, wanted=wanted)
    return see_other(doors.page, flash=_(STANDING if wanted else NOT_STANDING))


async def _shown(request: PageRequest, edition: Edition, registration: Registration, doors: Doors) -> Response[str]:
    met = await exhibitors_met(registration.code)
    return page(
        request,
        "exhibitors/contacts.html",
        edition=edition,
        registration=registration,
        email=await address_of(registration.person_id),
        met=[(contact, share_words(contact.name).text) for contact in met],
        support_text=support_words(edition).text,
        standing_text=standing_words(edition).text,
        standing=await shares_with_all(registration.person_id, edition.id),
        doors=doors,
    )


router = Router(
    path="/",
    route_handlers=[by_link, answer_by_link, choose_by_link, mine, answer_mine, choose_mine],
    after_request=keep_private,
    exception_handlers={WrongLink: wrong_link},
    include_in_schema=False,
)
