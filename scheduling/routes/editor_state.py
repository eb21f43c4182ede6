"""The schedule of a day as the grid in the browser reads it."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec
from litestar import Response
from msgspec import Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import TORONTO, _, format_time_range
from digital_days.kernel.web.page_cache import JSON
from digital_days.kernel.web.pages import PageRequest
from digital_days.kernel.web.urls import url
from scheduling.domain.planning import PlacedSlot, Planning
from scheduling.routes.editor_page import about_room

FIRST_HOUR, LAST_HOUR = 7, 22
"""Between these a day shows at least; the grid scrolls."""


class RoomState(Struct, kw_only=True):
    """``id`` « 0 »: what has no room."""

    id: str
    name: str
    about: str


class ConflictState(Struct, kw_only=True):
    sentence: str
    hard: bool


class SlotState(Struct, kw_only=True):
    """Times as Toronto's clocks show them, without offset; ``told`` says who put it here.

    ``others``: how many more slots its activity has.
    """

    code: str
    activity: str
    others: int
    title: str
    starts: str
    ends: str
    hours: str
    room: str
    room_name: str
    seats: int | None
    speakers: str
    version: str
    mine: bool
    told: str
    conflicts: list[ConflictState]
    page: str


class UnplacedState(Struct, kw_only=True):
    code: str
    title: str
    minutes: int
    slots: int


class EditorState(Struct, kw_only=True):
    """``version`` changes with anything in it; hours count from midnight and may pass 24."""

    day: date
    first_hour: int
    last_hour: int
    open: tuple[str, str] | None
    rooms: list[RoomState]
    slots: list[SlotState]
    unplaced: list[UnplacedState]
    version: str = ""


class Answer(Struct, kw_only=True):
    """To a move: nothing to say, or why not; and how everything is now."""

    sentence: str
    state: EditorState


def state_of(edition: Edition, planning: Planning, day: date, viewer: int) -> EditorState:
    """What belongs to that day, and all that has no time yet."""
    slots = [slot for slot in planning.slots if slot.day == day]
    of_activity = Counter(slot.activity for slot in planning.slots)
    hours = planning.opening.get(day)
    first, last = _hours(day, [(slot.starts_at, slot.ends_at) for slot in slots] + ([hours] if hours else []))
    state = EditorState(
        day=day,
        first_hour=first,
        last_hour=last,
        open=(_local(hours[0]), _local(hours[1])) if hours else None,
        rooms=_rooms(planning, slots),
        slots=[_slot(edition, slot, viewer, of_activity[slot.activity] - 1) for slot in slots],
        unplaced=[
            UnplacedState(code=each.code, title=each.title, minutes=each.minutes, slots=each.slots)
            for each in planning.unplaced
        ],
    )
    state.version = hashlib.sha256(msgspec.json.encode(state)).hexdigest()[:32]
    return state


def state_response(request: PageRequest, state: EditorState) -> Response[bytes]:
    """304 to whoever has it already."""
    headers = {"etag": f'"{state.version}"', "cache-control": "private, no-cache"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(b"", status_code=304, headers=headers)
    return Response(msgspec.json.encode(state), media_type=JSON, headers=headers)


def _hours(day: date, spans: Sequence[tuple[datetime, datetime]]) -> tuple[int, int]:
    """An hour of room before and after."""
    midnight = datetime.combine(day, datetime.min.time())
    local = [tuple(moment.astimezone(TORONTO).replace(tzinfo=None) - midnight for moment in span) for span in spans]
    first = min([FIRST_HOUR, *(start // timedelta(hours=1) - 1 for start, _end in local)])
    last = max([LAST_HOUR, *(-(-end // timedelta(hours=1)) + 1 for _start, end in local)])
    return max(first, 0), last if last > 25 else min(last, 24)


def _rooms(planning: Planning, slots: Sequence[PlacedSlot]) -> list[RoomState]:
    rooms = [RoomState(id=str(room.id), name=room.name, about=about_room(room)) for room in planning.rooms]
    if not rooms or any(slot.room is None for slot in slots):
        rooms.append(RoomState(id="0", name=_("Sans salle"), about=""))
    return rooms


def _slot(edition: Edition, slot: PlacedSlot, viewer: int, others: int) -> SlotState:
    room_name = slot.room.name if slot.room else _("Sans salle")
    hours = format_time_range(slot.starts_at, slot.ends_at)
    return SlotState(
        code=slot.code,
        activity=slot.activity,
        others=others,
        title=slot.title,
        starts=_local(slot.starts_at),
        ends=_local(slot.ends_at),
        hours=hours,
        room=str(slot.room.id) if slot.room else "0",
        room_name=room_name,
        seats=slot.seats,
        speakers=", ".join(slot.speakers),
        version=slot.version,
        mine=slot.changed_by == viewer,
        told=_told(slot, room_name, hours),
        conflicts=[ConflictState(sentence=each.sentence, hard=each.hard) for each in slot.conflicts],
        page=url("scheduling:editor-slot", edition_slug=edition.slug, slot=slot.code),
    )


def _told(slot: PlacedSlot, room: str, hours: str) -> str:
    if slot.changed_by is None:
        return _("« %(title)s » a changé : %(room)s, %(hours)s.", title=slot.title, room=room, hours=hours)
    return _(
        "%(who)s a placé « %(title)s » ici : %(room)s, %(hours)s.",
        who=slot.changed_by_name or _("Quelqu’un"),
        title=slot.title,
        room=room,
        hours=hours,
    )


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(TORONTO):%Y-%m-%dT%H:%M}"
