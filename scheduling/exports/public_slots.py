"""A slot as everybody may know it, in one language: what calendars and search engines are told."""

from datetime import date, datetime

from msgspec import Struct


class PublicPerson(Struct, frozen=True):
    name: str
    url: str


class PublicSlot(Struct, frozen=True, kw_only=True):
    """``sequence`` grows with time, place and state; ``seats`` none: free entry; ``language`` is the one spoken.

    ``previous_starts_at``: when it was to begin before it was moved, where that is known.
    """

    code: str
    sequence: int
    updated_at: datetime
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    title: str
    summary: str
    language: str
    speakers: tuple[PublicPerson, ...]
    room: str
    venue: str
    address: str
    seats: int | None
    left: int | None
    url: str
    previous_starts_at: datetime | None = None


class PublicEdition(Struct, frozen=True, kw_only=True):
    """``language`` is the one that all these texts are in."""

    name: str
    description: str
    place: str
    starts_on: date
    ends_on: date
    url: str
    organiser: str
    email: str
    language: str
