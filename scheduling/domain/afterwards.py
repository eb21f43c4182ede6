"""After an activity: the certificate of having been there, and the question how it was."""

from digital_days.kernel.afterwards import PersonalLink
from digital_days.kernel.i18n import _, ngettext
from digital_days.kernel.private_links import private_path
from digital_days.kernel.registrations import Registration
from digital_days.kernel.web.urls import url
from scheduling.domain.certificates import attended
from scheduling.domain.feedback import occasions


async def afterwards(registration: Registration) -> list[PersonalLink]:
    """Nothing before the first activity is over."""
    links = []
    if await attended(registration.code):
        links.append(
            PersonalLink(
                label=_("Mon attestation de présence"),
                text=_("Vous étiez là : voici une preuve à imprimer ou à envoyer."),
                path=private_path("scheduling:certificate", "certificate", registration.code),
                own_path=url("scheduling:my-certificate", edition_slug=registration.edition_slug),
            )
        )
    if open_now := await occasions(registration.code):
        links.append(
            PersonalLink(
                label=_("Donner mon avis"),
                text=ngettext(
                    "Deux minutes, sans votre nom : une activité attend votre avis.",
                    "Deux minutes, sans votre nom : %(num)s activités attendent votre avis.",
                    len(open_now),
                ),
                path=open_now[0].path,
                own_path=open_now[0].path,
            )
        )
    return links
