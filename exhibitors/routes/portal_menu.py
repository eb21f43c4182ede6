"""The pages of an exhibitor's own space: one menu on all of them."""

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.urls import url
from exhibitors.domain.exhibitors import Exhibitor

PAGES: tuple[tuple[str, str], ...] = (
    ("exhibitors:portal", N_("Vue d’ensemble")),
    ("exhibitors:booth", N_("Kiosque")),
    ("exhibitors:profile", N_("Fiche publique")),
    ("exhibitors:documents", N_("Documents")),
    ("exhibitors:own-invoices", N_("Factures")),
    ("exhibitors:team", N_("Équipe")),
    ("exhibitors:arrival", N_("Arrivée")),
    ("exhibitors:application", N_("Candidature")),
    ("exhibitors:scanners", N_("Téléphones")),
    ("exhibitors:leads", N_("Contacts")),
)
"""Route (of an edition and an exhibitor) and words of each, in the order of the menu."""


def portal_menu(edition: Edition, exhibitor: Exhibitor, route: str) -> list[dict[str, object]]:
    """For ``exhibitors/portal_menu.html``; ``route`` is the page that shows it."""
    return [
        {
            "label": _(words),
            "url": url(name, edition_slug=edition.slug, exhibitor=exhibitor.code),
            "current": name == route,
        }
        for name, words in PAGES
    ]
