"""A change of a draft by hand: what would follow from it, in words, and doing it."""

from litestar import Response, Router, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict, Invalid, http_status
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import parse, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from matchmaking.domain.consequence_words import consequences_said
from matchmaking.domain.draft_changes import Do, NotInDraft, followed
from matchmaking.domain.draft_editing import change_draft
from matchmaking.domain.drafting import drafted
from matchmaking.routes.draft_meeting import ChangeForm, addition_page, meeting_page
from matchmaking.routes.grid import ROUTE as GRID

CHANGE, ADD = "matchmaking:draft-change", "matchmaking:draft-addition"
DONE = N_("C’est fait. L’horaire publié ne change pas tant que vous ne publiez pas celui-ci.")
ASKED: dict[Do, str] = {
    "lock": N_("Fixer cette rencontre"),
    "unlock": N_("Ne plus fixer cette rencontre"),
    "forbid": N_("Écarter cette rencontre"),
    "move": N_("Déplacer cette rencontre"),
    "swap": N_("Échanger deux rencontres"),
    "add": N_("Ajouter une rencontre"),
}


@get("/ajout", name=ADD, permission=Permission.ORGANISE)
async def addition(request: PageRequest, edition: RequestedEdition, run: FromPath[str]) -> Response[str]:
    """Whom with whom, when and where; once that is said, what would follow."""
    asked = _read(request, ("do", "add"))
    if asked and "other" in request.query_params and "one" in request.query_params:
        return await _change_page(request, edition, run, asked)
    return addition_page(request, edition, await drafted(edition.id, run), asked or ChangeForm(do="add"))


@get("/rencontre/{one:str}/{other:str}/{do:str}", name=CHANGE, permission=Permission.ORGANISE)
async def before(
    request: PageRequest,
    edition: RequestedEdition,
    run: FromPath[str],
    one: FromPath[str],
    other: FromPath[str],
    do: FromPath[str],
) -> Response[str]:
    """What would follow; nothing is done yet."""
    asked = _read(request, ("do", do), ("one", one), ("other", other))
    if asked is None:
        raise NotInDraft
    return await _change_page(request, edition, run, asked)


@post("/changement", name="matchmaking:change-draft", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition, run: FromPath[str]) -> Response[str] | Redirect:
    """If the draft is still the one whose consequences were shown."""
    asked = (await read_form(request, ChangeForm)).value
    if asked is None:
        raise NotInDraft
    try:
        await change_draft(edition.id, run, asked.change, version=asked.version)
    except (ChangedMeanwhile, Invalid) as refusal:
        return await _change_page(request, edition, run, asked, refusal=refusal)
    except Conflict:
        return await _change_page(request, edition, run, asked)
    return see_other(url(GRID, edition_slug=edition.slug, run=run), flash=_(DONE))


def _read(request: PageRequest, *certain: tuple[str, str]) -> ChangeForm | None:
    """From the address; None where it makes no sense."""
    return parse(FormMultiDict([*certain, *request.query_params.multi_items()]), ChangeForm).value


async def _change_page(
    request: PageRequest, edition: Edition, run: str, asked: ChangeForm, *, refusal: Conflict | Invalid | None = None
) -> Response[str]:
    draft = await drafted(edition.id, run, also=[(asked.one, asked.other)])
    try:
        edited = followed(draft, asked.change)
    except (Conflict, Invalid) as wrong:
        again = addition_page if asked.do == "add" else meeting_page
        return again(request, edition, draft, asked, error=wrong)
    names = draft.names
    at = next((each for each in edited.held if draft.asked.numbers.get((asked.one, asked.other)) == each.meeting), None)
    return page(
        request,
        "matchmaking/draft_change.html",
        edition=edition,
        status_code=http_status(refusal) if refusal else 200,
        organiser_menu=organiser_menu(edition, "matchmaking:scenarios"),
        run=draft.run,
        title=_(ASKED[asked.do]),
        asked=asked,
        version=draft.version,
        refusal=str(refusal) if refusal else "",
        said=await consequences_said(edition.id, edited, names),
        pair=names.pair(asked.one, asked.other),
        against=names.pair(*asked.change.against) if asked.do == "swap" else "",
        goes_to=(names.round(at.round), at.table) if at and asked.do in ("move", "add") else None,
    )


router = Router(
    path="/{edition_slug:str}/organisation/rencontres-eclair/horaire/{run:str}",
    route_handlers=[addition, before, change],
    include_in_schema=False,
)
