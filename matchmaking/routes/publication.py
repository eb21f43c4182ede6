"""What publishing a run's plan would change, and the button that does it."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import wake
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, _, ngettext
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import WholeNumber, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from matchmaking.domain.draft_wrongs import wrongs_of
from matchmaking.domain.drafting import drafted
from matchmaking.domain.publications import difference, last_publication
from matchmaking.domain.publishing import publish_plan

ROUTE = "matchmaking:publication"
DONE = N_("L’horaire est publié : chaque personne reçoit le sien.")


class DraftChanged(ChangedMeanwhile):
    message = N_(
        "Quelqu’un a changé cet horaire pendant que vous le regardiez. Voici ce qui s’ensuivrait maintenant : relisez, "
        "puis publiez de nouveau."
    )


class PublicationForm(Struct):
    """The number of the publication and the version of the draft that were seen."""

    expected: WholeNumber
    version: str


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition, run: FromPath[str]) -> Response[str]:
    """Counted before anything is done."""
    return await _page(request, edition, run)


@post("/", name="matchmaking:publish", permission=Permission.ORGANISE)
async def publish(request: PageRequest, edition: RequestedEdition, run: FromPath[str]) -> Response[str] | Redirect:
    """All of it or nothing, and only what was seen; two at once: the second is told."""
    draft = await drafted(edition.id, run)
    seen = (await read_form(request, PublicationForm)).value
    try:
        if seen is None or seen.version != draft.version:
            raise DraftChanged
        expected, by = int(seen.expected), signed_in(request).id
        await publish_plan(edition.id, draft.draft, draft.run.rounds, expected=expected, by=by, run=draft.run.code)
    except Conflict as refusal:
        return await _page(request, edition, run, error=str(refusal))
    wake.soon()
    return see_other(url(ROUTE, edition_slug=edition.slug, run=draft.run.code), flash=_(DONE))


async def _page(request: PageRequest, edition: Edition, code: str, *, error: str = "") -> Response[str]:
    draft = await drafted(edition.id, code)
    run, plan = draft.run, draft.draft
    change = await difference(edition.id, plan, run.rounds)
    return page(
        request,
        "matchmaking/publication.html",
        edition=edition,
        status_code=409 if error else 200,
        organiser_menu=organiser_menu(edition, "matchmaking:scenarios"),
        run=run,
        version=draft.version,
        meetings=len(plan),
        last=await last_publication(edition.id),
        change=change,
        wrongs=await wrongs_of(draft),
        counts=[
            (change.added, _("nouvelles")),
            (change.moved, _("déplacées")),
            (change.cancelled, _("annulées")),
            (change.kept, _("inchangées")),
        ],
        alone=ngettext("%(num)s personne sans rencontre", "%(num)s personnes sans rencontre", len(change.alone)),
        error=error,
    )


router = Router(
    path="/{edition_slug:str}/organisation/rencontres-eclair/essais/{run:str}/publication",
    route_handlers=[show, publish],
    include_in_schema=False,
)
