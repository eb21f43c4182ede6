"""A day and a time of a form as one moment, which may be left out."""

from datetime import datetime

from msgspec import Struct

from digital_days.kernel import written_times as times
from digital_days.kernel.i18n import N_, TORONTO, _
from digital_days.kernel.local_times import DoubledTime, Passage, SkippedTime, instant

DAY_MISSING = N_("Il manque le jour.")
TIME_MISSING = N_("Il manque l’heure.")
NOT_A_DAY = N_("Ce n’est pas une date : écrivez-la comme 2027-10-22.")
NOT_A_TIME = N_("Ce n’est pas une heure : écrivez-la comme 13 h 30.")
_PASSAGES: dict[str, Passage] = {"first": "first", "second": "second"}


class TypedMoment(Struct, frozen=True):
    """As it was typed; ``which`` of the two where the clock shows that time twice."""

    day: str = ""
    time: str = ""
    which: str = ""

    @property
    def is_doubled(self) -> bool:
        """Whether the clock shows that time twice that night."""
        day, clock = times.day(self.day), times.clock(self.time)
        if day is None or clock is None:
            return False
        return times.to_utc(datetime.combine(day, clock), TORONTO)[1] == "doubled"


def typed_moment(moment: datetime | None) -> TypedMoment:
    """As a form shows it, Toronto time."""
    if moment is None:
        return TypedMoment()
    local = moment.astimezone(TORONTO)
    typed = TypedMoment(f"{local:%Y-%m-%d}", f"{local:%H:%M}")
    return TypedMoment(typed.day, typed.time, "second" if local.fold else "first") if typed.is_doubled else typed


def read_moment(typed: TypedMoment) -> tuple[datetime | None, dict[str, str]]:
    """The moment, none where nothing was typed; errors under ``day`` or ``time``."""
    if not typed.day and not typed.time:
        return None, {}
    day, clock = times.day(typed.day), times.clock(typed.time)
    if day is None:
        return None, {"day": _(NOT_A_DAY if typed.day else DAY_MISSING)}
    if clock is None:
        return None, {"time": _(NOT_A_TIME if typed.time else TIME_MISSING)}
    try:
        return instant(day, clock, _PASSAGES.get(typed.which, "")), {}
    except (SkippedTime, DoubledTime) as refusal:
        return None, {"time": str(refusal)}
