"""The page that somebody most likely came for."""

from digital_days.kernel import database
from digital_days.kernel.editions import every_edition
from digital_days.kernel.permissions import Permission, Role, allows
from digital_days.kernel.registrations import registrations_of
from digital_days.kernel.web.urls import url
from exhibitors.domain.portals import portals_of


async def start_page(person_id: int) -> str:
    """An organiser's desk, the welcome desk; else an exhibitor's space or one's agenda; without these the account."""
    grants = await database.fetch("SELECT edition, role FROM role_grant WHERE person = $1", person_id)
    editions = sorted(await every_edition(), key=lambda edition: not edition.announced)
    for edition in editions:
        roles = frozenset(Role(grant["role"]) for grant in grants if grant["edition"] in (None, edition.id))
        if allows(roles, Permission.ORGANISE):
            return url("site:organiser", edition_slug=edition.slug)
        if edition.announced and allows(roles, Permission.DESK):
            return url("site:desk", edition_slug=edition.slug)
    booths = {portal.edition_id: portal.exhibitor for portal in reversed(await portals_of(person_id))}
    mine = {registration.edition_id for registration in await registrations_of(person_id)}
    for edition in editions:
        if edition.announced and edition.id in booths:
            return url("exhibitors:portal", edition_slug=edition.slug, exhibitor=booths[edition.id])
        if edition.id in mine:
            return url("site:my-agenda", edition_slug=edition.slug)
    return url("site:account")
