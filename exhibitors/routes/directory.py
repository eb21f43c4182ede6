"""The public pages of the fair: who is there, who answers what, where they stand."""

from collections.abc import Sequence

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.happenings import happenings_of
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.need_terms import need_terms
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.own_paths import page_before
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from exhibitors.domain.directory import ListedExhibitor, directory, listed_exhibitor
from exhibitors.domain.fairs import fair_of
from exhibitors.domain.favourite_exhibitors import (
    drop_favourite_exhibitor,
    favourite_exhibitors,
    keep_favourite_exhibitors,
)
from exhibitors.domain.floor_plan import plan_of
from exhibitors.routes.directory_filters import DirectoryFilters, filters_in
from exhibitors.routes.keepsakes import FAVOURITES
from exhibitors.routes.plan_marks import plan_background, public_marks

KEPT = N_("C’est dans vos exposants à voir : %(name)s")
DROPPED = N_("Ce n’est plus dans vos exposants à voir : %(name)s")


class Wish(Struct):
    """What the heart should be, not that it changes: sent twice, it comes to the same."""

    wanted: str = "yes"


class Narrowed(Struct, frozen=True, kw_only=True):
    """What a page of the fair shows: all exhibitors, and those that the filters leave."""

    everybody: Sequence[ListedExhibitor]
    found: Sequence[ListedExhibitor]
    filters: DirectoryFilters
    favourites: frozenset[str]


@get("/", name="exhibitors:directory", permission=Permission.PUBLIC)
async def all_exhibitors(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """By name, narrowed by what the address asks for."""
    shown = await _narrowed(request, edition)
    return page(
        request,
        "exhibitors/directory.html",
        edition=edition,
        fair=await fair_of(edition.id),
        shown=shown,
        needs=await need_terms(edition.id),
        has_plan=(await plan_of(edition.id)).published,
    )


@get("/plan", name="exhibitors:public-plan", permission=Permission.PUBLIC)
async def public_plan(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """The hall with whoever stands in it; what is looked for stands out. Below, the same as a list."""
    shown, plan = await _narrowed(request, edition), await plan_of(edition.id)
    chosen = request.query_params.get("kiosque", "")
    found = {exhibitor.booth_code for exhibitor in shown.found if shown.filters.is_set} | {chosen}
    return page(
        request,
        "exhibitors/public_plan.html",
        edition=edition,
        plan=plan,
        marks=public_marks(plan, edition, shown.everybody, found) if plan.published else {},
        background=plan_background(plan, edition),
        shown=shown,
        needs=await need_terms(edition.id),
        chosen=chosen,
    )


@get("/exposants/{exhibitor:str}", name="exhibitors:exhibitor", permission=Permission.PUBLIC)
async def one_exhibitor(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str]:
    """Who it is, what it answers, where it stands, which activities it takes part in."""
    listed = await listed_exhibitor(edition.id, exhibitor)
    happenings = {each.code: each for each in await happenings_of(edition.id)} if listed.activities else {}
    return page(
        request,
        "exhibitors/exhibitor.html",
        edition=edition,
        exhibitor=listed,
        activities=[happenings[code] for code in listed.activities if code in happenings],
        favourites=await my_favourites(request, edition),
    )


@post("/exposants/{exhibitor:str}/favori", name="exhibitors:favourite", permission=Permission.PUBLIC)
async def keep_or_drop(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Redirect:
    """A heart, pressed, with an account or without."""
    listed = await listed_exhibitor(edition.id, exhibitor)
    wanted = (await read_form(request, Wish))["wanted"] != "no"
    before = page_before(request, otherwise=url("exhibitors:directory", edition_slug=edition.slug))
    answer = see_other(f"{before}#exposant-{listed.code}", flash=_(KEPT if wanted else DROPPED, name=listed.name))
    if request.user is None:
        others = [code for code in FAVOURITES.kept_in(request.cookies) if code != listed.code]
        answer.set_cookie(FAVOURITES.keeping([*others, listed.code] if wanted else others))
    elif wanted:
        await keep_favourite_exhibitors(request.user.id, [listed.code])
    else:
        await drop_favourite_exhibitor(request.user.id, listed.code)
    return answer


async def my_favourites(request: PageRequest, edition: Edition) -> frozenset[str]:
    """Those of the account, or those that this browser keeps."""
    if request.user:
        return await favourite_exhibitors(request.user.id, edition.id)
    return frozenset(FAVOURITES.kept_in(request.cookies))


async def _narrowed(request: PageRequest, edition: Edition) -> Narrowed:
    filters = filters_in(request.query_params)
    everybody, favourites = await directory(edition.id), await my_favourites(request, edition)
    found = [
        exhibitor
        for exhibitor in everybody
        if exhibitor.fits(filters.words, filters.needs) and (not filters.favourites or exhibitor.code in favourites)
    ]
    return Narrowed(everybody=everybody, found=found, filters=filters, favourites=favourites)


router = Router(
    path="/{edition_slug:str}/salon",
    route_handlers=[all_exhibitors, public_plan, one_exhibitor, keep_or_drop],
    include_in_schema=False,
)
