"""What an edition's public programme has on, for services that point at it: every service says its own."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from msgspec import Struct


class Happening(Struct, frozen=True, kw_only=True):
    """An activity as everybody may know it, in the current language; ``starts_at`` is its first time.

    ``code`` names it from one version of the programme to the next; ``path`` is its public page.
    """

    code: str
    title: str
    starts_at: datetime
    place: str
    path: str


Happenings = Callable[[int], Awaitable[list[Happening]]]

_providers: list[Happenings] = []


def add_provider(provider: Happenings) -> None:
    """``provider(edition_id)`` lists one service's; called at start-up. Again is harmless."""
    if provider not in _providers:
        _providers.append(provider)


async def happenings_of(edition_id: int) -> list[Happening]:
    """All of them, by time."""
    found = [each for provider in _providers for each in await provider(edition_id)]
    return sorted(found, key=lambda each: (each.starts_at, each.code))
