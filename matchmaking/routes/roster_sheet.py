"""One person as organisers see them: what they said, the wishes around their house; write once more, remove."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel import wake
from digital_days.kernel.i18n import N_, _, format_time_range
from digital_days.kernel.need_terms import need_terms
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from matchmaking.domain.fit_words import LANGUAGES
from matchmaking.domain.inviting import invite_again
from matchmaking.domain.participations import SIDES
from matchmaking.domain.roster import STATES
from matchmaking.domain.roster_sheet import remove_participant, sheet_of
from matchmaking.domain.sectors import SECTORS, SIZES
from matchmaking.routes.roster import ROUTE

SHEET = "matchmaking:participant"
REMOVED = N_("C’est fait : la personne ne participe plus, et ses rencontres à venir sont annulées.")
WRITTEN = N_("L’invitation repart.")
STRENGTHS = {"must": N_("Absolument"), "like": N_("J’aimerais"), "no": N_("Non merci")}


@get("/", name=SHEET, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition, participant: FromPath[str]) -> Response[str]:
    """Whatever their state."""
    sheet = await sheet_of(edition.id, participant)
    said, own = sheet.participation.organisation, sheet.participation.own
    return page(
        request,
        "matchmaking/roster_sheet.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, ROUTE),
        sheet=sheet,
        side=_(SIDES[said.side]),
        state=_(STATES[sheet.participation.state]),
        sector=_(SECTORS[said.sector]) if said.sector in SECTORS else "",
        size=_(SIZES[said.size]) if said.size in SIZES else "",
        needs=[term.name for term in await need_terms(edition.id) if term.slug in said.needs],
        absent=[(starts_at, format_time_range(starts_at, ends_at)) for starts_at, ends_at in own.absent],
        spoken=[_(LANGUAGES.get(each, each)) for each in own.languages],
        strengths={strength: _(words) for strength, words in STRENGTHS.items()},
    )


@post("/retirer", name="matchmaking:remove-participant", permission=Permission.ORGANISE)
async def remove(edition: RequestedEdition, participant: FromPath[str]) -> Redirect:
    """As if they had left by themselves."""
    await remove_participant(edition.id, participant)
    wake.soon()
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=_(REMOVED))


@post("/relancer", name="matchmaking:invite-again", permission=Permission.ORGANISE)
async def write_again(edition: RequestedEdition, participant: FromPath[str]) -> Redirect:
    """For who has not answered."""
    await invite_again(edition.id, participant)
    wake.soon()
    return see_other(url(SHEET, edition_slug=edition.slug, participant=participant), flash=_(WRITTEN))


router = Router(
    path="/{edition_slug:str}/organisation/rencontres-eclair/participation/personne/{participant:str}",
    route_handlers=[show, remove, write_again],
    after_request=keep_private,
    include_in_schema=False,
)
