"""The pages on which organisers make the programme: one menu on all of them."""

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.urls import url

PAGES: tuple[tuple[str, str], ...] = (
    ("scheduling:editor", N_("Horaire")),
    ("scheduling:planned-activities", N_("Activités")),
    ("scheduling:speakers", N_("Intervenants")),
    ("scheduling:rooms", N_("Salles")),
    ("scheduling:label-lists", N_("Thèmes et publics")),
    ("scheduling:untranslated", N_("Traductions")),
    ("scheduling:release", N_("Publication")),
    ("scheduling:registrants", N_("Inscriptions")),
    ("scheduling:waiting-lists", N_("Listes d’attente")),
    ("scheduling:prepared-needs", N_("Besoins")),
    ("scheduling:organiser-messages", N_("Messages")),
    ("scheduling:paper", N_("Sur papier")),
    ("scheduling:feedback-results", N_("Avis")),
    ("scheduling:groups", N_("Groupes")),
    ("scheduling:edition-settings", N_("Édition")),
)
"""Route and words of each, in the order of the menu."""


def programme_menu(edition: Edition, route: str) -> list[dict[str, object]]:
    """For ``_programme_menu.html``; ``route`` is the page that shows it."""
    return [
        {"label": _(words), "url": url(name, edition_slug=edition.slug), "current": name == route}
        for name, words in PAGES
    ]
