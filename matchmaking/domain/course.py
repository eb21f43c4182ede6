"""How the rounds of a day go: as published, or as the moderator says. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct, structs

from digital_days.kernel.errors import Conflict, Invalid
from digital_days.kernel.i18n import N_

Phase = Literal["wait", "round", "over"]
MOST_MINUTES = 60
COUNTED = timedelta(minutes=90)
"""A longer wait is better said by its day and hour."""


class NotNow(Conflict):
    message = N_("Ce n’est plus possible : la journée est déjà plus loin. Voici où elle en est.")


class OddMinutes(Invalid):
    message = N_("Écrivez un nombre de minutes, de 1 à 60.")


class Turn(Struct, frozen=True, kw_only=True):
    """A round: when it begins and ends, and when it was announced to. One that is not held takes no time."""

    number: int
    session: int
    starts_at: datetime
    ends_at: datetime
    announced_at: datetime
    announced_end: datetime

    @property
    def is_held(self) -> bool:
        """Whether anybody meets in it."""
        return self.starts_at < self.ends_at

    @property
    def shift(self) -> timedelta:
        """How much later it begins than announced."""
        return self.starts_at - self.announced_at

    @property
    def is_moved(self) -> bool:
        """Whether it is not as announced."""
        return (self.starts_at, self.ends_at) != (self.announced_at, self.announced_end)

    def moved(self, by: timedelta) -> "Turn":
        """As long as before."""
        return structs.replace(self, starts_at=self.starts_at + by, ends_at=self.ends_at + by)


class Standing(Struct, frozen=True, kw_only=True):
    """Where a day stands: in the round ``turn``, or before ``following``, for ``left`` more; nothing left when over."""

    phase: Phase
    turn: Turn | None = None
    following: Turn | None = None
    left: timedelta = timedelta()

    @property
    def shown(self) -> Turn | None:
        """The round that people look at: the one that goes on, else the next."""
        return self.turn or self.following

    @property
    def is_counted(self) -> bool:
        """Whether minutes and seconds say best how long it still is."""
        return self.left <= COUNTED


class Course(Struct, frozen=True, kw_only=True):
    """Rounds in the order of time, none over another. They begin and end by themselves, except while it is paused."""

    turns: tuple[Turn, ...] = ()
    paused_at: datetime | None = None
    version: int = 0

    @property
    def is_moved(self) -> bool:
        """Whether anything is not as announced."""
        return self.paused_at is not None or any(turn.is_moved for turn in self.turns)

    @property
    def last(self) -> int:
        """The number of the last round; 0 where there is none."""
        return max((turn.number for turn in self.turns), default=0)

    def standing(self, now: datetime) -> Standing:
        """At this moment; a pause stops time where it began."""
        at = self.moment(now)
        held = [turn for turn in self.turns if turn.is_held]
        current = next((turn for turn in held if turn.starts_at <= at < turn.ends_at), None)
        following = next((turn for turn in held if turn.starts_at > at), None)
        if current:
            return Standing(phase="round", turn=current, following=following, left=current.ends_at - at)
        if following:
            return Standing(phase="wait", following=following, left=following.starts_at - at)
        return Standing(phase="over")

    def moment(self, now: datetime) -> datetime:
        """The time by which this day goes."""
        return now if self.paused_at is None else min(now, self.paused_at)

    def expected(self, now: datetime) -> "Course":
        """As it will be if a pause ends now."""
        return self if self.paused_at is None else go_on(self, now)

    def begun(self, now: datetime) -> int:
        """The number of the last round that is over or has begun; 0 before the first."""
        at = self.moment(now)
        return max((turn.number for turn in self.turns if turn.is_held and turn.starts_at <= at), default=0)

    def over(self, now: datetime) -> int:
        """The number of the last round that is over; 0 before that."""
        at = self.moment(now)
        return max((turn.number for turn in self.turns if turn.is_held and turn.ends_at <= at), default=0)


def start(course: Course, now: datetime) -> Course:
    """The next round begins now, or the one that goes on does so anew; a pause ends. Raises ``NotNow`` after the last.

    Rounds begin by themselves: in a hall that is not ready yet, one begins anew.
    """
    standing = course.standing(now)
    turn = standing.shown
    if turn is None:
        raise NotNow
    return structs.replace(_shifted(course, turn, now - turn.starts_at), paused_at=None)


def pause(course: Course, now: datetime) -> Course:
    """Time stands still, in a round or before one. Raises ``NotNow`` where it does already, or all is over."""
    if course.paused_at is not None or course.standing(now).phase == "over":
        raise NotNow
    return structs.replace(course, paused_at=now)


def go_on(course: Course, now: datetime) -> Course:
    """With as much time left as when it was paused. Raises ``NotNow`` where it is not paused."""
    if course.paused_at is None:
        raise NotNow
    lost = max(timedelta(), now - course.paused_at)
    return structs.replace(_longer(course, course.paused_at, lost), paused_at=None)


def lengthen(course: Course, now: datetime, minutes: int) -> Course:
    """The round that goes on, or the time before the next. Raises ``NotNow``, ``OddMinutes``."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise OddMinutes
    return _longer(course, now, timedelta(minutes=minutes))


def finish(course: Course, now: datetime) -> Course:
    """The round that goes on ends now; so does a pause. Raises ``NotNow`` outside of rounds."""
    course = course.expected(now)
    turn = course.standing(now).turn
    if turn is None:
        raise NotNow
    if now == turn.starts_at:  # an instant is a round that is not held
        now += timedelta(microseconds=1)
    ended = structs.replace(turn, ends_at=now)
    return _replaced(course, turn, [ended, *_later(course, turn, now - turn.ends_at, now)])


def skip(course: Course, now: datetime, number: int) -> Course:
    """The next round is not held, and the one after it begins in its place. Raises ``NotNow`` for any other."""
    turn = course.standing(now).following
    if turn is None or turn.number != number:
        raise NotNow
    after = next((each for each in _rest(course, turn) if each.is_held), None)
    won = turn.starts_at - after.starts_at if after else timedelta()
    gone = structs.replace(turn, ends_at=turn.starts_at)
    return _replaced(course, turn, [gone, *_later(course, turn, won, gone.ends_at)])


def restore(course: Course, now: datetime, number: int) -> Course:
    """A round that was to be skipped is held after all. Raises ``NotNow`` once a later one has begun."""
    turn = next((each for each in course.turns if each.number == number and not each.is_held), None)
    at = course.moment(now)
    if turn is None or turn.starts_at <= at or course.begun(now) > number:
        raise NotNow
    back = structs.replace(turn, ends_at=turn.starts_at + (turn.announced_end - turn.announced_at))
    after = next(iter(_rest(course, turn)), None)
    lost = after.announced_at - turn.announced_at if after else timedelta()
    return _replaced(course, turn, [back, *_later(course, turn, lost, back.ends_at)])


def reset(course: Course, now: datetime) -> Course:
    """As announced again, after a rehearsal. Raises ``NotNow`` where it is."""
    turns = tuple(
        structs.replace(turn, starts_at=turn.announced_at, ends_at=turn.announced_end) for turn in course.turns
    )
    if not course.is_moved:
        raise NotNow
    return structs.replace(course, turns=turns, paused_at=None)


def _longer(course: Course, now: datetime, by: timedelta) -> Course:
    standing = course.standing(now)
    if standing.turn:
        longer = structs.replace(standing.turn, ends_at=standing.turn.ends_at + by)
        return _replaced(course, standing.turn, [longer, *_later(course, standing.turn, by, longer.ends_at)])
    if standing.following is None:
        raise NotNow
    return _shifted(course, standing.following, by)


def _shifted(course: Course, turn: Turn, by: timedelta) -> Course:
    """Rounds before it that are not held come along, where it would begin before them."""
    moved = turn.moved(by)
    at, place = moved.starts_at, course.turns.index(turn)
    before = [
        each if each.starts_at <= at else structs.replace(each, starts_at=at, ends_at=at)
        for each in course.turns[:place]
    ]
    return structs.replace(course, turns=(*before, moved, *_later(course, turn, by, moved.ends_at)))


def _replaced(course: Course, turn: Turn, rest: Sequence[Turn]) -> Course:
    """From this turn on."""
    return structs.replace(course, turns=(*course.turns[: course.turns.index(turn)], *rest))


def _later(course: Course, turn: Turn, by: timedelta, free_at: datetime) -> Iterator[Turn]:
    """What comes after: the same session moves along; another one keeps its announced time as far as it can."""
    session = turn.session
    for each in course.turns[course.turns.index(turn) + 1 :]:
        if each.session != session:
            session = each.session
            by = max(each.announced_at, free_at) - each.starts_at
        moved = each.moved(by)
        free_at = moved.ends_at
        yield moved


def _rest(course: Course, turn: Turn) -> list[Turn]:
    """Of the same session."""
    later = course.turns[course.turns.index(turn) + 1 :]
    return [each for each in later if each.session == turn.session]
