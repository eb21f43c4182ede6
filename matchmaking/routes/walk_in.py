"""At the desk: somebody arrives who has not said so before, whatever the closing and the schedule."""

from litestar import Response, Router, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from digital_days.kernel import clock, consents
from digital_days.kernel.attendees import attendee
from digital_days.kernel.check_in import UnknownTicket
from digital_days.kernel.codes import new_code
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.need_terms import need_terms
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from matchmaking.domain.colleagues import TooManyColleagues
from matchmaking.domain.day_clock import course_of
from matchmaking.domain.houses import houses_of
from matchmaking.domain.participations import SIDES
from matchmaking.domain.settings import speed_dating_of
from matchmaking.domain.taking_part import OneSideOnly
from matchmaking.domain.walk_in_people import ANOTHER, OWNER, Known, WhoIsIt, people_like
from matchmaking.domain.walking_in import OtherHouse, TakesPart, walk_in
from matchmaking.routes.speed_desk import ROUTE as DESK
from matchmaking.routes.walk_in_form import LABELS, OTHER_SIDE, WalkInForm, meant

ROUTE = "matchmaking:walk-in"
PLAN_ANEW = N_(
    "%(name)s participe, et est là. Pour lui donner une rencontre, la personne qui anime demande un nouvel horaire à "
    "la page « Jour »."
)
NO_ROUND_LEFT = N_("%(name)s participe, et est là, mais il ne reste aucune ronde à venir.")
NOT_PUBLISHED = N_("%(name)s participe, et est là. L’horaire n’est pas encore publié : il en tiendra compte.")
_BESIDE: dict[type[Conflict], str] = {
    WhoIsIt: "who",
    OneSideOnly: "side",
    OtherHouse: "organisation",
    TooManyColleagues: "organisation",
}


@get("/", name=ROUTE, permission=Permission.DESK)
async def ask(
    request: PageRequest, edition: RequestedEdition, name: FromQuery[str] = "", billet: FromQuery[str] = ""
) -> Response[str]:
    """A blank form, or with the name that the search did not find, or that of whoever has this ticket."""
    if billet:
        try:
            name = (await attendee(edition.id, billet)).name
        except UnknownTicket:
            billet = ""
    typed: dict[str, str | list[str]] = {"name": name[:200], "who": billet, "form_code": new_code(), "language": "fr"}
    form: Form[WalkInForm] = Form(typed={**typed, "languages": ["fr"]}, errors={}, value=None)
    return await _form_page(request, edition, form, status=200)


@post("/", name="matchmaking:walk-in-send", permission=Permission.DESK)
async def send(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """They take part and are here, or what is missing is said."""
    form = await read_form(request, WalkInForm)
    said = meant(form, await houses_of(edition.id), [term.slug for term in await need_terms(edition.id)])
    if said is None:
        return await _form_page(request, edition, form)
    try:
        await walk_in(edition, said)
    except TakesPart as refusal:
        return await _form_page(request, edition, form, status=409, there=refusal)
    except Conflict as refusal:
        words = _(OTHER_SIDE) if isinstance(refusal, OneSideOnly) else str(refusal)
        form.refuse(_BESIDE.get(type(refusal), ""), words)
        return await _form_page(request, edition, form, status=409)
    return see_other(url(DESK, edition_slug=edition.slug), flash=_(await _what_next(edition), name=said.name))


async def _what_next(edition: Edition) -> str:
    course = await course_of(edition.id)
    if not course.turns:
        return NOT_PUBLISHED
    return PLAN_ANEW if course.standing(clock.now()).following else NO_ROUND_LEFT


async def _form_page(
    request: PageRequest,
    edition: Edition,
    form: Form[WalkInForm],
    *,
    status: int = 422,
    there: TakesPart | None = None,
) -> Response[str]:
    known = [] if there else await _asked_about(edition, form)
    return page(
        request,
        "matchmaking/walk_in.html",
        edition=edition,
        status_code=status,
        is_held=(await speed_dating_of(edition.id)).is_held,
        form=form,
        there=there,
        known=known,
        people=[*((each.ref, _called(each)) for each in known), (ANOTHER, _("Une autre personne"))],
        labels={name: _(words) for name, words in LABELS.items()},
        sides=[(side, _(words)) for side, words in SIDES.items()],
        houses=await houses_of(edition.id),
        needs=[(term.slug, term.name) for term in await need_terms(edition.id)],
        agreement=consents.MATCHMAKING.text(edition.organiser_name),
    )


async def _asked_about(edition: Edition, form: Form[WalkInForm]) -> list[Known]:
    """Whom the desk tells apart, once it is asked to."""
    if not form["who"] and "who" not in form.errors:
        return []
    email = "" if "email" in form.errors else str(form["email"]).strip().lower()
    known = await people_like(edition.id, name=str(form["name"])[:200], email=email)
    return [] if known and known[0].is_theirs else known


def _called(known: Known) -> str:
    if known.ref == OWNER:
        return _("La personne de cette adresse, connue sous un autre nom")
    return f"{known.name} ({known.hint or _('sans courriel')})"


router = Router(
    path="/{edition_slug:str}/accueil/rencontres-eclair/inscrire",
    route_handlers=[ask, send],
    include_in_schema=False,
)
