"""``jn2027-123456-mots-de-passe``: unique by its number, and the same as long as the title is."""

from scheduling.exports.c3voc_rows import Event
from scheduling.imports.slugs import slug_of


def slug_of_event(event: Event, acronym: str) -> str:
    """In the pattern that both schemas want: no capitals, no accents, a letter or digit at the end."""
    return "-".join(filter(None, (acronym, str(event.number), slug_of(event.title))))
