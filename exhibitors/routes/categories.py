"""The organisers' pages of the fair's categories: all of them, and each one to write."""

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
from exhibitors.domain.categories import Category, categories_of, category_called
from exhibitors.domain.category_uses import used_categories
from exhibitors.domain.category_writing import add_category, change_category
from exhibitors.domain.fair_order import before
from exhibitors.routes.category_form import (
    LABELS,
    NEW,
    CategoryForm,
    said_in,
    said_meanwhile,
    typed_in,
    typed_of,
)

ROUTE = "exhibitors:categories"


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def all_categories(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """In the order in which exhibitors read them."""
    used, menu = await used_categories(edition.id), organiser_menu(edition, ROUTE)
    return page(request, "exhibitors/categories.html", edition=edition, categories=used, organiser_menu=menu)


@get("/nouvelle", name="exhibitors:new-category", permission=Permission.ORGANISE)
async def new_category(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """An empty form."""
    others = await categories_of(edition.id)
    return _form_page(request, edition, others, typed={**NEW, "after": before(others, "")})


@post("/nouvelle", name="exhibitors:add-category", permission=Permission.ORGANISE)
async def add(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """One more."""
    form = await read_form(request, CategoryForm)
    said = said_in(form)
    if said is None:
        others = await categories_of(edition.id)
        return _form_page(request, edition, others, typed=typed_in(form), errors=form.errors, status=422)
    await add_category(edition.id, said, after=str(form["after"]))
    return _back(edition, _("La catégorie « %(name)s » est ajoutée.", name=said.name_fr))


@get("/{category:str}", name="exhibitors:category", permission=Permission.ORGANISE)
async def one_category(request: PageRequest, edition: RequestedEdition, category: FromPath[str]) -> Response[str]:
    """Its form, filled in."""
    stored, listed = await category_called(edition.id, category), await categories_of(edition.id)
    typed = {**typed_of(stored), "version": stored.version, "after": before(listed, category)}
    return _form_page(request, edition, listed, category=stored, typed=typed)


@post("/{category:str}", name="exhibitors:change-category", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition, category: FromPath[str]) -> Response[str] | Redirect:
    """Whoever has not seen what somebody else wrote sees it first."""
    stored, form = await category_called(edition.id, category), await read_form(request, CategoryForm)
    said = said_in(form)
    if said is None:
        listed, typed = await categories_of(edition.id), typed_in(form)
        return _form_page(request, edition, listed, category=stored, typed=typed, errors=form.errors, status=422)
    try:
        await change_category(edition.id, category, said, version=str(form["version"]), after=str(form["after"]))
    except ChangedMeanwhile:
        return await _compared(request, edition, category, form)
    return _back(edition, _("La catégorie « %(name)s » est enregistrée.", name=said.name_fr))


def _back(edition: Edition, flash: str) -> Redirect:
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=flash)


async def _compared(request: PageRequest, edition: Edition, code: str, form: Form[CategoryForm]) -> Response[str]:
    now = await category_called(edition.id, code)
    typed, changes = {**typed_in(form), "version": now.version}, said_meanwhile(form, now)
    listed = await categories_of(edition.id)
    return _form_page(request, edition, listed, category=now, typed=typed, changes=changes, status=409)


def _form_page(
    request: PageRequest,
    edition: Edition,
    listed: Sequence[Category],
    *,
    typed: Mapping[str, str],
    category: Category | None = None,
    errors: Mapping[str, str] | None = None,
    changes: Sequence[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "exhibitors/category.html",
        edition=edition,
        status_code=status,
        category=category,
        typed=typed,
        errors=errors or {},
        changes=changes,
        labels=labels(LABELS),
        others=[other for other in listed if category is None or other.code != category.code],
    )


router = Router(
    path="/{edition_slug:str}/organisation/salon/categories",
    route_handlers=[all_categories, new_category, add, one_category, change],
    include_in_schema=False,
)
