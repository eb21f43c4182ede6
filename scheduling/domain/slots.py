"""One slot, as the form to register for it shows it."""

from datetime import datetime

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.codes import normalize
from digital_days.kernel.editions import Edition, edition_numbered
from digital_days.kernel.i18n import localized
from scheduling.domain.activity_rules import Asking, rule_book
from scheduling.domain.places import NoSuchSlot


class SlotSummary(Struct, frozen=True, kw_only=True):
    """Enough to say what somebody registers for; ``source_id`` is the activity's."""

    code: str
    edition: int
    activity_code: str
    source_id: str
    title_fr: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    room_fr: str
    room_en: str
    venue_fr: str
    venue_en: str
    seats: int | None
    taken: int
    state: str

    @property
    def title(self) -> str:
        """In the reader's language."""
        return localized(self.title_fr, self.title_en)

    @property
    def room(self) -> str:
        """In the reader's language; empty without one."""
        return localized(self.room_fr, self.room_en)

    @property
    def venue(self) -> str:
        """In the reader's language."""
        return localized(self.venue_fr, self.venue_en)

    @property
    def left(self) -> int | None:
        """Seats left; none where entry is free."""
        return None if self.seats is None else max(0, self.seats - self.taken)


SUMMARY = """
    s.code, a.edition, a.code AS activity_code, a.source_id, a.title_fr, a.title_en, s.starts_at, s.ends_at,
    coalesce(r.name, '') AS room_fr, coalesce(r.name_en, '') AS room_en, coalesce(r.venue, '') AS venue_fr,
    coalesce(r.venue_en, '') AS venue_en, s.seats, s.taken + s.held AS taken, s.state
"""
"""The columns of a ``SlotSummary``, out of ``WITH_ROOM``."""

WITH_ROOM = "slot s JOIN activity a ON a.id = s.activity LEFT JOIN room r ON r.id = s.room"


_activity_of: dict[str, tuple[int, str]] = {}  # edition and source; for good: a slot stays in its activity


async def slot_anywhere(code: str) -> SlotSummary:
    """The slot with this public code, of whatever edition; raises ``NoSuchSlot``."""
    row = await database.fetch_one(f"SELECT {SUMMARY} FROM {WITH_ROOM} WHERE s.code = $1", normalize(code))
    if row is None:
        raise NoSuchSlot
    return SlotSummary(**row)


async def slot_called(edition_id: int, code: str) -> SlotSummary:
    """The slot of this edition; raises ``NoSuchSlot``, also for a slot of another edition."""
    slot = await slot_anywhere(code)
    if slot.edition != edition_id:
        raise NoSuchSlot
    return slot


async def edition_of_slot(code: str) -> Edition:
    """The edition that this slot belongs to, hardly ever with a question to the database; raises ``NoSuchSlot``.

    So it does for a slot of an edition that is not announced.
    """
    edition = await edition_numbered((await _known(code))[0])
    if not edition.announced:
        raise NoSuchSlot
    return edition


async def asking_of_slot(code: str) -> Asking:
    """What a registration for this slot has to say, hardly ever with a question to the database."""
    edition_id, activity = await _known(code)
    return (await rule_book(edition_id)).asking(activity)


async def _known(code: str) -> tuple[int, str]:
    code = normalize(code)
    if code not in _activity_of:
        slot = await slot_anywhere(code)
        _activity_of[code] = (slot.edition, slot.source_id)
    return _activity_of[code]
