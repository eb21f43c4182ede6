"""What a file calls the things of a programme: by names that its reader tells apart."""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, count
from typing import TypeVar

from msgspec import Struct

K = TypeVar("K")

LabelKey = tuple[str, str]
"""Facet and French name."""
SlotKey = tuple[str, str]
"""The activity's key and the slot's."""

_LONGEST = 190


class Names(Struct, frozen=True, kw_only=True):
    """The name in the file under the key in the database; no two things of a kind have the same."""

    rooms: Mapping[str, str]
    labels: Mapping[LabelKey, str]
    speakers: Mapping[str, str]
    activities: Mapping[str, str]
    slots: Mapping[SlotKey, str]


def distinct(
    wishes: Mapping[K, Sequence[str]], same: Callable[[str], str] = str, aliases: Mapping[K, str] | None = None
) -> dict[K, str]:
    """For each the first name that it wishes and nobody before has; the last one numbered where all are taken.

    ``same`` gives one text for all names that the reader takes for the same; ``aliases`` are names by which it
    finds a thing as well. O(n), as long as few wish the same.
    """
    taken: set[str] = set()
    found: dict[K, str] = {}
    for key, names in wishes.items():
        numbered = (f"{names[-1][:_LONGEST]} ({number})".strip() for number in count(2))
        found[key] = next(name for name in chain(names, numbered) if name and same(name) not in taken)
        taken |= {same(found[key]), same((aliases or {}).get(key, ""))}
    return found
