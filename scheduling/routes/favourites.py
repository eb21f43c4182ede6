"""Favourite activities, with an account or without: the hearts, their page, their calendar."""

import msgspec
from litestar import MediaType, Response, Router, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import i18n
from digital_days.kernel.calendar_file import Organizer, feed
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.settings import current
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.own_paths import page_before
from digital_days.kernel.web.pages import PageRequest, is_htmx, page, see_other
from digital_days.kernel.web.sessions import Viewer
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from scheduling.domain.activities import activity_called, places_held
from scheduling.domain.favourite_calendar import favourite_entries
from scheduling.domain.favourite_moments import favourite_moments
from scheduling.domain.favourites import drop_favourite, keep_favourites
from scheduling.domain.programme import Activity
from scheduling.domain.programme_reading import programme_of
from scheduling.routes.keepsakes import FAVOURITES
from scheduling.routes.labels import day_name
from scheduling.routes.mine import my_favourites

KEPT = N_("C’est dans vos favoris : %(title)s")
DROPPED = N_("Ce n’est plus dans vos favoris : %(title)s")


class Wish(Struct):
    """What the heart should be, not that it changes: sent twice, it comes to the same."""

    wanted: str = "yes"


@get("/{edition_slug:str}/favoris", name="scheduling:favourites", permission=Permission.PUBLIC)
async def mine(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """When and where they are, what is left, and what is on at the same time."""
    shown = await programme_of(edition.id)
    favourites = favourite_moments(shown, await my_favourites(request, edition))
    held = await places_held(request.user.id, edition.id) if request.user else {}
    return page(
        request, "scheduling/favourites.html", edition=edition, favourites=favourites, held=held, day_name=day_name
    )


@post("/{edition_slug:str}/favoris/{activity_code:str}", name="scheduling:favourite", permission=Permission.PUBLIC)
async def keep_or_drop(
    request: PageRequest, edition: RequestedEdition, activity_code: FromPath[str]
) -> Response[str] | Redirect:
    """A heart, pressed; a script gets the sentence alone."""
    activity = activity_called(await programme_of(edition.id), activity_code)
    wanted = (await read_form(request, Wish))["wanted"] != "no"
    said = _(KEPT if wanted else DROPPED, title=activity.title)
    before = page_before(request, otherwise=url("scheduling:favourites", edition_slug=edition.slug))
    answer = _sentence(said) if is_htmx(request) else see_other(before, flash=said)
    if request.user:
        await _change_account(request.user, activity, wanted=wanted)
    else:
        answer.set_cookie(_changed_cookie(request, activity, wanted=wanted))
    return answer


def _sentence(said: str) -> Response[str]:
    return Response(said, media_type=MediaType.TEXT, status_code=200)


async def _change_account(viewer: Viewer, activity: Activity, *, wanted: bool) -> None:
    if wanted:
        await keep_favourites(viewer.id, [activity.code])
    else:
        await drop_favourite(viewer.id, activity.code)


def _changed_cookie(request: PageRequest, activity: Activity, *, wanted: bool) -> Cookie:
    others = [code for code in FAVOURITES.kept_in(request.cookies) if code != activity.code]
    return FAVOURITES.keeping([*others, activity.code] if wanted else others)


@get("/{edition_slug:str}/favoris.json", name="scheduling:favourite-codes", permission=Permission.PUBLIC)
async def codes(request: PageRequest, edition: RequestedEdition) -> Response[bytes]:
    """For a page that comes back out of the browser's memory: its hearts may have changed since."""
    content = msgspec.json.encode(sorted(await my_favourites(request, edition)))
    return Response(content, media_type=MediaType.JSON)


@get("/{edition_slug:str}/favoris.ics", name="scheduling:favourites-calendar", permission=Permission.PUBLIC)
async def calendar(request: PageRequest, edition: RequestedEdition) -> Response[bytes]:
    """A file to open once; loaded again later, it moves what has moved."""
    content = feed(
        await favourite_entries(edition, await my_favourites(request, edition)),
        name=edition.name,
        organizer=Organizer(name=edition.name, email=current().mail_from),
        language=i18n.current(),
    )
    headers = {"content-disposition": f'attachment; filename="favoris-{edition.slug}.ics"'}
    return Response(content, headers=headers, media_type="text/calendar")


router = Router(
    path="/",
    route_handlers=[mine, keep_or_drop, codes, calendar],
    after_request=keep_private,
    include_in_schema=False,
)
