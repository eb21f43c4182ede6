"""The fair of an edition: when exhibitors apply and book, and what is due when."""

from datetime import date, datetime

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import localized
from digital_days.kernel.questions import Question, questions_in


class Fair(Struct, frozen=True, kw_only=True):
    """What organisers decided; an edition of which nobody has said anything has a fair that is not open."""

    edition_id: int
    intro_fr: str = ""
    intro_en: str = ""
    call_opens_at: datetime | None = None
    call_closes_at: datetime | None = None
    booking_opens_at: datetime | None = None
    booking_closes_at: datetime | None = None
    moves_until: datetime | None = None
    hold_minutes: int = 15
    offer_hours: int = 24
    profile_due: date | None = None
    insurance_due: date | None = None
    payment_due: date | None = None
    badges_due: date | None = None
    arrival_due: date | None = None
    questions: tuple[Question, ...] = ()
    version: str = ""

    @property
    def intro(self) -> str:
        """In the reader's language."""
        return localized(self.intro_fr, self.intro_en)

    @property
    def takes_applications(self) -> bool:
        """Whether the call is open now."""
        return _within(self.call_opens_at, self.call_closes_at)

    @property
    def has_opened(self) -> bool:
        """Whether the call has opened, and may be over by now."""
        return self.call_opens_at is not None and self.call_opens_at <= clock.now()

    @property
    def takes_bookings(self) -> bool:
        """Whether accepted exhibitors choose their booths now."""
        return _within(self.booking_opens_at, self.booking_closes_at)

    @property
    def lets_move(self) -> bool:
        """Whether who has a booth may change it for another one now."""
        return self.takes_bookings and (self.moves_until is None or clock.now() < self.moves_until)


_COLUMNS = ", ".join(name for name in Fair.__struct_fields__ if name not in ("edition_id", "questions", "version"))


async def fair_of(edition_id: int) -> Fair:
    """One query; a fair of defaults where there is none yet."""
    row = await database.fetch_one(
        f"SELECT {_COLUMNS}, questions, xmin::text AS version FROM fair WHERE edition = $1", edition_id
    )
    if row is None:
        return Fair(edition_id=edition_id)
    return Fair(edition_id=edition_id, **{**row, "questions": questions_in(row["questions"])})


def _within(opens_at: datetime | None, closes_at: datetime | None) -> bool:
    """From a moment that must be set, to one that may be left open."""
    return opens_at is not None and opens_at <= clock.now() and (closes_at is None or clock.now() < closes_at)
