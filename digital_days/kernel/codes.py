"""Public codes: short, spoken over a telephone, typed from a printed sheet."""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O (read as digits) and no U (no accidental words)."""

_LENGTH = 10
_SEPARATORS = re.compile(r"[\s\u200b\ufeff_.\-\u00ad\u2010-\u2015\u2212]+")
_READ_AS_DIGITS = str.maketrans("OIL", "011")


def new_code(length: int = _LENGTH) -> str:
    """Five bits of the system's randomness a character: says nothing about order or number."""
    number = secrets.randbits(5 * length)  # asked for once: every registration needs two codes
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(length))


def is_code(text: str) -> bool:
    """Whether this could be a public code as it is written in the database."""
    return len(text) == _LENGTH and set(text) <= set(ALPHABET)


def normalize(code: str) -> str:
    """The code somebody meant: case, separators and look-alike letters don't count. Never refuses."""
    return _SEPARATORS.sub("", code).upper().translate(_READ_AS_DIGITS)
