"""What people answer after a meeting, and what they agree to, in the words they read."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from digital_days.kernel import i18n
from digital_days.kernel.i18n import N_, Locale, _

NextStep = Literal["", "contact", "appointment", "referral"]

USEFUL: Mapping[int, str] = {3: N_("Oui, beaucoup"), 2: N_("Un peu"), 1: N_("Pas vraiment")}
"""Best first; 0 is not said."""
NEXT_STEPS: Mapping[NextStep, str] = {
    "contact": N_("On se recontacte"),
    "appointment": N_("Un rendez-vous est prévu"),
    "referral": N_("Un projet pourrait aider"),
    "": N_("Rien de plus"),
}

_VERSION = 1
_SHARE = N_(
    "Je donne mon nom et mon adresse courriel à %(name)s (%(organisation)s), si cette personne me donne aussi les "
    "siens. Je peux reprendre cet accord à tout moment."
)


class Words(Struct, frozen=True, kw_only=True):
    """A sentence with its places filled, as it goes on record; other words are a new version."""

    version: int
    locale: Locale
    text: str


def share_words(name: str, organisation: str) -> Words:
    """What is agreed to by sharing, in the reader's language."""
    return Words(version=_VERSION, locale=i18n.current(), text=_(_SHARE, name=name, organisation=organisation))
