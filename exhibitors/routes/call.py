"""The call for exhibitors: what it is, for whom, for how much; and the form to apply."""

from collections.abc import Mapping, Sequence

from litestar import Response, Router, get, post
from litestar.response import Redirect

from digital_days.kernel import consents, wake
from digital_days.kernel.codes import new_code
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web import rate_limits
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from exhibitors.domain.applications import CallClosed, apply
from exhibitors.domain.categories import categories_of
from exhibitors.domain.exhibitors import exhibitors_of
from exhibitors.domain.fairs import fair_of
from exhibitors.routes.application_form import LABELS, read_application

SENT = N_("Votre candidature est envoyée. L’équipe vous répond par courriel.")
SIGNED_OUT = N_("Donnez d’abord votre adresse : le lien que vous recevez ouvre le formulaire.")
_MOST_A_DAY = 20


@get("/exposer", name="exhibitors:call", permission=Permission.PUBLIC)
async def call(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Open, not yet, or closed, in words; the form for whoever has proved an address."""
    return await _call_page(request, edition, typed={"form_code": new_code()})


@post("/exposer", name="exhibitors:apply", permission=Permission.PLACE_TAKE)
async def send(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """One form, one application, however often it is sent."""
    fair, categories = await fair_of(edition.id), await categories_of(edition.id)
    read = await read_application(request, categories, fair.questions, asks_agreement=True)
    if request.user is None:
        read.form.errors, read.said = {"": _(SIGNED_OUT)}, None
    if read.said is None or request.user is None:
        return await _refused(request, edition, read.form.typed, read.form.errors, read.answered)
    rate_limits.count(fair_application=(str(request.user.id), _MOST_A_DAY))
    try:
        code = await apply(edition, request.user.id, read.category_id, read.said, form_code=read.form_code)
    except CallClosed as refusal:
        return await _refused(request, edition, read.form.typed, {"": str(refusal)}, read.answered, status=409)
    wake.soon()
    return see_other(url("exhibitors:application", edition_slug=edition.slug, exhibitor=code), flash=_(SENT))


async def _refused(
    request: PageRequest,
    edition: Edition,
    typed: Mapping[str, object],
    errors: Mapping[str, str],
    answered: Mapping[str, Sequence[str]],
    *,
    status: int = 422,
) -> Response[str]:
    return await _call_page(request, edition, typed=typed, errors=errors, answered=answered, status=status)


async def _call_page(
    request: PageRequest,
    edition: Edition,
    *,
    typed: Mapping[str, object],
    errors: Mapping[str, str] | None = None,
    answered: Mapping[str, Sequence[str]] | None = None,
    status: int = 200,
) -> Response[str]:
    fair = await fair_of(edition.id)
    blank = dict.fromkeys(LABELS, "")
    return page(
        request,
        "exhibitors/call.html",
        edition=edition,
        status_code=status,
        fair=fair,
        categories=await categories_of(edition.id),
        mine=await exhibitors_of(edition.id, request.user.id) if request.user else [],
        agreement=consents.EXHIBITOR.text(edition.organiser_name),
        typed={**blank, "in_quebec": "yes", **typed},
        answered=answered or {},
        errors=errors or {},
        labels={name: _(label) for name, label in LABELS.items()},
        here=url("exhibitors:call", edition_slug=edition.slug),
    )


router = Router(path="/{edition_slug:str}", route_handlers=[call, send], include_in_schema=False)
