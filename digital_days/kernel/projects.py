"""The projects of the county's digital strategy that receive people after the event."""

from collections.abc import Mapping

from digital_days.kernel.i18n import N_

PROJECTS: Mapping[str, str] = {
    "commerce": N_("Commerce local en ligne"),
    "transformation": N_("Transformation numérique des PME"),
    "fablab": N_("Laboratoire vivant industriel (fab lab)"),
    "hub": N_("Carrefour numérique citoyen"),
    "change-lab": N_("Laboratoire de changement sur la réussite éducative"),
}
"""Codes, for events and databases, with their names."""
