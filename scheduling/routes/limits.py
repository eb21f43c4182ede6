"""How often places may be asked for and given back: by a mailbox, a network, a person."""

from digital_days.kernel.errors import TooMany
from digital_days.kernel.i18n import N_
from digital_days.kernel.settings import current
from digital_days.kernel.web import rate_limits


class MailboxAsksTooOften(TooMany):
    message = N_(
        "Cette adresse a servi à beaucoup d’inscriptions en peu de temps. Attendez quelques minutes, "
        "ou connectez-vous pour vous inscrire sans attendre."
    )


class PersonChangesTooOften(TooMany):
    message = N_(
        "Vous avez pris ou annulé beaucoup de places en peu de temps. Attendez quelques minutes, puis recommencez."
    )


def limit_strangers(*, address: str, email: str) -> None:
    """Strict for one mailbox, whose owner can sign in; generous for one network: a school stands behind one address."""
    limits = current()
    rate_limits.count(address=(address, limits.rate_per_address))
    rate_limits.count(MailboxAsksTooOften, email=(email, limits.rate_per_email))


def limit_person(person_id: int) -> None:
    """Enough for a programme of several days and for changing one's mind; each change sends a mail."""
    rate_limits.count(PersonChangesTooOften, person=(str(person_id), current().rate_per_person))


def limit_groups(person_id: int) -> None:
    """Each may be a message with sixty tickets, or a file to read."""
    rate_limits.count(PersonChangesTooOften, groups=(str(person_id), current().rate_per_person))
