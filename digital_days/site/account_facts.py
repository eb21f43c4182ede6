"""What the account page shows of a person, and the little they change there themselves."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.agreements import Agreement, agreements_of
from digital_days.kernel.editions import Edition, every_edition
from digital_days.kernel.i18n import N_, Locale, _
from digital_days.kernel.people import search_key
from digital_days.kernel.permissions import Permission, Role, allows
from digital_days.kernel.registrations import registrations_of
from digital_days.kernel.web.announced import is_shown_to
from digital_days.kernel.web.sessions import Viewer
from digital_days.kernel.web.urls import url
from exhibitors.domain.portals import portals_of

# Taking part is no task: the agenda and the ticket beside it say so already.
ROLE_NAMES: dict[Role, str] = {
    Role.EXHIBITOR: N_("Kiosque d’exposition"),
    Role.DESK: N_("Accueil"),
    Role.ORGANISER: N_("Organisation"),
    Role.ADVISOR: N_("Accompagnement"),
    Role.ADMINISTRATOR: N_("Administration"),
}


class MyEdition(Struct, frozen=True, kw_only=True):
    """An edition that the person takes part in, or works for."""

    edition: Edition
    registered: bool
    agreements: list[Agreement]
    reminders: bool
    roles: list[str]
    desk_url: str
    organiser_url: str
    booths_url: str


async def my_editions(viewer: Viewer) -> list[MyEdition]:
    """Those where the person is registered or has a task, the nearest first; the same queries for any number."""
    registered = {each.edition_id: each.reminders for each in await registrations_of(viewer.id)}
    booths = {portal.edition_id for portal in await portals_of(viewer.id)}
    agreements = await agreements_of(viewer.id, registered)
    found = []
    for edition in await every_edition():
        roles = viewer.roles.get(edition.slug, frozenset()) | viewer.roles.get("", frozenset())
        tasks = [_(name) for role, name in ROLE_NAMES.items() if role in roles]
        if not is_shown_to(viewer, edition) or not (edition.id in registered or edition.id in booths or tasks):
            continue
        desk, organise = allows(roles, Permission.DESK), allows(roles, Permission.ORGANISE)
        found.append(
            MyEdition(
                edition=edition,
                registered=edition.id in registered,
                agreements=agreements.get(edition.id, []),
                reminders=registered.get(edition.id, False),
                roles=tasks,
                desk_url=url("site:desk", edition_slug=edition.slug) if desk else "",
                organiser_url=url("site:organiser", edition_slug=edition.slug) if organise else "",
                booths_url=url("exhibitors:portals", edition_slug=edition.slug) if edition.id in booths else "",
            )
        )
    return found


async def change_person(person_id: int, *, name: str, email: str, locale: Locale) -> None:
    """How we call the person and in which language we write; the address is not changed here."""
    await database.fetch(
        "UPDATE person SET name = $2, locale = $3, search_key = $4 WHERE id = $1",
        person_id,
        name,
        locale,
        search_key(name, email),
    )


async def end_all_sessions(person_id: int) -> None:
    """On every device, this one included."""
    await database.fetch("DELETE FROM session WHERE person = $1", person_id)
