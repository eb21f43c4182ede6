"""Values kept in memory and checked against a cheap version: at most once a second, by one reader at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from msgspec import Struct

T = TypeVar("T")

FRESH_FOR = 1.0  # seconds

_all: "WeakSet[Revalidated[Any]]" = WeakSet()


class _Kept(Struct, Generic[T]):
    lock: asyncio.Lock
    until: float = 0.0
    version: str = ""
    value: T | None = None


class Revalidated(Generic[T]):
    """``version(key)`` is cheap and changes whenever the value would; ``load(key, version)`` makes the value anew."""

    def __init__(self, version: Callable[[int], Awaitable[str]], load: Callable[[int, str], Awaitable[T]]) -> None:
        self._version = version
        self._load = load
        self._kept: dict[int, _Kept[T]] = {}
        _all.add(self)

    async def get(self, key: int) -> T:
        """The value, at most a second old; while one reader checks, the others wait for what it finds."""
        kept = self._kept.get(key)
        if kept and kept.value is not None and kept.until > monotonic():
            return kept.value
        kept = self._kept.setdefault(key, _Kept(lock=asyncio.Lock()))
        async with kept.lock:
            if kept.value is None or kept.until <= monotonic():
                # The version is read first: what changes meanwhile is noticed at the next check.
                version = await self._version(key)
                if kept.value is None or version != kept.version:
                    kept.value = await self._load(key, version)
                    kept.version = version
                kept.until = monotonic() + FRESH_FOR
            return kept.value

    def forget(self) -> None:
        """Drops everything kept."""
        self._kept.clear()


def forget_all() -> None:
    """Drops everything that any package keeps this way; for whoever has just emptied the database."""
    for each in list(_all):
        each.forget()
