"""Everything on paper: what organisers can print now, and the lists of the doors for whoever stands there."""

from datetime import date

from litestar import Response, Router, get
from litestar.params import FromQuery

from digital_days.kernel import clock
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.typesetting import typeset
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.paper import sheet
from digital_days.kernel.web.signed_links import keep_private
from scheduling.domain.doors import Door, by_room, doors_by_day
from scheduling.domain.needs import needs_by_registration
from scheduling.domain.paper_lists import badges, everybody, people_by_slot
from scheduling.domain.places import NoSuchSlot
from scheduling.domain.programme_reading import programme_of
from scheduling.routes.paper_words import badge_sheets, door_lists, front_page, list_words, programme_days, templates


@get("/organisation/papier", name="scheduling:paper", permission=Permission.ORGANISE)
async def what_to_print(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Nothing is made until it is asked for: what is printed is what holds then."""
    doors = await doors_by_day(edition.id)
    return page(
        request,
        "scheduling/paper.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, "scheduling:paper"),
        now=clock.now(),
        people=len(await everybody(edition.id)),
        days={
            day: [each for room in by_room(of_day) for each in room.doors if each.is_on]
            for day, of_day in doors.items()
        },
    )


@get("/organisation/papier/tout.pdf", name="scheduling:paper-everything", permission=Permission.ORGANISE)
async def everything(edition: RequestedEdition) -> Response[bytes]:
    """For a day without network or power: programme, lists of all doors, everybody by name."""
    doors = await doors_by_day(edition.id)
    data = {
        **front_page(edition, await everybody(edition.id)),
        "days": programme_days(doors, await _speakers(edition)),
        "doors": door_lists(doors, await people_by_slot(edition.id)),
    }
    content = await typeset(*templates("lists", "everything"), data=data, title=_("Tout sur papier"))
    return sheet(content, f"{_('tout')}-{edition.slug}")


@get("/organisation/papier/porte-noms.pdf", name="scheduling:paper-badges", permission=Permission.ORGANISE)
async def name_badges(edition: RequestedEdition) -> Response[bytes]:
    """Eight a sheet, by name."""
    data = badge_sheets(edition, await badges(edition.id))
    content = await typeset(*templates("badges"), data=data, title=_("Porte-noms"))
    return sheet(content, f"{_('porte-noms')}-{edition.slug}")


@get("/portes/listes.pdf", name="scheduling:door-lists", permission=Permission.DESK)
async def lists_of_doors(
    edition: RequestedEdition, jour: FromQuery[str] = "", plage: FromQuery[str] = "", besoins: FromQuery[str] = ""
) -> Response[bytes]:
    """All of them, those of a day, or one; raises ``NoSuchSlot`` for what this edition does not have.

    Paper lies about: what people need stands on it only where that is asked for, « besoins=oui ».
    """
    doors = _asked(await doors_by_day(edition.id), jour, plage)
    needs = await needs_by_registration(edition.id) if besoins == "oui" else {}
    data = {"words": list_words(), "doors": door_lists(doors, await people_by_slot(edition.id), needs)}
    content = await typeset(*templates("lists", "doors"), data=data, title=_("Listes des portes"))
    return sheet(content, f"{_('portes')}-{edition.slug}")


def _asked(doors: dict[date, list[Door]], day: str, slot: str) -> dict[date, list[Door]]:
    if not day and not slot:
        return doors
    found = {
        when: [door for door in of_day if slot in ("", door.code)]
        for when, of_day in doors.items()
        if day in ("", when.isoformat())
    }
    if slot and not any(found.values()):
        raise NoSuchSlot
    return {when: of_day for when, of_day in found.items() if of_day}


async def _speakers(edition: Edition) -> dict[str, str]:
    programme = await programme_of(edition.id)
    return {slot.code: ", ".join(each.name for each in slot.activity.speakers) for slot in programme.slots}


router = Router(
    path="/{edition_slug:str}",
    route_handlers=[what_to_print, everything, name_badges, lists_of_doors],
    after_request=keep_private,
    include_in_schema=False,
)
