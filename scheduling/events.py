"""What happened in the programme, for whoever listens."""

from typing import ClassVar

from digital_days.kernel.events import Event


class EditionCopied(Event, frozen=True):
    """A new edition was made from an earlier one, so many days later. Both by their slugs."""

    name: ClassVar[str] = "scheduling.edition-copied"

    source: str
    edition: str
    days: int
