"""Bob at the pages of his exhibitor's own space."""

import httpx
from msgspec import Struct

from digital_days.kernel.editions import edition_called
from exhibitors.domain.exhibitors import Exhibitor, exhibitor_called
from tests.conftest import forget_everything, sign_in
from tests.exhibitors.factories import make_category, make_exhibitor, make_fair
from tests.factories import Made, make_edition, make_person


class Owner(Struct, frozen=True, kw_only=True):
    """Bob, his exhibitor and its address."""

    person: int
    edition: Made
    exhibitor: Made
    path: str

    async def acting(self) -> Exhibitor:
        """As its pages know it now."""
        return await exhibitor_called((await edition_called(self.edition.code)).id, self.exhibitor.code)


async def make_owner(*, state: str = "accepted", english: bool = True, **fair: object) -> Owner:
    """An accepted exhibitor of a priced category, unless said otherwise."""
    forget_everything()
    edition = await make_edition(english=english)
    await make_fair(edition, **fair)
    person = await make_person()
    exhibitor = await make_exhibitor(edition, await make_category(edition), person, state=state)
    path = f"/{edition.code}/mon-kiosque/{exhibitor.code}"
    return Owner(person=person, edition=edition, exhibitor=exhibitor, path=path)


async def owner_signs_in(client: httpx.AsyncClient, **how: object) -> Owner:
    """The same, in this browser."""
    owner = await make_owner(**how)  # type: ignore[arg-type] # the same words
    await sign_in(client, owner.person)
    return owner
