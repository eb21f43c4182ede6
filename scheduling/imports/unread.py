"""A cell whose value nobody knows, though it has one."""


class Unread(str):
    """Stands for the value: not empty, and equal to no other. Why it is unknown has been said at its place."""

    __slots__ = ()
