"""An edition's public programme, held in memory: what every public page and the JSON answer are made from."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct

from digital_days.kernel import clock
from scheduling.domain.words import NO_WORDS, Words

FACETS = ("audience", "kind", "theme")
NEWS = timedelta(days=3)


class Room(Struct, frozen=True, kw_only=True):
    """``step_free`` none: nobody has said."""

    id: int
    name: Words
    venue: Words = NO_WORDS
    address: str = ""
    step_free: bool | None = None
    equipment: Words = NO_WORDS


class Label(Struct, frozen=True, kw_only=True):
    """A theme, an audience or a kind; ``number`` is its place in its facet's list."""

    slug: str
    name: Words
    number: int
    description: Words = Words("", "")


class Speaker(Struct, frozen=True, kw_only=True):
    code: str
    name: str
    organisation: str
    ambassador: bool
    biography: Words
    portrait: str = ""

    @property
    def initials(self) -> str:
        """Of the first and the last name."""
        return initials_of(self.name)


def initials_of(name: str) -> str:
    """« CR » for « Camille de la Roy »."""
    names = name.split()
    return "".join(name[0] for name in [*names[:1], *names[1:][-1:]]).upper()


class Activity(Struct, frozen=True, kw_only=True):
    code: str
    source_id: str = ""
    title: Words
    subtitle: str
    summary: Words
    description: Words
    labels: Mapping[str, Label]
    language: str
    links: tuple[tuple[str, str], ...]
    search_key: str
    speakers: tuple[Speaker, ...]

    @property
    def kind(self) -> Label | None:
        """Conference, workshop…"""
        return self.labels.get("kind")


class Slot(Struct, frozen=True, kw_only=True):
    """``day`` is the event's day: what runs past midnight belongs to the evening before.

    ``sequence`` grows with time, place and state; ``updated_at`` is the slot's or its activity's. ``was_starts_at``
    and ``was_room``: before a release moved it, at ``moved_at``. One may register from ``opens_at`` to ``closes_at``;
    ``kept`` of the seats that are left wait for an audience; ``asks``: a place takes answers, or a confirmation.
    """

    code: str
    activity: Activity
    room: Room | None
    starts_at: datetime
    ends_at: datetime
    day: date
    seats: int | None
    taken: int
    cancelled: bool
    sequence: int
    updated_at: datetime
    moved_at: datetime | None = None
    was_starts_at: datetime | None = None
    was_room: Words = NO_WORDS
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    kept: int = 0
    asks: bool = False

    @property
    def has_moved_lately(self) -> bool:
        """Whether those who have read the programme lately may still go by the old time or room."""
        return self.moved_at is not None and self.moved_at > clock.now() - NEWS

    @property
    def left(self) -> int | None:
        """Seats left; none where entry is free."""
        return None if self.seats is None else max(0, self.seats - self.taken)

    @property
    def is_early(self) -> bool:
        """Whether one cannot register yet."""
        return self.opens_at is not None and clock.now() < self.opens_at

    @property
    def is_closed(self) -> bool:
        """Whether one cannot register any more, although it has not begun."""
        return self.closes_at is not None and self.closes_at <= clock.now() < self.starts_at

    @property
    def is_reserved(self) -> bool:
        """Whether all that is left waits for an audience."""
        return self.left is not None and 0 < self.left <= self.kept

    @property
    def has_seats_left(self) -> bool:
        """Whether somebody can still take a seat in advance, the clock apart."""
        return bool(self.left) and not self.cancelled


class Programme(Struct, frozen=True, kw_only=True):
    """Slots in order of time, activities in order of their first slot; ``version`` changes with anything shown."""

    version: str
    rooms: tuple[Room, ...]
    labels: Mapping[str, tuple[Label, ...]]
    speakers: Mapping[str, Speaker]
    activities: Mapping[str, Activity]
    slots: tuple[Slot, ...]
    slots_of: Mapping[str, tuple[Slot, ...]]
    activities_of: Mapping[str, tuple[Activity, ...]]

    @property
    def days(self) -> list[date]:
        """Every day with something on it."""
        return list(dict.fromkeys(slot.day for slot in self.slots))
