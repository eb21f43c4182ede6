"""The organisers' page of who sells: what every invoice of the edition says of it."""

from collections.abc import Mapping, Sequence

from litestar import Response, Router, get, post
from litestar.response import Redirect

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.changed_meanwhile import differences, labels
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from exhibitors.domain.billing_settings import BillingSettings, billing_settings, change_billing
from exhibitors.routes.billing_form import LABELS, BillingForm, check_billing, typed_in, typed_of

ROUTE = "exhibitors:billing"


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """As it is on record."""
    settings = await billing_settings(edition.id)
    return _settings_page(request, edition, settings, typed=typed_of(settings))


@post("/", name="exhibitors:change-billing", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """For invoices from now on; whoever has not seen what somebody else wrote sees it first."""
    form = await read_form(request, BillingForm)
    said = check_billing(form)
    if said and form.value:
        try:
            await change_billing(edition.id, said, version=form.value.version)
            flash = _("Les renseignements de facturation sont enregistrés.")
            return see_other(url(ROUTE, edition_slug=edition.slug), flash=flash)
        except ChangedMeanwhile:
            now = await billing_settings(edition.id)
            typed = {**typed_in(form), "version": now.version}
            changes = differences(form, typed_of(now), LABELS)
            return _settings_page(request, edition, now, typed=typed, changes=changes, status=409)
    now = await billing_settings(edition.id)
    return _settings_page(request, edition, now, typed=typed_in(form), errors=form.errors, status=422)


def _settings_page(
    request: PageRequest,
    edition: Edition,
    settings: BillingSettings,
    *,
    typed: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    changes: Sequence[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "exhibitors/billing.html",
        edition=edition,
        status_code=status,
        organiser_menu=organiser_menu(edition, "exhibitors:all-invoices"),
        missing=settings.missing,
        typed=typed,
        errors=errors or {},
        changes=changes,
        labels=labels(LABELS),
    )


router = Router(
    path="/{edition_slug:str}/organisation/salon/facturation", route_handlers=[show, change], include_in_schema=False
)
