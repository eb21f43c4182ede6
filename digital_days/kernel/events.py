"""Facts that happened: one outbox row for each subscriber, in the transaction that made them true."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, ClassVar

import msgspec
from msgspec import Struct

from digital_days.kernel import outbox

Subscriber = Callable[[Any], Awaitable[None]]


class Event(Struct, frozen=True):
    """A past participle with public codes in it; ``name`` is its place in the outbox, for ever."""

    name: ClassVar[str] = ""


_subscribers: dict[str, list[tuple[str, type[Event], Subscriber]]] = {}


def subscribe(subscriptions: Mapping[type[Event], Sequence[Subscriber]], *, service: str) -> None:
    """Tells who listens; called once at start-up by the composition root. Again is harmless."""
    for event, handlers in subscriptions.items():
        known = _subscribers.setdefault(event.name, [])
        for handler in handlers:
            entry = (f"{service}.{getattr(handler, '__name__', repr(handler))}", event, handler)
            if entry not in known:
                known.append(entry)


async def publish(event: Event, *, key: str) -> None:
    """Writes one row a subscriber in the current transaction; ``key`` names the fact, so telling it twice is once."""
    for subscriber, _kind, _handler in _subscribers.get(event.name, []):
        await outbox.add(
            kind="event",
            topic=f"{event.name}>{subscriber}",
            dedup_key=f"{subscriber}:{event.name}:{key}",
            payload=msgspec.to_builtins(event),
        )


async def hand_over(message: outbox.Message) -> None:
    """Gives the fact to the subscriber that the row names; unknown subscribers are an error the row keeps."""
    name, _, wanted = message.topic.partition(">")
    for subscriber, kind, handler in _subscribers.get(name, []):
        if subscriber == wanted:
            await handler(msgspec.convert(message.payload, kind))
            return
    raise LookupError(f"nobody called {wanted} listens to {name}")
