"""The organisers' pages of what may be rented with a booth: all of it, and each one to write."""

from collections.abc import Mapping, Sequence

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.changed_meanwhile import labels
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from exhibitors.domain.extra_writing import StockBelowTaken, add_extra, change_extra
from exhibitors.domain.extras import Extra, extra_called, extras_of
from exhibitors.domain.fair_order import before
from exhibitors.routes.extra_form import LABELS, NEW, ExtraForm, said_in, said_meanwhile, typed_in, typed_of

ROUTE = "exhibitors:extras"


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def all_extras(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """In the order in which exhibitors read them."""
    extras, menu = await extras_of(edition.id), organiser_menu(edition, ROUTE)
    return page(request, "exhibitors/extras.html", edition=edition, extras=extras, organiser_menu=menu)


@get("/nouveau", name="exhibitors:new-extra", permission=Permission.ORGANISE)
async def new_extra(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """An empty form."""
    others = await extras_of(edition.id)
    return _form_page(request, edition, others, typed={**NEW, "after": before(others, "")})


@post("/nouveau", name="exhibitors:add-extra", permission=Permission.ORGANISE)
async def add(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """One more."""
    form = await read_form(request, ExtraForm)
    said = said_in(form)
    if said is None:
        others = await extras_of(edition.id)
        return _form_page(request, edition, others, typed=typed_in(form), errors=form.errors, status=422)
    await add_extra(edition.id, said, after=str(form["after"]))
    return _back(edition, _("Le supplément « %(name)s » est ajouté.", name=said.name_fr))


@get("/{extra:str}", name="exhibitors:extra", permission=Permission.ORGANISE)
async def one_extra(request: PageRequest, edition: RequestedEdition, extra: FromPath[str]) -> Response[str]:
    """Its form, filled in."""
    stored, listed = await extra_called(edition.id, extra), await extras_of(edition.id)
    typed = {**typed_of(stored), "version": stored.version, "after": before(listed, extra)}
    return _form_page(request, edition, listed, extra=stored, typed=typed)


@post("/{extra:str}", name="exhibitors:change-extra", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition, extra: FromPath[str]) -> Response[str] | Redirect:
    """Whoever has not seen what somebody else wrote sees it first; never fewer than are rented."""
    stored, form = await extra_called(edition.id, extra), await read_form(request, ExtraForm)
    said = said_in(form)
    if said:
        try:
            await change_extra(edition.id, extra, said, version=str(form["version"]), after=str(form["after"]))
            return _back(edition, _("Le supplément « %(name)s » est enregistré.", name=said.name_fr))
        except StockBelowTaken as refusal:
            form.refuse("stock", str(refusal))
        except ChangedMeanwhile:
            return await _compared(request, edition, extra, form)
    listed, typed = await extras_of(edition.id), typed_in(form)
    return _form_page(request, edition, listed, extra=stored, typed=typed, errors=form.errors, status=422)


def _back(edition: Edition, flash: str) -> Redirect:
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=flash)


async def _compared(request: PageRequest, edition: Edition, code: str, form: Form[ExtraForm]) -> Response[str]:
    now = await extra_called(edition.id, code)
    typed, changes = {**typed_in(form), "version": now.version}, said_meanwhile(form, now)
    listed = await extras_of(edition.id)
    return _form_page(request, edition, listed, extra=now, typed=typed, changes=changes, status=409)


def _form_page(
    request: PageRequest,
    edition: Edition,
    listed: Sequence[Extra],
    *,
    typed: Mapping[str, str],
    extra: Extra | None = None,
    errors: Mapping[str, str] | None = None,
    changes: Sequence[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "exhibitors/extra.html",
        edition=edition,
        status_code=status,
        extra=extra,
        typed=typed,
        errors=errors or {},
        changes=changes,
        labels=labels(LABELS),
        others=[other for other in listed if extra is None or other.code != extra.code],
    )


router = Router(
    path="/{edition_slug:str}/organisation/salon/supplements",
    route_handlers=[all_extras, new_extra, add, one_extra, change],
    include_in_schema=False,
)
