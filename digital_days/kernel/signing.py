"""Signed texts that leave the house and come back: links in mails, tickets on paper."""

import hashlib
import hmac
import re
from collections.abc import Iterable

from digital_days.kernel.codes import ALPHABET, normalize

TICKET_PREFIX = "DD1"

# 130 bits: a link opens somebody's data from anywhere, as often as one likes to guess.
_LINK_MAC = 26
# 60 bits keep the symbol at 25 modules a side; guessing one means asking the welcome desk's scanner.
_TICKET_MAC = 12

_LINK_VALUE = re.compile(r"[A-Za-z0-9._-]{1,100}")
_LINK = re.compile(rf"({_LINK_VALUE.pattern})\.([{ALPHABET}]{{{_LINK_MAC}}})")
_TICKET_CODE = re.compile(rf"[{ALPHABET}]{{1,32}}")
_TICKET = re.compile(rf"{TICKET_PREFIX}({_TICKET_CODE.pattern})([{ALPHABET}]{{{_TICKET_MAC}}})")


def sign(purpose: str, value: str, *, key: str) -> str:
    """A token for an address, good for this purpose only; the value (a public code) stays legible in it."""
    if not _LINK_VALUE.fullmatch(value):
        raise ValueError(f"not a value that a link can carry: {value!r}")
    return f"{value}.{_mac(key, f'link:{purpose}', value, _LINK_MAC)}"


def verify(purpose: str, token: str, *, keys: Iterable[str]) -> str | None:
    """The signed value, if one of the keys signed it for this purpose; whatever else arrives, None."""
    match = _LINK.fullmatch(token)
    return _proved(match, f"link:{purpose}", keys) if match else None


def ticket_token(code: str, *, key: str) -> str:
    """What a ticket's QR code says: upper-case letters and digits only, and nothing about the person."""
    if not _TICKET_CODE.fullmatch(code):
        raise ValueError(f"not a public code: {code!r}")
    return f"{TICKET_PREFIX}{code}{_mac(key, 'ticket', code, _TICKET_MAC)}"


def read_ticket_token(text: str, *, keys: Iterable[str]) -> str | None:
    """The ticket's code, scanned or typed by hand; None for whatever we didn't issue."""
    match = _TICKET.fullmatch(normalize(text))
    return _proved(match, "ticket", keys) if match else None


def _proved(match: re.Match[str], purpose: str, keys: Iterable[str]) -> str | None:
    value, mac = match.groups()
    # Every key is tried, so the time taken doesn't tell which one fits.
    fits = [hmac.compare_digest(mac, _mac(key, purpose, value, len(mac))) for key in keys]
    return value if any(fits) else None


def _mac(key: str, purpose: str, value: str, characters: int) -> str:
    """The first five bits a character of an HMAC-SHA-256 (RFC 2104, truncated as its section 5 allows)."""
    digest = hmac.digest(key.encode(), f"{purpose}\0{value}".encode(), hashlib.sha256)
    number = int.from_bytes(digest)
    return "".join(ALPHABET[number >> (251 - 5 * place) & 31] for place in range(characters))


def digest(text: str) -> str:
    """A fingerprint that ``sign`` can carry for a longer text."""
    return hashlib.sha256(text.encode()).hexdigest()
