"""Short names of editions, fit for addresses."""

import re
import unicodedata


def slug_of(text: str) -> str:
    """Lower-case letters, digits and hyphens, at most 60: « Journées 2027 » gives « journees-2027 »."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].strip("-")
