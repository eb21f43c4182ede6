"""What of the programme is the reader's own: out of the account of who is signed in, else out of the browser."""

from digital_days.kernel import agenda
from digital_days.kernel.editions import Edition
from digital_days.kernel.web.pages import PageRequest
from scheduling.domain.activities import slots_held
from scheduling.domain.favourites import favourites_of
from scheduling.domain.my_day import spans_of
from scheduling.domain.programme import Programme
from scheduling.domain.programme_filters import Mine
from scheduling.routes.keepsakes import ASKED, CHOSEN, FAVOURITES


async def my_favourites(request: PageRequest, edition: Edition) -> frozenset[str]:
    """Codes of activities."""
    if request.user:
        return await favourites_of(request.user.id, edition.id)
    return frozenset(FAVOURITES.kept_in(request.cookies))


def my_asked(request: PageRequest) -> list[str]:
    """Slots that somebody without an account has asked for; an account knows what became of it."""
    return [] if request.user else ASKED.kept_in(request.cookies)


async def mine_of(request: PageRequest, edition: Edition, programme: Programme) -> Mine:
    """Three queries for who is signed in, none for others."""
    going = frozenset([*my_asked(request), *CHOSEN.kept_in(request.cookies)])
    return Mine(
        favourites=await my_favourites(request, edition),
        held=await slots_held(request.user.id, edition.id) if request.user else frozenset(),
        going=going,
        busy=[*spans_of(programme, going), *(await agenda.times_taken(request.user.id) if request.user else ())],
    )
