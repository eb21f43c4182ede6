"""What is public in the programme, for services that point to it: a question asked of all of them."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from msgspec import Struct


class Happening(Struct, frozen=True, kw_only=True):
    """An activity in the reader's language; ``starts_at`` is its first moment, ``path`` its page."""

    code: str
    title: str
    starts_at: datetime | None
    place: str
    path: str


Provider = Callable[[int], Awaitable[list[Happening]]]

_providers: list[Provider] = []


def add_provider(provider: Provider) -> None:
    """``provider(edition_id)`` lists one service's; called at start-up. Again is harmless."""
    if provider not in _providers:
        _providers.append(provider)


async def happenings_of(edition_id: int) -> list[Happening]:
    """In the order of each service."""
    return [happening for provider in _providers for happening in await provider(edition_id)]
