"""What organisations do, and how large they are: few choices, so that everybody finds theirs."""

from collections.abc import Mapping

from digital_days.kernel.i18n import N_

SECTORS: Mapping[str, str] = {
    "agriculture": N_("Agriculture et agroalimentaire"),
    "industry": N_("Fabrication et industrie"),
    "construction": N_("Construction et métiers"),
    "retail": N_("Commerce de détail"),
    "tourism": N_("Tourisme, hébergement et restauration"),
    "services": N_("Services aux entreprises"),
    "health": N_("Santé et bien-être"),
    "culture": N_("Culture et loisirs"),
    "social": N_("Organisme communautaire ou économie sociale"),
    "public": N_("Organisme public ou éducation"),
    "other": N_("Autre"),
}
SIZES: Mapping[str, str] = {
    "1": N_("Moi seulement"),
    "2-9": N_("2 à 9 personnes"),
    "10-49": N_("10 à 49 personnes"),
    "50+": N_("50 personnes et plus"),
}
