"""What a person can agree to: each purpose apart, versioned, in the words they read, never ticked beforehand."""

from msgspec import Struct

from digital_days.kernel.i18n import N_, _


class Consent(Struct, frozen=True, kw_only=True):
    """A change of words is a new ``version``; ``required`` means the service cannot be given without it."""

    purpose: str
    version: int
    message: str
    asked: str = ""  # what its owner is asked where somebody has ticked it for their address
    required: bool = False

    def text(self, organiser: str) -> str:
        """In the reader's language; names the edition's organiser, who receives what is agreed to."""
        return _(self.message, organiser=organiser)


REGISTRATION = (
    Consent(
        purpose="registration",
        version=2,
        required=True,
        message=N_(
            "J’accepte que l’équipe de l’événement (%(organiser)s) utilise mon nom et mon adresse pour gérer "
            "mon inscription et m’envoyer mon billet."
        ),
    ),
    Consent(
        purpose="news",
        version=2,
        message=N_(
            "J’aimerais que l’équipe (%(organiser)s) m’envoie, par courriel, les nouvelles de l’événement. "
            "Je peux me désabonner à tout moment."
        ),
        asked=N_("Vous avez demandé nos nouvelles?"),
    ),
    Consent(
        purpose="coaching",
        version=2,
        message=N_(
            "Après l’événement, j’aimerais que l’équipe (%(organiser)s) me contacte pour un accompagnement "
            "personnalisé et gratuit."
        ),
        asked=N_("Vous avez demandé un accompagnement?"),
    ),
)

NEEDS = Consent(
    purpose="needs",
    version=1,
    message=N_(
        "En cochant, vous acceptez que seules les personnes qui préparent les salles (%(organiser)s) et celles de "
        "l’accueil voient vos besoins. Vous les retirez quand vous voulez; nous les effaçons 7 jours après "
        "l’événement."
    ),
)
"""Agreed to by saying what one needs; kept with it (``scheduling.domain.needs``), and gone with it."""

GROUPS = {
    "business": Consent(
        purpose="group-business",
        version=1,
        required=True,
        message=N_(
            "Les personnes que j’inscris le savent et sont d’accord. L’équipe de l’événement (%(organiser)s) utilise "
            "leurs noms, et leurs adresses si je les donne, pour gérer leurs places et leur envoyer leurs billets."
        ),
    ),
    "class": Consent(
        purpose="group-class",
        version=1,
        required=True,
        message=N_(
            "L’école ou les parents m’autorisent à inscrire ces élèves. L’équipe de l’événement (%(organiser)s) "
            "utilise leurs prénoms, si je les donne, seulement pour gérer leurs places."
        ),
    ),
}
"""What whoever registers others declares, by the kind of the group: on record as the contact's own."""

EXHIBITOR = Consent(
    purpose="exhibitor",
    version=1,
    required=True,
    message=N_(
        "J’accepte que l’équipe de l’événement (%(organiser)s) utilise ces renseignements pour étudier ma candidature, "
        "préparer le salon et facturer mon kiosque."
    ),
)
"""What whoever applies for a booth agrees to: on record as their own."""

MATCHMAKING = Consent(
    purpose="matchmaking",
    version=1,
    required=True,
    message=N_(
        "J’accepte que l’équipe de l’événement (%(organiser)s) utilise ces renseignements pour gérer mon inscription "
        "et préparer mes rencontres, et que les personnes de l’autre côté voient mon nom, mon organisation et ce "
        "qu’elle dit d’elle."
    ),
)
"""What whoever takes part in the speed dating agrees to; taken back by leaving it."""

ASKED = {consent.purpose: consent.asked for consent in REGISTRATION}
REQUIRED = [consent.purpose for consent in REGISTRATION if consent.required]
OPTIONAL = [consent.purpose for consent in REGISTRATION if not consent.required]


def given(purposes: set[str], *, organiser: str, among: tuple[Consent, ...] = REGISTRATION) -> list[dict[str, object]]:
    """What to keep on record for the purposes agreed to: the version and the very words, organiser included."""
    return [
        {"purpose": consent.purpose, "version": consent.version, "text": consent.text(organiser)}
        for consent in among
        if consent.purpose in purposes
    ]


def missing(purposes: set[str], among: tuple[Consent, ...] = REGISTRATION) -> list[Consent]:
    """What has to be agreed to and was not."""
    return [consent for consent in among if consent.required and consent.purpose not in purposes]
