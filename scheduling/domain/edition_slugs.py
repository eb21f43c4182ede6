"""An edition's place in the addresses: what it may be called there."""

import re

from digital_days.kernel.i18n import _
from digital_days.kernel.people import fold
from digital_days.kernel.tables import Edition

LONGEST = Edition.slug.length or 40
_FITS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_SITE = """
    accessibilite accueil admin agenda aide api assets billet billets bureau compte confidentialite connexion contact
    courrier deconnexion docs edition editions en favicon fr groupes health inscription inscriptions kiosques ma-fiche
    mon-agenda organisation places plages portraits presences programme recherche salon schema static styleguide
"""
RESERVED = frozenset(_SITE.split())
"""First segments of the site's own addresses, now or likely one day."""


def slug_from(text: str) -> str:
    """« Journées 2027 » gives « journees-2027 »; empty when the text has no letter or digit to keep."""
    plain = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(text))
    return "-".join(plain.split())[:LONGEST].strip("-")


def problem_with(slug: str) -> str:
    """Why an edition can't have this address, in a sentence; empty when it can."""
    if not _FITS.fullmatch(slug) or len(slug) > LONGEST:
        return _(
            "« %(slug)s » ne convient pas comme adresse d’édition : au plus %(most)s lettres minuscules sans accent, "
            "chiffres et traits d’union, par exemple « %(example)s ».",
            slug=slug,
            most=LONGEST,
            example=slug_from(slug) or "jn2027",
        )
    if slug in RESERVED:
        return _(
            "L’adresse « %(slug)s » est déjà celle d’une page du site : choisissez-en une autre pour l’édition.",
            slug=slug,
        )
    return ""
