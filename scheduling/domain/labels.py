"""Labels in addresses: ``?theme=vie-privee``."""

from collections.abc import Iterable

from digital_days.kernel.people import fold
from scheduling.tables.programme import Label

_ROOM_FOR_A_NUMBER = 6


def slug_of(name: str, *, among: Iterable[str], otherwise: str) -> str:
    """The name without accents, words joined by hyphens, numbered when another label has it already.

    ``otherwise`` stands for names without a single letter or digit.
    """
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(name)).split()
    plain = "-".join(words)[: (Label.slug.length or 80) - _ROOM_FOR_A_NUMBER].strip("-") or otherwise
    taken = set(among)
    number = 1
    slug = plain
    while slug in taken:
        number += 1
        slug = f"{plain}-{number}"
    return slug
