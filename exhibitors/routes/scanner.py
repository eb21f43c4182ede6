"""The phone of an exhibitor: a ticket read or its code typed, and the visitor's first name."""

from typing import Literal

from litestar import Response, Router, get, post
from msgspec import Struct

from digital_days.kernel.check_in import UnknownTicket
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import TooMany, http_status
from digital_days.kernel.i18n import N_
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web import rate_limits
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, fragment, is_htmx, page
from digital_days.kernel.web.scanned import registration_scanned
from digital_days.kernel.web.signed_links import keep_private
from exhibitors.domain.scanners import Paired
from exhibitors.domain.scanning import Outcome, ScannedLead, scan
from exhibitors.routes.paired import NotPaired, not_paired, paired

OF_A_PHONE, OF_AN_EXHIBITOR = 80, 300
"""Tickets in ten minutes: more than anybody meets, and by far too few to guess a code of fifty bits."""


class ScansTooOften(TooMany):
    message = N_("Beaucoup de billets ont été lus en peu de temps. Attendez quelques minutes, puis recommencez.")


class Told(Struct, frozen=True, kw_only=True):
    """What the phone shows."""

    outcome: Outcome | Literal["unknown", "too_often"]
    lead: ScannedLead | None = None
    edition: str = ""
    sentence: str = ""


@get("/", name="exhibitors:scanner", permission=Permission.PAIRED)
async def scanner(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Camera and field."""
    return _scanner_page(request, edition, await paired(request, edition), told=None)


@post("/", name="exhibitors:scan", permission=Permission.PAIRED)
async def read_ticket(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """The visitor is a lead from now on, or the phone reads why not."""
    phone = await paired(request, edition)
    try:
        rate_limits.count(ScansTooOften, scanner=(phone.code, OF_A_PHONE), exhibitor=(phone.exhibitor, OF_AN_EXHIBITOR))
        scanned = await scan(phone, await registration_scanned(request))
    except (UnknownTicket, ScansTooOften) as refusal:
        outcome: Literal["unknown", "too_often"] = "unknown" if isinstance(refusal, UnknownTicket) else "too_often"
        told = Told(outcome=outcome, sentence=str(refusal))
        answer = _answer(request, edition, phone, told, status=http_status(refusal))
        answer.headers.update(refusal.headers)
        return answer
    told = Told(outcome=scanned.outcome, lead=scanned.lead, edition=scanned.edition)
    return _answer(request, edition, phone, told, status=200 if scanned.lead else 409)


def _answer(request: PageRequest, edition: Edition, phone: Paired, told: Told, *, status: int) -> Response[str]:
    """The result alone where a script asks, else the whole page."""
    if is_htmx(request):
        return fragment("exhibitors/_scan_result.html", status_code=status, edition=edition, told=told)
    return _scanner_page(request, edition, phone, told=told, status=status)


def _scanner_page(
    request: PageRequest, edition: Edition, phone: Paired, *, told: Told | None, status: int = 200
) -> Response[str]:
    return page(request, "exhibitors/scanner.html", edition=edition, status_code=status, phone=phone, told=told)


router = Router(
    path="/{edition_slug:str}/lecteur",
    route_handlers=[scanner, read_ticket],
    after_request=keep_private,
    exception_handlers={NotPaired: not_paired},
    include_in_schema=False,
)
