"""A programme on other days: every slot keeps its hour on our clocks, whatever daylight saving does in between."""

from datetime import datetime, timedelta

from msgspec import Struct, structs

from digital_days.kernel.i18n import TORONTO, _, format_date, format_time
from digital_days.kernel.written_times import Passage, to_utc
from scheduling.domain.programme_facts import Facts, SlotFacts


class Settled(Struct, frozen=True, kw_only=True):
    """An hour that could not simply be kept; ``wanted`` is what the clock showed, ``instead`` what it will show."""

    title: str
    passage: Passage
    wanted: datetime
    instead: datetime

    @property
    def sentence(self) -> str:
        """What became of it, in words."""
        said = {
            "title": self.title,
            "day": format_date(self.wanted.date()),
            "time": format_time(self.wanted.replace(tzinfo=TORONTO)),
            "instead": format_time(self.instead),
        }
        if self.passage == "skipped":
            return _(
                "« %(title)s », %(day)s : %(time)s n’existe pas ce jour-là, l’horloge avance. Ce sera %(instead)s.",
                **said,
            )
        if self.passage == "doubled":
            return _("« %(title)s », %(day)s : l’horloge montre deux fois %(time)s. Ce sera la première fois.", **said)
        return _(
            "« %(title)s », %(day)s : la fin tomberait avant le début. La durée est gardée, la fin sera à %(instead)s.",
            **said,
        )


def on_other_days(facts: Facts, days: timedelta) -> tuple[Facts, list[Settled]]:
    """Every slot so many days later by the clock of Toronto.

    An hour that is skipped there becomes the one that the clock shows instead, of one that comes twice the first is
    taken; a slot that would end before it begins keeps its length.
    """
    settled: list[Settled] = []
    slots = {
        key: _moved(slot, days, facts.activities[key[0]].title_fr, settled)
        for key, slot in facts.slots.items()
        if key[0] in facts.activities  # somebody may have removed it while we were reading
    }
    return structs.replace(facts, slots=slots), settled


def on_another_day(moment: datetime, days: timedelta) -> datetime:
    """One moment the same way, where nobody has to be told of the hour."""
    return to_utc(_shown(moment, days), TORONTO)[0]


def _moved(slot: SlotFacts, days: timedelta, title: str, settled: list[Settled]) -> SlotFacts:
    starts_at = _moment(slot.starts_at, days, title, settled)
    ends_at = _moment(slot.ends_at, days, title, settled)
    if ends_at <= starts_at:
        wanted = _shown(slot.ends_at, days)
        ends_at = starts_at + (slot.ends_at - slot.starts_at)
        settled.append(Settled(title=title, passage="once", wanted=wanted, instead=ends_at))
    return structs.replace(slot, starts_at=starts_at, ends_at=ends_at)


def _moment(moment: datetime, days: timedelta, title: str, settled: list[Settled]) -> datetime:
    wanted = _shown(moment, days)
    instant, passage = to_utc(wanted, TORONTO)
    if passage != "once":
        settled.append(Settled(title=title, passage=passage, wanted=wanted, instead=instant))
    return instant


def _shown(moment: datetime, days: timedelta) -> datetime:
    return moment.astimezone(TORONTO).replace(tzinfo=None) + days
