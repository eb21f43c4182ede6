import asyncio

import pytest

from digital_days.kernel import revalidated
from digital_days.kernel.revalidated import Revalidated, forget_all


class Shelf:
    """A value with a version, and a count of who asked for which."""

    def __init__(self) -> None:
        self.version = "1"
        self.versions_read = 0
        self.loads = 0
        self.kept = Revalidated(self.read_version, self.load)

    async def read_version(self, key: int) -> str:
        self.versions_read += 1
        await asyncio.sleep(0)
        return self.version

    async def load(self, key: int, version: str) -> str:
        self.loads += 1
        await asyncio.sleep(0)
        return f"{key} at {version}"


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


async def test_get_asks_once_when_many_readers_come_at_once(shelf: Shelf) -> None:
    found = await asyncio.gather(*(shelf.kept.get(7) for _ in range(50)))

    assert (set(found), shelf.versions_read, shelf.loads) == ({"7 at 1"}, 1, 1)


async def test_get_asks_nothing_when_the_value_is_fresh(shelf: Shelf) -> None:
    await shelf.kept.get(7)
    shelf.version = "2"

    assert (await shelf.kept.get(7), shelf.versions_read) == ("7 at 1", 1)


async def test_get_loads_again_only_when_the_version_has_changed(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revalidated, "FRESH_FOR", 0.0)
    await shelf.kept.get(7)
    await shelf.kept.get(7)
    shelf.version = "2"

    assert (await shelf.kept.get(7), shelf.versions_read, shelf.loads) == ("7 at 2", 3, 2)


async def test_get_tells_keys_apart(shelf: Shelf) -> None:
    assert [await shelf.kept.get(1), await shelf.kept.get(2)] == ["1 at 1", "2 at 1"]


async def test_forget_all_drops_what_was_kept(shelf: Shelf) -> None:
    await shelf.kept.get(7)
    shelf.version = "2"

    forget_all()

    assert await shelf.kept.get(7) == "7 at 2"


async def test_get_recovers_when_the_reader_who_checked_was_interrupted(shelf: Shelf) -> None:
    first = asyncio.create_task(shelf.kept.get(7))
    second = asyncio.create_task(shelf.kept.get(7))
    await asyncio.sleep(0)

    first.cancel()

    assert await second == "7 at 1"
