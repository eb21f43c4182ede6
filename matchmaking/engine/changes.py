"""What becomes of a meeting that was announced, in a new plan."""

from enum import StrEnum

Where = tuple[int, int | None]
"""Round and table. A table that neither plan names is the same one."""


class ChangeKind(StrEnum):
    """``MOVED``: to another round; ``RESEATED``: to another table, in the same round."""

    KEPT = "kept"
    RESEATED = "reseated"
    MOVED = "moved"
    CANCELLED = "cancelled"
    NEW = "new"


def change_kind(was: Where | None, now: Where | None) -> ChangeKind:
    """``was`` is None where it is new, ``now`` where it is cancelled."""
    if was is None or now is None:
        return ChangeKind.NEW if was is None else ChangeKind.CANCELLED
    if was[0] != now[0]:
        return ChangeKind.MOVED
    return ChangeKind.KEPT if was == now else ChangeKind.RESEATED
