"""Documents of an exhibitor: for whoever acts for it, and for the organisers of its edition; for nobody else."""

from datetime import date
from urllib.parse import quote

from litestar import Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import files
from digital_days.kernel.documents import MOST_BYTES
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Refusal
from digital_days.kernel.i18n import N_, _, format_date
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from exhibitors.domain.documents import KINDS, Document, Kind, attach, check, detach, document_called, documents_of
from exhibitors.domain.exhibitors import Exhibitor, exhibitor_called, own_exhibitor
from exhibitors.routes.portal_menu import portal_menu

ROUTE = "exhibitors:documents"
SENT = N_("Le document est envoyé. L’équipe le vérifie.")
GONE = N_("Le document est enlevé.")
CHOOSE = N_("Choisissez un fichier.")
SAY_UNTIL = N_("Dites jusqu’à quand l’assurance est valide.")
ENDS_BEFORE = N_("Cette assurance se termine avant la fin de l’événement (%(day)s).")
MOST_SENT = MOST_BYTES + 2_000_000  # with the form around it; beyond, the server hangs up with a sentence of its own


class Sent(Struct):
    """Beside the file."""

    kind: Kind = "insurance"
    valid_until: date | None = None


class Checked(Struct):
    """``verdict`` good or not, of the state ``seen``; a reason where it is not."""

    verdict: str = ""
    reason: str = ""
    seen: str = ""


@get("/mon-kiosque/{exhibitor:str}/documents", name=ROUTE, permission=Permission.SIGNED_IN)
async def show(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str]:
    """All of them, and the form for one more."""
    own = await own_exhibitor(edition.id, signed_in(request).id, exhibitor)
    return await _documents_page(request, edition, own)


@post(
    "/mon-kiosque/{exhibitor:str}/documents",
    name="exhibitors:attach",
    permission=Permission.SIGNED_IN,
    request_max_body_size=MOST_SENT,
)
async def send(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str] | Redirect:
    """One more, whatever its name says it is."""
    viewer = signed_in(request)
    own = await own_exhibitor(edition.id, viewer.id, exhibitor)
    form, file = await read_form(request, Sent), (await request.form()).get("file")
    typed = {name: str(form[name]) for name in Sent.__struct_fields__}
    _check_insurance(form, edition)
    if form.value is None:
        return await _documents_page(request, edition, own, typed=typed, errors=form.errors, status=422)
    if not isinstance(file, UploadFile) or not file.filename:
        return await _documents_page(request, edition, own, typed=typed, errors={"file": _(CHOOSE)}, status=422)
    try:
        await attach(
            own,
            await file.read(MOST_BYTES + 1),
            kind=form.value.kind,
            filename=file.filename,
            valid_until=form.value.valid_until,
            by=viewer.id,
        )
    except Refusal as refusal:
        return await _documents_page(request, edition, own, typed=typed, errors={"file": str(refusal)}, status=422)
    return see_other(url(ROUTE, edition_slug=edition.slug, exhibitor=own.code), flash=_(SENT))


@post(
    "/mon-kiosque/{exhibitor:str}/documents/{document:str}/enlever",
    name="exhibitors:detach",
    permission=Permission.SIGNED_IN,
)
async def remove(
    request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str], document: FromPath[str]
) -> Redirect:
    """By whoever acts for it, before it is accepted."""
    own = await own_exhibitor(edition.id, signed_in(request).id, exhibitor)
    await detach(own, document)
    return see_other(url(ROUTE, edition_slug=edition.slug, exhibitor=own.code), flash=_(GONE))


@get(
    "/mon-kiosque/{exhibitor:str}/documents/{document:str}", name="exhibitors:document", permission=Permission.SIGNED_IN
)
async def download(
    request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str], document: FromPath[str]
) -> Response[bytes]:
    """For whoever acts for it."""
    own = await own_exhibitor(edition.id, signed_in(request).id, exhibitor)
    return await _file(await document_called(own.id, document))


@get(
    "/organisation/salon/candidatures/{exhibitor:str}/documents/{document:str}",
    name="exhibitors:review-document",
    permission=Permission.ORGANISE,
)
async def organiser_download(
    edition: RequestedEdition, exhibitor: FromPath[str], document: FromPath[str]
) -> Response[bytes]:
    """For the organisers of the edition."""
    found = await exhibitor_called(edition.id, exhibitor)
    return await _file(await document_called(found.id, document))


@post(
    "/organisation/salon/candidatures/{exhibitor:str}/documents/{document:str}",
    name="exhibitors:check-document",
    permission=Permission.ORGANISE,
)
async def verdict(
    request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str], document: FromPath[str]
) -> Redirect:
    """Good, or not with a reason that is written to the contacts."""
    found, form = await exhibitor_called(edition.id, exhibitor), await read_form(request, Checked)
    back = url("exhibitors:application-review", edition_slug=edition.slug, exhibitor=found.code) + "#documents"
    is_good = form["verdict"] == "good"
    try:
        seen, reason = str(form["seen"]), str(form["reason"])
        await check(found, document, seen=seen, is_good=is_good, reason=reason, by=signed_in(request).id)
    except Refusal as refusal:
        return see_other(back, flash=str(refusal), kind="error")
    return see_other(back, flash=_("Le document est accepté.") if is_good else _("Le document est refusé."))


def _check_insurance(form: Form[Sent], edition: Edition) -> None:
    """It says until when, and that is not before the event is over."""
    if form.value is None or form.value.kind != "insurance":
        return
    if form.value.valid_until is None:
        form.refuse("valid_until", _(SAY_UNTIL))
    elif form.value.valid_until < edition.ends_on:
        form.refuse("valid_until", _(ENDS_BEFORE, day=format_date(edition.ends_on)))


async def _file(document: Document) -> Response[bytes]:
    """Only ever a download: it is shown in no page of ours."""
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(document.filename)}",
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "private, no-store",
    }
    return Response(await files.read(document.file), media_type=document.media_type, headers=headers)


async def _documents_page(
    request: PageRequest,
    edition: Edition,
    own: Exhibitor,
    *,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "exhibitors/documents.html",
        edition=edition,
        status_code=status,
        exhibitor=own,
        documents=await documents_of(own.id),
        kinds=[(kind, _(words)) for kind, words in KINDS.items()],
        typed={"kind": "insurance" if own.needs_insurance else "other", "valid_until": "", **(typed or {})},
        errors=errors or {},
        most=MOST_BYTES // 1_000_000,
        portal_menu=portal_menu(edition, own, ROUTE),
    )


router = Router(
    path="/{edition_slug:str}",
    route_handlers=[show, send, remove, download, organiser_download, verdict],
    after_request=keep_private,
    include_in_schema=False,
)
