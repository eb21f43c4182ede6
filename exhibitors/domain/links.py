"""Addresses that exhibitors put on their public page: only such as lead somewhere and do nothing else."""

import re
from urllib.parse import urlsplit

from digital_days.kernel.errors import Invalid
from digital_days.kernel.i18n import N_
from digital_days.kernel.people import NotAnAddress, email_address

LONGEST = 500
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}\.?")
_NOT_IN_AN_ADDRESS = re.compile(r"[\s\\\"<>`{}|^\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


class NotWhole(Invalid):
    message = N_("Écrivez l’adresse au complet, par exemple https://exemple.ca ou mailto:info@exemple.ca.")


class OtherScheme(Invalid):
    message = N_("Une adresse qui commence par « %(scheme)s » ne convient pas : https, http ou mailto seulement.")


class WithPassword(Invalid):
    message = N_("Cette adresse contient un nom d’utilisateur ou un mot de passe : enlevez ce qui précède « @ ».")


class LinkTooLong(Invalid):
    message = N_("Cette adresse est trop longue : %(most)s caractères au plus.")


def checked_link(text: str) -> str:
    """As it may stand on a page; raises ``NotWhole``, ``OtherScheme``, ``WithPassword`` or ``LinkTooLong``."""
    address = text.strip()
    if len(address) > LONGEST:
        raise LinkTooLong(most=LONGEST)
    scheme = _SCHEME.match(address)
    if scheme is None:
        raise NotWhole
    if scheme[1].lower() not in ("http", "https", "mailto"):
        raise OtherScheme(scheme=f"{scheme[1][:20]}:")
    if _NOT_IN_AN_ADDRESS.search(address):
        raise NotWhole
    return _mailbox(address[scheme.end() :]) if scheme[1].lower() == "mailto" else _page(address)


def _mailbox(text: str) -> str:
    """Only who is written to: no subject, no copies."""
    try:
        return f"mailto:{email_address(text)}"
    except NotAnAddress:
        raise NotWhole from None


def _page(address: str) -> str:
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        raise NotWhole from None
    if "@" in parts.netloc:
        raise WithPassword
    if not address[len(parts.scheme) :].startswith("://") or not _HOST.fullmatch(parts.hostname or ""):
        raise NotWhole
    return address
