"""The form for somebody who comes without having said so before: its fields, what it means, what is wrong with it."""

from collections.abc import Collection, Sequence
from typing import Literal

from msgspec import Struct

from digital_days.kernel.i18n import N_, _, as_locale
from digital_days.kernel.web.forms import EmailAddress, Form, OneLine
from matchmaking.domain.houses import House, called, of_side
from matchmaking.domain.participations import OrganisationWords
from matchmaking.domain.walking_in import WalkIn
from matchmaking.routes.participation_form import LABELS as OWN_LABELS
from matchmaking.routes.participation_form import spoken

LABELS = {
    "name": N_("Nom de la personne"),
    "email": N_("Adresse courriel"),
    "who": N_("Qui est-ce?"),
    "language": N_("Langue de nos messages"),
    "side": N_("La personne participe pour…"),
    "organisation": N_("Nom de l’organisation"),
    "needs": OWN_LABELS["needs"],
    "languages": N_("La personne parle"),
    "agreed": N_("Accord de la personne"),
}
AGREE = N_("Demandez d’abord l’accord de la personne : sans lui, elle ne peut pas participer.")
ONE_NEED = N_("Cochez au moins un besoin : c’est lui qui dit qui cette personne peut rencontrer.")
OTHER_SIDE = N_("Cette organisation est déjà de l’autre côté : personne ne participe des deux côtés.")


class WalkInForm(Struct, kw_only=True):
    """As it is sent; ``form_code`` makes a form sent twice one arrival."""

    form_code: str
    name: OneLine
    email: EmailAddress = EmailAddress("")
    who: str = ""
    language: str = "fr"
    side: Literal["business", "resource"]
    organisation: OneLine
    needs: list[str] = []
    languages: list[str] = []
    agreed: bool = False


def meant(form: Form[WalkInForm], houses: Sequence[House], needs: Collection[str]) -> WalkIn | None:
    """None with everything wrong said by field. Needs may be left out for an organisation that has said its own."""
    wanted = tuple(each for each in needs if each in form["needs"])
    house = of_side(called(houses, str(form["organisation"])), str(form["side"]))
    if needs and not wanted and not (house and house.needs):
        form.refuse("needs", _(ONE_NEED))
    languages = spoken(form)
    if not form["agreed"]:
        form.refuse("agreed", _(AGREE))
    value = form.value
    if value is None:
        return None
    return WalkIn(
        name=value.name,
        email=value.email,
        locale=as_locale(value.language),
        who=value.who,
        organisation=OrganisationWords(side=value.side, name=value.organisation, needs=wanted),
        languages=languages,
        form_code=value.form_code,
    )
