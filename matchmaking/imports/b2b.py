"""Business-to-business meeting scheduling as published (Bofill et al., JAIR 74, 2022): read from a ``.dzn`` file.

``requested``: participant, participant, session (1 morning, 2 afternoon, 3 either) of each meeting; ``forbidden``:
slots per participant; ``fixed``: slot per meeting; ``precedences``: the meetings that come before each. 0 says nothing.
What contradicts itself without being written wrongly (a fixed slot that is forbidden) is a problem without a plan.
"""

from msgspec import Struct

from digital_days.kernel.sentences import Unable
from matchmaking.imports.minizinc import Value, parse

_MOST = 10_000  # participants, meetings
_MOST_SLOTS = 500


class Requested(Struct, frozen=True):
    """Participants, meetings and rounds from 0: what a ``Timing`` is made of."""

    participants: int
    rounds: int
    tables: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    allowed: tuple[tuple[int, ...], ...]
    before: tuple[tuple[int, int], ...]


def read_b2b(data: bytes) -> Requested:
    """The problem in the file; numbers that can't be so are refused, with the name under which they stand."""
    values = parse(data)
    participants = _number(values, "nBusiness", _MOST)
    meetings = _number(values, "nMeetings", _MOST)
    slots = _number(values, "nTotalSlots", _MOST_SLOTS)
    morning = _number(values, "nMorningSlots", slots)
    tables = _number(values, "nTables", _MOST)
    requested = [_triple(row, participants) for row in _list(values, "requested", meetings)]
    forbidden = [_set(value, "forbidden") for value in _list(values, "forbidden", participants)]
    fixed = [_whole(value, "fixed", slots) for value in _list(values, "fixed", meetings)]
    precedences = [_set(value, "precedences") for value in _list(values, "precedences", meetings)]
    for earlier in precedences:
        if any(meeting > meetings for meeting in earlier):
            raise _out_of_range("precedences", meetings)
    sessions = {1: range(1, morning + 1), 2: range(morning + 1, slots + 1), 3: range(1, slots + 1)}
    return Requested(
        participants=participants,
        rounds=slots,
        tables=(tables,) * slots,
        pairs=tuple((one - 1, other - 1) for one, other, _ in requested),
        allowed=tuple(
            tuple(
                slot - 1
                for slot in sessions[session]
                if slot not in forbidden[one - 1] and slot not in forbidden[other - 1] and at in (0, slot)
            )
            for (one, other, session), at in zip(requested, fixed, strict=True)
        ),
        before=tuple(
            (first - 1, second) for second, earlier in enumerate(precedences) for first in sorted(earlier) if first
        ),
    )


def _number(values: dict[str, Value], name: str, most: int) -> int:
    return _whole(_given(values, name), name, most)


def _given(values: dict[str, Value], name: str) -> Value:
    if name not in values:
        raise Unable(f"Il manque « {name} » dans ce fichier.", f"“{name}” is missing from this file.")
    return values[name]


def _list(values: dict[str, Value], name: str, length: int) -> list[Value]:
    found = _given(values, name)
    if not isinstance(found, list):
        raise Unable(f"« {name} » devrait être une liste.", f"“{name}” should be a list.")
    if len(found) != length:
        raise Unable(
            f"« {name} » a {len(found)} éléments au lieu de {length}.",
            f"“{name}” has {len(found)} elements instead of {length}.",
        )
    return found


def _triple(row: Value, participants: int) -> tuple[int, int, int]:
    if not isinstance(row, list) or len(row) != 3:
        raise Unable(
            "Chaque ligne de « requested » nomme deux participants et une session.",
            "Each row of “requested” names two participants and a session.",
        )
    one, other = (_whole(value, "requested", participants, least=1) for value in row[:2])
    if one == other:
        raise Unable(
            f"« requested » : le participant {one} ne peut pas se rencontrer lui-même.",
            f"“requested”: participant {one} can’t meet itself.",
        )
    return one, other, _whole(row[2], "requested (session)", 3, least=1)


def _set(value: Value, name: str) -> set[int]:
    if not isinstance(value, set):
        raise Unable(f"« {name} » devrait contenir des ensembles.", f"“{name}” should contain sets.")
    return value


def _whole(value: Value, name: str, most: int, *, least: int = 0) -> int:
    if not isinstance(value, int):
        raise Unable(f"« {name} » devrait être un nombre.", f"“{name}” should be a number.")
    if not least <= value <= most:
        raise _out_of_range(name, most, least=least)
    return value


def _out_of_range(name: str, most: int, *, least: int = 0) -> Unable:
    return Unable(
        f"« {name} » : les nombres vont ici de {least} à {most}.",
        f"“{name}”: numbers go from {least} to {most} here.",
    )
