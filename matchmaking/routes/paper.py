"""What stands on paper: a sheet a person, a sheet a table, a chart for the wall."""

from pathlib import Path

from litestar import Response, Router, get
from litestar.params import FromPath

from digital_days.kernel import i18n
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import Locale, _
from digital_days.kernel.need_terms import need_terms
from digital_days.kernel.permissions import Permission
from digital_days.kernel.typesetting import typeset
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.paper import sheet
from digital_days.kernel.web.signed_in import signed_in
from matchmaking.domain.paper_meetings import by_person, paper_meetings, paper_rounds, paper_seat
from matchmaking.domain.participations import NoParticipation, participation_of
from matchmaking.domain.publications import last_publication
from matchmaking.domain.settings import speed_dating_of
from matchmaking.routes.paper_sheets import personal_data, table_data, wall_data

ROUTE = "matchmaking:paper"
TEMPLATES = Path(__file__).parent.parent / "paper"


@get("/organisation/rencontres-eclair/papier", name=ROUTE, permission=Permission.ORGANISE)
async def papers(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """What can be printed, and everybody's own sheet."""
    return page(
        request,
        "matchmaking/paper.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, ROUTE),
        people=[(seat, len(theirs)) for seat, theirs in by_person(await paper_meetings(edition.id))],
        last=await last_publication(edition.id),
    )


@get("/organisation/rencontres-eclair/papier/feuilles.pdf", name="matchmaking:sheets", permission=Permission.ORGANISE)
async def everybody(edition: RequestedEdition) -> Response[bytes]:
    """A page each, in everybody's own language."""
    return await _personal(edition)


@get(
    "/organisation/rencontres-eclair/papier/feuilles/{participant:str}",
    name="matchmaking:sheet",
    permission=Permission.ORGANISE,
)
async def one(edition: RequestedEdition, participant: FromPath[str]) -> Response[bytes]:
    """For who has lost theirs."""
    seat = await paper_seat(edition.id, participant)
    return await _personal(edition, only=seat.code)


@get(
    "/organisation/rencontres-eclair/papier/tables.pdf", name="matchmaking:tables-sheet", permission=Permission.ORGANISE
)
async def tables(edition: RequestedEdition) -> Response[bytes]:
    """A page a table."""
    data = table_data(edition, await paper_meetings(edition.id))
    content = await typeset(TEMPLATES / "tables.typ", data=data, title=_("Rencontres éclair, table par table"))
    return sheet(content, f"{_('tables')}-{edition.slug}")


@get("/organisation/rencontres-eclair/papier/mur.pdf", name="matchmaking:wall", permission=Permission.ORGANISE)
async def wall(edition: RequestedEdition) -> Response[bytes]:
    """Everybody by name, a column a round."""
    data = wall_data(edition, await paper_meetings(edition.id), await paper_rounds(edition.id))
    content = await typeset(TEMPLATES / "wall.typ", data=data, title=_("Rencontres éclair"))
    return sheet(content, f"{_('mur')}-{edition.slug}")


@get("/mes-rencontres/feuille.pdf", name="matchmaking:own-sheet", permission=Permission.SIGNED_IN)
async def own(request: PageRequest, edition: RequestedEdition) -> Response[bytes]:
    """One's own, in the language of the page that leads to it."""
    mine = await participation_of(signed_in(request).id, edition.id)
    if mine is None:
        raise NoParticipation
    return await _personal(edition, only=mine.code, locale=i18n.current())


async def _personal(edition: Edition, *, only: str = "", locale: Locale | None = None) -> Response[bytes]:
    meetings, terms = await paper_meetings(edition.id), await need_terms(edition.id)
    data = personal_data(edition, await speed_dating_of(edition.id), meetings, terms, only=only, locale=locale)
    content = await typeset(TEMPLATES / "personal.typ", data=data, title=_("Mes rencontres éclair"))
    return sheet(content, f"{_('rencontres')}-{edition.slug}")


router = Router(
    path="/{edition_slug:str}",
    route_handlers=[papers, everybody, one, tables, wall, own],
    include_in_schema=False,
)
