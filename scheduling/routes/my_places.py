"""Giving a place back: by the link of a mail, or signed in. Opening the page changes nothing; its button does."""

from collections.abc import Mapping

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel import wake
from digital_days.kernel.editions import Edition, edition_called
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.private_links import WrongLink, private_path, proved_code
from digital_days.kernel.questions import Typed, said, typed_of
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import edition_of_link, keep_private, wrong_link
from digital_days.kernel.web.urls import url
from scheduling.domain.choosing import ExpectedElsewhere, in_the_way_of, keep_place
from scheduling.domain.held_places import HeldPlace, held_place
from scheduling.domain.place_answers import own_answers
from scheduling.domain.places import NoSuchPlace, cancel_place
from scheduling.routes.limits import limit_person

ACTIONS = ("cancel", "keep", "choose", "answer", "give", "swap")
KEPT = N_("Vous gardez votre place.")
CHOSEN = N_("Vous gardez « %(title)s ». Ce qui était au même moment est annulé.")
GIVEN_BACK = N_("Merci de nous avoir prévenus : quelqu’un d’autre pourra venir.")


@get("/places/{token:str}", name="scheduling:place", permission=Permission.SIGNED_LINK)
async def by_link(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """The place, and the button that gives it back."""
    place = await held_place(proved_code("place", token))
    await edition_of_link(place.edition_slug)
    return await place_page(request, place, actions_by_link(token))


@post("/places/{token:str}/annuler", name="scheduling:cancel-place", permission=Permission.SIGNED_LINK)
async def cancel_by_link(token: FromPath[str]) -> Redirect:
    """Whoever holds the link has read the mail: it may be done. It proves no agreement, and no name."""
    place = await held_place(proved_code("place", token))
    return await _cancelled(place, back=url("scheduling:place", token=token))


@post("/places/{token:str}/garder", name="scheduling:keep-place", permission=Permission.SIGNED_LINK)
async def keep_by_link(token: FromPath[str]) -> Redirect:
    """Changes nothing, and says so where the place stands."""
    place = await held_place(proved_code("place", token))
    return see_other(_agenda_of(place, token), flash=_(KEPT) if place.is_on else "")


@post("/places/{token:str}/choisir", name="scheduling:choose-place", permission=Permission.SIGNED_LINK)
async def choose_by_link(token: FromPath[str]) -> Redirect:
    """Of what a release has put at the same time, this is kept."""
    place = await held_place(proved_code("place", token))
    return await _chosen(place, back=url("scheduling:place", token=token), then=_agenda_of(place, token))


@get("/{edition_slug:str}/mes-places/{place:str}", name="scheduling:my-place", permission=Permission.SIGNED_IN)
async def mine(request: PageRequest, edition: RequestedEdition, place: FromPath[str]) -> Response[str]:
    """The same page for the signed-in person's own place."""
    held = await own_place(request, edition, place)
    return await place_page(request, held, actions_of_mine(held))


@post(
    "/{edition_slug:str}/mes-places/{place:str}/annuler",
    name="scheduling:my-place-cancel",
    permission=Permission.SIGNED_IN,
)
async def cancel_mine(request: PageRequest, edition: RequestedEdition, place: FromPath[str]) -> Redirect:
    """Somebody else's place does not exist here."""
    held = await own_place(request, edition, place)
    return await _cancelled(held, back=url("scheduling:my-place", edition_slug=edition.slug, place=held.code))


@post(
    "/{edition_slug:str}/mes-places/{place:str}/garder",
    name="scheduling:my-place-keep",
    permission=Permission.SIGNED_IN,
)
async def keep_mine(request: PageRequest, edition: RequestedEdition, place: FromPath[str]) -> Redirect:
    """The same, signed in."""
    held = await own_place(request, edition, place)
    return see_other(url("site:my-agenda", edition_slug=edition.slug), flash=_(KEPT) if held.is_on else "")


@post(
    "/{edition_slug:str}/mes-places/{place:str}/choisir",
    name="scheduling:my-place-choose",
    permission=Permission.SIGNED_IN,
)
async def choose_mine(request: PageRequest, edition: RequestedEdition, place: FromPath[str]) -> Redirect:
    """The same, signed in."""
    held = await own_place(request, edition, place)
    back = url("scheduling:my-place", edition_slug=edition.slug, place=held.code)
    return await _chosen(held, back=back, then=url("site:my-agenda", edition_slug=edition.slug))


def actions_by_link(token: str) -> dict[str, str]:
    """What the page's buttons do for whoever holds the link."""
    return {action: url(f"scheduling:{action}-place", token=token) for action in ACTIONS}


def actions_of_mine(place: HeldPlace) -> dict[str, str]:
    """The same for its person, signed in."""
    names = {"edition_slug": place.edition_slug, "place": place.code}
    return {action: url(f"scheduling:my-place-{action}", **names) for action in ACTIONS}


async def own_place(request: PageRequest, edition: Edition, code: str) -> HeldPlace:
    """The signed-in person's own; raises ``NoSuchPlace`` for anybody else's."""
    place = await held_place(code)
    if place.person_id != signed_in(request).id or place.edition_id != edition.id:
        raise NoSuchPlace
    return place


async def _cancelled(place: HeldPlace, *, back: str) -> Redirect:
    if not place.is_on or place.has_started:
        return see_other(back)  # the page says why
    limit_person(place.person_id)
    freed = await cancel_place(place.code)
    wake.soon()
    return see_other(back, flash=_(GIVEN_BACK) if freed else "")


def _agenda_of(place: HeldPlace, token: str) -> str:
    agenda = private_path("site:agenda", "agenda", place.registration) if place.registration else ""
    return agenda or url("scheduling:place", token=token)


async def _chosen(place: HeldPlace, *, back: str, then: str) -> Redirect:
    limit_person(place.person_id)
    try:
        given_back = await keep_place(place.code)
    except ExpectedElsewhere as refusal:
        return see_other(back, flash=str(refusal), kind="error")
    wake.soon()
    return see_other(then, flash=_(CHOSEN, title=place.title) if given_back else _(KEPT))


async def place_page(
    request: PageRequest,
    place: HeldPlace,
    actions: dict[str, str],
    *,
    typed: Typed | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response[str]:
    """The place and its answers; ``typed`` and ``errors``: what was sent, and why it was not taken."""
    edition = await edition_called(place.edition_slug)
    own = await own_answers(place)
    return page(
        request,
        "scheduling/place.html",
        edition=edition,
        status_code=422 if errors else 200,
        place=place,
        questions=own.questions,
        answered=[(question.words, said(question, own.answers)) for question in own.questions],
        typed=typed_of(own.questions, own.answers) if typed is None else typed,
        errors=errors or {},
        in_the_way=await in_the_way_of(place) if place.must_choose else [],
        actions=actions,
        activity_url=f"{place.path}#reserver",
        programme_url=url("scheduling:programme", edition_slug=edition.slug),
    )


router = Router(
    path="/",
    route_handlers=[
        by_link,
        cancel_by_link,
        keep_by_link,
        choose_by_link,
        mine,
        cancel_mine,
        keep_mine,
        choose_mine,
    ],
    after_request=keep_private,
    exception_handlers={WrongLink: wrong_link},
    include_in_schema=False,
)
