"""One's certificate of attendance: by a link or signed in; and the page on which anybody checks one."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.private_links import WrongLink, private_path, proved_code
from digital_days.kernel.registrations import Registration, registration_called, registration_of
from digital_days.kernel.settings import current
from digital_days.kernel.typesetting import typeset
from digital_days.kernel.web import rate_limits
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.paper import sheet
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import edition_of_link, keep_private, wrong_link
from digital_days.kernel.web.urls import url
from scheduling.domain.certificates import (
    NoSuchCertificate,
    NothingAttended,
    attended,
    certificate_called,
    issue_certificate,
    latest_certificate,
)
from scheduling.routes.certificate_words import certificate_sheet
from scheduling.routes.paper_words import templates

WRITE_IT = N_("Écrivez le code qui est au bas de l’attestation.")


class Typed(Struct):
    """The code, as somebody reads it from paper."""

    code: str = ""


@get("/attestation/{token:str}", name="scheduling:certificate", permission=Permission.SIGNED_LINK)
async def by_link(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """What it will say; nothing is written by looking."""
    registration = await registration_called(proved_code("certificate", token))
    edition = await edition_of_link(registration.edition_slug)
    return await _shown(request, edition, registration, url("scheduling:issue-certificate", token=token))


@post("/attestation/{token:str}", name="scheduling:issue-certificate", permission=Permission.SIGNED_LINK)
async def issue_by_link(token: FromPath[str]) -> Redirect:
    """The same presences and the same name give the same certificate again."""
    registration = await registration_called(proved_code("certificate", token))
    return await _issued(registration, await edition_of_link(registration.edition_slug))


@get("/attestation/{token:str}/attestation.pdf", name="scheduling:certificate-file", permission=Permission.SIGNED_LINK)
async def file(token: FromPath[str]) -> Response[bytes]:
    """The one issued last; making it costs a moment of the machine, so that nobody asks for many."""
    registration = await registration_called(proved_code("certificate", token))
    rate_limits.count(certificate=(registration.code, current().rate_per_person))
    edition = await edition_of_link(registration.edition_slug)
    certificate = await latest_certificate(registration.code)
    data = certificate_sheet(certificate, edition)
    content = await typeset(*templates("certificate"), data=data, title=_("Attestation de présence"))
    return sheet(content, f"{_('attestation')}-{edition.slug}")


@get("/{edition_slug:str}/mon-attestation", name="scheduling:my-certificate", permission=Permission.SIGNED_IN)
async def mine(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """The signed-in person's own; without a ticket, the page that says how to get one."""
    registration = await registration_of(signed_in(request).id, edition.id)
    if registration is None:
        return see_other(url("site:my-ticket", edition_slug=edition.slug))
    action = url("scheduling:issue-my-certificate", edition_slug=edition.slug)
    return await _shown(request, edition, registration, action)


@post("/{edition_slug:str}/mon-attestation", name="scheduling:issue-my-certificate", permission=Permission.SIGNED_IN)
async def issue_mine(request: PageRequest, edition: RequestedEdition) -> Redirect:
    """The same, signed in."""
    registration = await registration_of(signed_in(request).id, edition.id)
    if registration is None:
        raise NothingAttended
    return await _issued(registration, edition)


@get("/attestations", name="scheduling:check-certificate", permission=Permission.PUBLIC)
async def check(request: PageRequest) -> Response[str]:
    """Where somebody who was handed one types its code."""
    return page(request, "scheduling/certificate_check.html", certificate=None, typed="", error="")


@post("/attestations", name="scheduling:find-certificate", permission=Permission.PUBLIC)
async def find(request: PageRequest) -> Response[str] | Redirect:
    """Leads to the page of that code, or says what is missing."""
    typed = str((await read_form(request, Typed))["code"]).strip()[:60]
    if not typed:
        return _not_found(request, typed, _(WRITE_IT), status_code=422)
    try:
        certificate = await certificate_called(typed)
    except NoSuchCertificate as refusal:
        return _not_found(request, typed, str(refusal))
    return see_other(url("scheduling:certificate-proof", code=certificate.code))


@get("/attestations/{code:str}", name="scheduling:certificate-proof", permission=Permission.PUBLIC)
async def proof(request: PageRequest, code: FromPath[str]) -> Response[str]:
    """Whoever has the code was given it by its holder: the name shows as it was printed, the activities do not."""
    try:
        certificate = await certificate_called(code)
    except NoSuchCertificate as refusal:
        return _not_found(request, code[:60], str(refusal))
    return page(request, "scheduling/certificate_check.html", certificate=certificate, typed="", error="")


def _not_found(request: PageRequest, typed: str, error: str, *, status_code: int = 404) -> Response[str]:
    template = "scheduling/certificate_check.html"
    return page(request, template, status_code=status_code, certificate=None, typed=typed, error=error)


async def _shown(request: PageRequest, edition: Edition, registration: Registration, action: str) -> Response[str]:
    return page(
        request,
        "scheduling/certificate.html",
        edition=edition,
        registration=registration,
        activities=await attended(registration.code),
        action=action,
    )


async def _issued(registration: Registration, edition: Edition) -> Redirect:
    await issue_certificate(registration, edition)
    return see_other(private_path("scheduling:certificate-file", "certificate", registration.code))


router = Router(
    path="/",
    route_handlers=[by_link, issue_by_link, file, mine, issue_mine, check, find, proof],
    after_request=keep_private,
    exception_handlers={WrongLink: wrong_link},
    include_in_schema=False,
)
