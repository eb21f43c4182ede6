"""What a route may ask for by name: ``edition`` (from its address) and ``redis``."""

from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from redis.asyncio import Redis

from digital_days.kernel import i18n
from digital_days.kernel.editions import Edition, NoSuchEdition, edition_called
from digital_days.kernel.web.announced import is_shown_to
from digital_days.kernel.web.languages import FrenchOnly
from digital_days.kernel.web.pages import PageRequest

RequestedEdition = NamedDependency[Edition]
Valkey = NamedDependency[Redis]


async def requested_edition(request: PageRequest, edition_slug: FromPath[str]) -> Edition:
    """The edition that the address names; English readers of a French-only edition are sent to its French page.

    Raises ``NoSuchEdition`` also where it is not announced and the reader does not organise it.
    """
    edition = await edition_called(edition_slug)
    if not is_shown_to(request.user, edition):
        raise NoSuchEdition
    if i18n.current() == "en" and not edition.opens_english:
        raise FrenchOnly
    return edition


def _redis(state: State) -> Redis:
    connection: Redis = state.redis
    return connection


DEPENDENCIES = {"edition": Provide(requested_edition), "redis": Provide(_redis, sync_to_thread=False)}
