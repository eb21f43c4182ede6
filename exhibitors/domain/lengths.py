"""Lengths as people read and write them, in metres; the plan keeps centimetres."""

import re

from digital_days.kernel import i18n

LONGEST = 50_000
"""Centimetres: no hall is half a kilometre long."""
_WRITTEN = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))?\s*m?")


def metres(cm: int) -> str:
    """« 3,00 »; « 3.00 » in English."""
    return f"{cm // 100}{'.' if i18n.current() == 'en' else ','}{cm % 100:02}"


def centimetres(text: str) -> int | None:
    """« 3 », « 3,5 », « 3.50 m »; none where it says no length, or one that is too long."""
    found = _WRITTEN.fullmatch(text.strip().replace("\N{NO-BREAK SPACE}", " "))
    if found is None:
        return None
    cm = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
    return cm if cm <= LONGEST else None
