"""What a person can agree to: each purpose apart, versioned, in the words they read, never ticked beforehand."""

from msgspec import Struct

from digital_days.kernel.i18n import N_, _


class Consent(Struct, frozen=True, kw_only=True):
    """A change of words is a new ``version``; ``required`` means the service cannot be given without it."""

    purpose: str
    version: int
    message: str
    required: bool = False

    @property
    def text(self) -> str:
        """In the reader's language."""
        return _(self.message)


REGISTRATION = (
    Consent(
        purpose="registration",
        version=1,
        required=True,
        message=N_(
            "J’accepte que l’équipe des Journées numériques utilise mon nom et mon adresse pour gérer "
            "mon inscription et m’envoyer mon billet."
        ),
    ),
    Consent(
        purpose="news",
        version=1,
        message=N_(
            "J’aimerais recevoir, par courriel, les nouvelles des Journées numériques. "
            "Je peux me désabonner à tout moment."
        ),
    ),
    Consent(
        purpose="coaching",
        version=1,
        message=N_("Après l’événement, j’aimerais qu’on me contacte pour un accompagnement personnalisé et gratuit."),
    ),
)


REQUIRED = [consent.purpose for consent in REGISTRATION if consent.required]
OPTIONAL = [consent.purpose for consent in REGISTRATION if not consent.required]


def given(purposes: set[str], among: tuple[Consent, ...] = REGISTRATION) -> list[dict[str, object]]:
    """What to keep on record for the purposes agreed to: the version and the very words."""
    return [
        {"purpose": consent.purpose, "version": consent.version, "text": consent.text}
        for consent in among
        if consent.purpose in purposes
    ]


def missing(purposes: set[str], among: tuple[Consent, ...] = REGISTRATION) -> list[Consent]:
    """What has to be agreed to and was not."""
    return [consent for consent in among if consent.required and consent.purpose not in purposes]
