"""Where a visitor finds the page of their contacts: on the ticket and in the agenda."""

from digital_days.kernel import database
from digital_days.kernel.afterwards import PersonalLink
from digital_days.kernel.i18n import N_, _, ngettext
from digital_days.kernel.private_links import private_path
from digital_days.kernel.registrations import Registration
from digital_days.kernel.web.urls import url

LABEL = N_("Mes contacts au salon")


async def has_fair(edition_id: int) -> bool:
    """Whether some exhibitor may read a ticket of this edition."""
    return bool(
        await database.fetch("SELECT FROM exhibitor WHERE edition = $1 AND state = 'accepted' LIMIT 1", edition_id)
    )


async def afterwards(registration: Registration) -> list[PersonalLink]:
    """Nothing before an exhibitor has read the ticket."""
    row = await database.fetch_one(
        """
        SELECT count(*) AS met FROM lead l JOIN registration r ON r.id = l.registration WHERE r.code = $1
        """,
        registration.code,
    )
    met = row["met"] if row else 0
    if not met:
        return []
    return [
        PersonalLink(
            label=_(LABEL),
            text=ngettext(
                "Un exposant a lu votre billet : voyez ce qu’il sait de vous, et décidez.",
                "%(num)s exposants ont lu votre billet : voyez ce qu’ils savent de vous, et décidez.",
                met,
            ),
            path=contacts_path(registration.code),
            own_path=url("exhibitors:my-contacts", edition_slug=registration.edition_slug),
        )
    ]


def contacts_path(registration: str) -> str:
    """Opens by itself for whoever holds it."""
    return private_path("exhibitors:contacts", "contacts", registration)
