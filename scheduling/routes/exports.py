"""The public programme out of the house: schedules for programs, a calendar to subscribe to."""

from collections.abc import Callable

from litestar import Router, get
from litestar.response.base import ASGIResponse
from msgspec import structs

from digital_days.kernel import i18n
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.settings import current
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.page_cache import JSON, kept
from digital_days.kernel.web.pages import PageRequest
from digital_days.kernel.web.urls import absolute, url
from scheduling.domain.programme import Programme, Slot
from scheduling.domain.programme_filters import ALL_DAYS, Filters, filters_in, matching
from scheduling.domain.programme_reading import programme_of
from scheduling.domain.published_programme import PublishedProgramme, published_programme
from scheduling.exports.c3voc_json import schedule_json
from scheduling.exports.c3voc_rows import Publication, Schedule
from scheduling.exports.c3voc_schedule import schedule_of
from scheduling.exports.c3voc_xml import schedule_xml
from scheduling.exports.programme_ics import programme_ics
from scheduling.routes.public_slots import public_edition, public_slot

XML = "application/xml"
CALENDAR = "text/calendar; charset=utf-8"


@get("/programme/schedule.json", name="scheduling:schedule-json", permission=Permission.PUBLIC)
async def as_json(request: PageRequest, edition: RequestedEdition) -> ASGIResponse:
    """As c3voc's programs read it, in the language of the address."""
    return await _schedule(request, edition, schedule_json, JSON)


@get("/programme/schedule.xml", name="scheduling:schedule-xml", permission=Permission.PUBLIC)
async def as_xml(request: PageRequest, edition: RequestedEdition) -> ASGIResponse:
    """The same in the older form, which more programs read."""
    return await _schedule(request, edition, schedule_xml, XML)


@get("/programme.ics", name="scheduling:programme-calendar", permission=Permission.PUBLIC)
async def calendar(request: PageRequest, edition: RequestedEdition) -> ASGIResponse:
    """Every slot, or those that the programme's filters leave: ``?theme=…`` for a theme."""
    shown = await programme_of(edition.id)
    asked = filters_in(request.query_params, shown)
    filters = structs.replace(asked, favourites=False, fitting=False)  # whose, a calendar program cannot say
    return kept(
        request,
        version=(shown.version, edition),
        query=filters.query,
        make=lambda: _calendar(edition, shown, filters),
        media_type=CALENDAR,
    )


async def _schedule(
    request: PageRequest, edition: Edition, write: Callable[[Schedule], bytes], media_type: str
) -> ASGIResponse:
    published = await published_programme(edition.id)
    return kept(
        request,
        version=(published.version, edition),
        query="",
        make=lambda: write(schedule_of(_publication(edition, published))),
        media_type=media_type,
    )


def _publication(edition: Edition, published: PublishedProgramme) -> Publication:
    def page(route: str, **code: str) -> str:
        return absolute(url(route, edition_slug=edition.slug, **code))

    return Publication(
        programme=published.programme,
        title=edition.name_en or edition.name_fr if i18n.current() == "en" else edition.name_fr,
        language=i18n.current(),
        days=published.days,
        base_url=absolute("/"),
        url=page("scheduling:programme"),
        activities={
            key: page("scheduling:activity", activity_code=code) for key, code in published.activity_codes.items()
        },
        speakers={key: page("scheduling:speaker", speaker_code=code) for key, code in published.speaker_codes.items()},
    )


def _calendar(edition: Edition, programme: Programme, filters: Filters) -> bytes:
    slots = [slot for slot in matching(programme, filters) if filters.day in ("", ALL_DAYS, str(slot.day))]
    return programme_ics(
        [public_slot(slot, edition) for slot in slots],
        public_edition(edition),
        sender=current().mail_from,
        name=_calendar_name(edition, slots, filters),
    )


def _calendar_name(edition: Edition, slots: list[Slot], filters: Filters) -> str:
    if not slots or "theme" not in filters.labels:
        return edition.name
    return _("%(edition)s : %(theme)s", edition=edition.name, theme=slots[0].activity.labels["theme"].name)


router = Router(path="/{edition_slug:str}", route_handlers=[as_json, as_xml, calendar], include_in_schema=False)
