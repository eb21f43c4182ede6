"""The organisers' pages of what may be rented with a booth, each to write."""

from collections.abc import Mapping

from litestar import Response, Router, get, post
from litestar.params import FromPath
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
from exhibitors.domain.extra_editing import (
    Extra,
    ExtraInUse,
    StockBelowRented,
    add_extra,
    change_extra,
    extra_called,
    extras_of,
    remove_extra,
)
from exhibitors.routes.category_form import EXTRA, ExtraForm, before, check_price, typed_in, typed_of

ROUTE = "exhibitors:categories"


@get("/nouvelle", name="exhibitors:new-extra", permission=Permission.ORGANISE)
async def new_extra(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """An empty form."""
    typed = {**dict.fromkeys(EXTRA, ""), "version": "", "after": before(await extras_of(edition.id), "")}
    return await _form_page(request, edition, typed=typed)


@post("/nouvelle", name="exhibitors:add-extra", permission=Permission.ORGANISE)
async def add(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """One more."""
    form = await read_form(request, ExtraForm)
    check_price(form)
    if form.value is None:
        return await _form_page(request, edition, typed=typed_in(form, EXTRA), errors=form.errors, status=422)
    await add_extra(edition.id, form.value.said, after=form.value.after)
    return _back(edition, _("« %(name)s » est ajouté.", name=form.value.name_fr))


@get("/{extra:str}", name="exhibitors:extra", permission=Permission.ORGANISE)
async def one_extra(request: PageRequest, edition: RequestedEdition, extra: FromPath[str]) -> Response[str]:
    """Its form, filled in."""
    stored = await extra_called(edition.id, extra)
    typed = {**typed_of(stored), "after": before(await extras_of(edition.id), extra)}
    return await _form_page(request, edition, stored=stored, typed=typed)


@post("/{extra:str}", name="exhibitors:change-extra", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition, extra: FromPath[str]) -> Response[str] | Redirect:
    """Whoever has not seen what somebody else wrote sees it first; never fewer than are rented."""
    stored, form = await extra_called(edition.id, extra), await read_form(request, ExtraForm)
    check_price(form)
    typed = typed_in(form, EXTRA)
    if form.value:
        try:
            said = form.value.said
            await change_extra(edition.id, extra, said, version=form.value.version, after=form.value.after)
            return _back(edition, _("« %(name)s » est enregistré.", name=form.value.name_fr))
        except StockBelowRented as refusal:
            form.refuse("stock", str(refusal))
        except ChangedMeanwhile:
            stored = await extra_called(edition.id, extra)
            changes, typed["version"] = differences(form, typed_of(stored), EXTRA), stored.version
            return await _form_page(request, edition, stored=stored, typed=typed, changes=changes, status=409)
    return await _form_page(request, edition, stored=stored, typed=typed, errors=form.errors, status=422)


@post("/{extra:str}/enlever", name="exhibitors:remove-extra", permission=Permission.ORGANISE)
async def remove(edition: RequestedEdition, extra: FromPath[str]) -> Redirect:
    """Only what nobody has rented."""
    try:
        await remove_extra(edition.id, extra)
    except ExtraInUse as refusal:
        return _back(edition, str(refusal), kind="error")
    return _back(edition, _("L’équipement est enlevé."))


def _back(edition: Edition, flash: str, *, kind: str = "success") -> Redirect:
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=flash, kind=kind)


async def _form_page(
    request: PageRequest,
    edition: Edition,
    *,
    typed: Mapping[str, str],
    stored: Extra | None = None,
    errors: Mapping[str, str] | None = None,
    changes: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "exhibitors/extra.html",
        edition=edition,
        status_code=status,
        extra=stored,
        typed=typed,
        errors=errors or {},
        changes=changes,
        labels=labels(EXTRA),
        others=[other for other in await extras_of(edition.id) if not stored or other.code != stored.code],
        organiser_menu=organiser_menu(edition, ROUTE),
    )


router = Router(
    path="/{edition_slug:str}/organisation/salon/equipement",
    route_handlers=[new_extra, add, one_extra, change, remove],
    include_in_schema=False,
)
