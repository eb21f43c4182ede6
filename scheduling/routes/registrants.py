"""Who is registered: a list to search, and the same as a file for a spreadsheet."""

from collections.abc import AsyncIterator
from urllib.parse import urlencode

from litestar import Response, Router, get, post
from litestar.response import Stream
from msgspec import Struct

from digital_days.kernel import i18n
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import Locale, _
from digital_days.kernel.lists import BEGINNING, as_csv
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from scheduling.domain.registrants import Registrant, Wanted, every_registrant, registrants
from scheduling.routes.planned_activity_list import page_number


class Search(Struct):
    """Sent in the body: names and addresses stay out of addresses, which browsers and proxies remember."""

    q: str = ""
    activite: str = ""


@get("/", name="scheduling:registrants", permission=Permission.ORGANISE)
async def list_registrants(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """By name, fifty at a time."""
    return await _list(request, edition, _wanted(request))


@post("/", name="scheduling:find-registrants", permission=Permission.ORGANISE)
async def find_registrants(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """The first fifty who fit."""
    search = (await read_form(request, Search)).value or Search()
    words = " ".join(search.q.split())[:100]
    return await _list(request, edition, Wanted(words=words, activity=search.activite[:20]))


async def _list(request: PageRequest, edition: Edition, wanted: Wanted) -> Response[str]:
    query = _query(wanted)
    return page(
        request,
        "scheduling/registrants.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, "scheduling:registrants"),
        found=await registrants(edition.id, wanted, 1 if wanted.words else page_number(request)),
        wanted=wanted,
        next_pages=f"?{query}&page=",
        file_url=f"{url('scheduling:registrants-file', edition_slug=edition.slug)}?{query}",
    )


@get("/liste.csv", name="scheduling:registrants-file", permission=Permission.ORGANISE)
async def registrants_file(request: PageRequest, edition: RequestedEdition) -> Stream:
    """All of the list with the same choices, but for words searched, written while it is read from the database."""
    locale = i18n.current()
    people = every_registrant(edition.id, _wanted(request))
    return Stream(
        _lines(people, locale),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{_("inscriptions")}-{edition.slug}.csv"'},
    )


async def _lines(people: AsyncIterator[list[Registrant]], locale: Locale) -> AsyncIterator[bytes]:
    with i18n.use(locale):
        head = [_("Nom"), _("Courriel"), _("Code du billet"), _("Langue"), _("Inscription"), _("Activités")]
        yield BEGINNING.encode() + as_csv([head], locale)
    async for batch in people:
        with i18n.use(locale):
            lines = as_csv([_line(each) for each in batch], locale)
        yield lines


def _line(registrant: Registrant) -> list[str]:
    return [
        registrant.name,
        registrant.email,
        registrant.code,
        registrant.locale,
        f"{registrant.registered_at.astimezone(i18n.TORONTO):%Y-%m-%d %H:%M}",
        " | ".join(f"{title} ({i18n.format_day(at)}, {i18n.format_time(at)})" for title, at in registrant.held),
    ]


def _wanted(request: PageRequest) -> Wanted:
    asked = request.query_params
    return Wanted(activity=asked.get("activite", "")[:20], cancelled=asked.get("annulees", "") == "1")


def _query(wanted: Wanted) -> str:
    said = {"activite": wanted.activity, "annulees": "1" if wanted.cancelled else ""}
    return urlencode({name: value for name, value in said.items() if value})


router = Router(
    path="/{edition_slug:str}/organisation/inscriptions",
    route_handlers=[list_registrants, find_registrants, registrants_file],
    after_request=keep_private,
    include_in_schema=False,
)
