"""The organisers' pages of the fair's categories: all of them with what may be rented, and each one to write."""

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
from exhibitors.domain.categories import Category, categories_of, category_called
from exhibitors.domain.category_editing import CategoryInUse, add_category, change_category, remove_category
from exhibitors.domain.category_uses import category_uses
from exhibitors.domain.extra_editing import extras_of
from exhibitors.routes.category_form import CATEGORY, CategoryForm, before, check_price, typed_in, typed_of

ROUTE = "exhibitors:categories"


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def all_categories(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """In the order in which exhibitors read them."""
    return page(
        request,
        "exhibitors/categories.html",
        edition=edition,
        categories=await categories_of(edition.id),
        uses=await category_uses(edition.id),
        extras=await extras_of(edition.id),
        organiser_menu=organiser_menu(edition, ROUTE),
    )


@get("/nouvelle", name="exhibitors:new-category", permission=Permission.ORGANISE)
async def new_category(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """An empty form."""
    typed = {**dict.fromkeys(CATEGORY, ""), "version": "", "needs_insurance": "yes"}
    typed["after"] = before(await categories_of(edition.id), "")
    return await _form_page(request, edition, typed=typed)


@post("/nouvelle", name="exhibitors:add-category", permission=Permission.ORGANISE)
async def add(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """One more."""
    form = await read_form(request, CategoryForm)
    check_price(form)
    if form.value is None:
        return await _form_page(request, edition, typed=typed_in(form, CATEGORY), errors=form.errors, status=422)
    await add_category(edition.id, form.value.said, after=form.value.after)
    return _back(edition, _("La catégorie « %(name)s » est ajoutée.", name=form.value.name_fr))


@get("/{category:str}", name="exhibitors:category", permission=Permission.ORGANISE)
async def one_category(request: PageRequest, edition: RequestedEdition, category: FromPath[str]) -> Response[str]:
    """Its form, filled in."""
    stored = await category_called(edition.id, category)
    typed = {**typed_of(stored), "after": before(await categories_of(edition.id), category)}
    return await _form_page(request, edition, stored=stored, typed=typed)


@post("/{category:str}", name="exhibitors:change-category", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition, category: FromPath[str]) -> Response[str] | Redirect:
    """Whoever has not seen what somebody else wrote sees it first."""
    stored, form = await category_called(edition.id, category), await read_form(request, CategoryForm)
    check_price(form)
    typed = typed_in(form, CATEGORY)
    if form.value is None:
        return await _form_page(request, edition, stored=stored, typed=typed, errors=form.errors, status=422)
    try:
        await change_category(edition.id, category, form.value.said, version=form.value.version, after=form.value.after)
    except ChangedMeanwhile:
        stored = await category_called(edition.id, category)
        changes = differences(form, typed_of(stored), CATEGORY, {"needs_insurance": _insurance(stored)})
        typed["version"] = stored.version
        return await _form_page(request, edition, stored=stored, typed=typed, changes=changes, status=409)
    return _back(edition, _("La catégorie « %(name)s » est enregistrée.", name=form.value.name_fr))


@post("/{category:str}/enlever", name="exhibitors:remove-category", permission=Permission.ORGANISE)
async def remove(edition: RequestedEdition, category: FromPath[str]) -> Redirect:
    """Only one that nobody is in."""
    try:
        await remove_category(edition.id, category)
    except CategoryInUse as refusal:
        return _back(edition, str(refusal), kind="error")
    return _back(edition, _("La catégorie est enlevée."))


def _insurance(category: Category) -> str:
    return _("Nécessaire") if category.needs_insurance else _("Pas nécessaire")


def _back(edition: Edition, flash: str, *, kind: str = "success") -> Redirect:
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=flash, kind=kind)


async def _form_page(
    request: PageRequest,
    edition: Edition,
    *,
    typed: Mapping[str, str],
    stored: Category | None = None,
    errors: Mapping[str, str] | None = None,
    changes: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "exhibitors/category.html",
        edition=edition,
        status_code=status,
        category=stored,
        typed=typed,
        errors=errors or {},
        changes=changes,
        labels=labels(CATEGORY),
        others=[other for other in await categories_of(edition.id) if not stored or other.code != stored.code],
        organiser_menu=organiser_menu(edition, ROUTE),
    )


router = Router(
    path="/{edition_slug:str}/organisation/salon/categories",
    route_handlers=[all_categories, new_category, add, one_category, change, remove],
    include_in_schema=False,
)
