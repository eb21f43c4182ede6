"""My agenda: by session, by the link of a mail, and as a feed for calendar programs."""

import hashlib

from litestar import Response, Router, get
from litestar.params import FromPath

from digital_days.kernel.afterwards import PersonalLink
from digital_days.kernel.agenda import AgendaItem, items_of
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import TORONTO
from digital_days.kernel.permissions import Permission
from digital_days.kernel.private_links import WrongLink, private_path, proved_code
from digital_days.kernel.registrations import Registration, registration_called, registration_of
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import edition_of_link, keep_private, wrong_link
from digital_days.kernel.web.urls import absolute, url
from digital_days.services import SERVICES
from digital_days.site.agenda_feed import agenda_feed
from scheduling.domain.waiting import lines_of


@get("/{edition_slug:str}/mon-agenda", name="site:my-agenda", permission=Permission.SIGNED_IN)
async def mine(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """The signed-in person's own."""
    viewer = signed_in(request)
    registration = await registration_of(viewer.id, edition.id)
    ticket = url("site:my-ticket", edition_slug=edition.slug)
    needs = url("scheduling:my-needs", edition_slug=edition.slug)
    return await _agenda_page(request, edition, viewer.id, registration, ticket=ticket, needs=needs)


@get("/agenda/{token:str}", name="site:agenda", permission=Permission.SIGNED_LINK)
async def by_link(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """The same page for whoever holds the link."""
    registration = await registration_called(proved_code("agenda", token))
    edition = await edition_of_link(registration.edition_slug)
    ticket = private_path("site:ticket", "ticket", registration.code)
    needs = private_path("scheduling:needs", "needs", registration.code)
    return await _agenda_page(request, edition, registration.person_id, registration, ticket=ticket, needs=needs)


@get("/agenda/{token:str}/agenda.ics", name="site:agenda-feed", permission=Permission.SIGNED_LINK)
async def subscribe(request: PageRequest, token: FromPath[str]) -> Response[bytes]:
    """For calendar programs, which come back every hour: 304 while nothing has changed. It opens no page."""
    registration = await registration_called(proved_code("feed", token))
    edition = await edition_of_link(registration.edition_slug)
    items = await items_of(registration.person_id, edition.id, with_cancelled=True)
    return _calendar_answer(request, agenda_feed(items, edition), filename=f"agenda-{edition.slug}.ics")


def _calendar_answer(request: PageRequest, content: bytes, *, filename: str) -> Response[bytes]:
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {
        "etag": tag,
        "cache-control": "private, no-cache",
        "content-disposition": f'inline; filename="{filename}"',
    }
    known = {known.strip().removeprefix("W/") for known in request.headers.get("if-none-match", "").split(",")}
    if tag in known:
        return Response(b"", status_code=304, headers=headers, media_type="text/calendar")
    return Response(content, headers=headers, media_type="text/calendar")


async def _agenda_page(
    request: PageRequest,
    edition: Edition,
    person_id: int,
    registration: Registration | None,
    *,
    ticket: str,
    needs: str,
) -> Response[str]:
    items = await items_of(person_id, edition.id)
    lines = await lines_of(person_id, edition.id)
    feed = absolute(private_path("site:agenda-feed", "feed", registration.code)) if registration else ""
    return page(
        request,
        "site/agenda.html",
        edition=edition,
        registration=registration,
        afterwards=await _afterwards(registration),
        days=_by_day(items),
        count=len(items),
        lines=[(entry, private_path("scheduling:waiting", "wait", entry.code)) for entry in lines],
        ticket_url=ticket if registration else "",
        needs_url=needs if registration and registration.is_active else "",
        feed=feed,
        webcal=feed.replace("https://", "webcal://", 1).replace("http://", "webcal://", 1),
    )


async def _afterwards(registration: Registration | None) -> list[PersonalLink]:
    """What every service has for them since they took part."""
    if registration is None:
        return []
    return [link for service in SERVICES if service.afterwards for link in await service.afterwards(registration)]


def _by_day(items: list[AgendaItem]) -> list[list[AgendaItem]]:
    days: dict[str, list[AgendaItem]] = {}
    for item in items:
        days.setdefault(item.starts_at.astimezone(TORONTO).date().isoformat(), []).append(item)
    return list(days.values())


router = Router(
    path="/",
    route_handlers=[mine, by_link, subscribe],
    after_request=keep_private,
    exception_handlers={WrongLink: wrong_link},
    include_in_schema=False,
)
