"""Each part of a fit in a sentence, in the reader's language."""

from collections.abc import Mapping

from digital_days.kernel.i18n import N_, _, ngettext
from matchmaking.domain.fit import Fit, Part, PartName
from matchmaking.domain.sectors import SECTORS

PART_NAMES: Mapping[PartName, str] = {
    PartName.NEEDS: N_("Besoins"),
    PartName.WISHES: N_("Souhaits"),
    PartName.LANGUAGE: N_("Langue"),
    PartName.SECTOR: N_("Secteur"),
    PartName.NOVELTY: N_("Nouveauté"),
}
LANGUAGES = {"fr": N_("en français"), "en": N_("en anglais")}


def reasons(fit: Fit, needs: Mapping[str, str]) -> list[str]:
    """Why they fit: a sentence for each part that brings something; ``needs`` are names by their slugs.

    That two have met before brings nothing, and is said all the same.
    """
    told = (part for part in fit.parts if part.points or (part.name is PartName.NOVELTY and part.most))
    return [_WORDS[part.name](part, needs) for part in told]


def _needs(part: Part, needs: Mapping[str, str]) -> str:
    named = ", ".join(needs.get(slug, slug) for slug in part.about)
    count = len(part.about)
    return ngettext("Un besoin en commun : %(named)s.", "%(num)s besoins en commun : %(named)s.", count, named=named)


def _wishes(_part: Part, _needs: Mapping[str, str]) -> str:
    return _("Un souhait de rencontre.")


def _language(part: Part, _needs: Mapping[str, str]) -> str:
    return _("Langue commune : %(named)s.", named=", ".join(_(LANGUAGES.get(each, each)) for each in part.about))


def _sector(part: Part, _needs: Mapping[str, str]) -> str:
    return _("Même secteur : %(named)s.", named=_(SECTORS.get(part.about[0], part.about[0])))


def _novelty(part: Part, _needs: Mapping[str, str]) -> str:
    return _("Une première rencontre.") if part.points else _("Vous vous êtes déjà rencontrés.")


_WORDS = {
    PartName.NEEDS: _needs,
    PartName.WISHES: _wishes,
    PartName.LANGUAGE: _language,
    PartName.SECTOR: _sector,
    PartName.NOVELTY: _novelty,
}
