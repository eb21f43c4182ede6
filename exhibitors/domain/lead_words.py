"""What a visitor agrees to, in the very words they read; other words are a new version."""

from typing import Literal

from msgspec import Struct

from digital_days.kernel import i18n
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, Locale, _

Purpose = Literal["share", "support"]
How = Literal["standing", "exhibitor_phone", "own_phone", "link"]

HOW_IN_WORDS: dict[How, str] = {
    "standing": N_("par votre choix de partager avec chaque exposant qui lit votre billet"),
    "exhibitor_phone": N_("sur le téléphone de l’exposant"),
    "own_phone": N_("dans votre compte"),
    "link": N_("par le lien d’un courriel"),
}


class Words(Struct, frozen=True, kw_only=True):
    """A sentence with its places filled, as it goes on record."""

    version: int
    locale: Locale
    text: str


_VERSION = 1
_SHARE = N_(
    "Je donne mon nom et mon adresse courriel à %(exhibitor)s, pour que cette organisation me recontacte au sujet de "
    "notre rencontre au salon. Je peux reprendre cet accord à tout moment, en un clic."
)
_SUPPORT = N_(
    "J’aimerais un accompagnement de l’équipe de l’événement (%(organiser)s) : elle peut m’écrire à ce sujet. "
    "C’est gratuit."
)
_STANDING = N_(
    "Je partage mon nom et mon adresse courriel avec chaque exposant qui lit mon billet (%(event)s), pour qu’il me "
    "recontacte au sujet de notre rencontre au salon. Je peux changer d’idée à tout moment, pour un exposant ou pour "
    "tous."
)


def share_words(exhibitor: str) -> Words:
    """For one exhibitor, by its name."""
    return _words(_(_SHARE, exhibitor=exhibitor))


def support_words(edition: Edition) -> Words:
    """Beside it, a box of its own: help of the team, whose organisation is named."""
    return _words(_(_SUPPORT, organiser=edition.organiser_name))


def standing_words(edition: Edition) -> Words:
    """For every exhibitor that reads the ticket from then on."""
    return _words(_(_STANDING, event=edition.name))


def _words(text: str) -> Words:
    return Words(version=_VERSION, locale=i18n.current(), text=text)
