"""A place given to a named person, or changed for another activity: by the link of a mail, or signed in."""

from collections.abc import Collection, Sequence

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import clock, consents, wake
from digital_days.kernel.codes import normalize
from digital_days.kernel.editions import edition_called
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.private_links import WrongLink, private_path, proved_code
from digital_days.kernel.web.client_address import client_network
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import EmailAddress, Form, YourName, read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_links import edition_of_link, keep_private, wrong_link
from digital_days.kernel.web.urls import url
from scheduling.domain.exchanges import give_place, take_instead_of
from scheduling.domain.held_places import HeldPlace, held_place, places_of
from scheduling.domain.places import Applicant
from scheduling.domain.programme import Slot
from scheduling.domain.programme_reading import programme_of
from scheduling.routes.limits import limit_person, limit_strangers
from scheduling.routes.my_places import own_place

AGREEMENT_NEEDED = N_("Il faut l’accord de cette personne pour l’inscrire.")
GIVEN = N_("C’est fait : la place est à %(name)s, qui vient de recevoir son billet par courriel.")
NOT_GIVEN = N_(
    "Cette personne ne peut pas prendre cette place : elle l’a peut-être déjà, ou elle a autre chose au même moment. "
    "Vous la gardez."
)
CHANGED = N_("C’est changé : votre nouvelle place est réservée, et l’autre est annulée.")
NOT_CHANGED = N_(
    "Rien n’a changé, vous gardez votre place : l’autre vient de partir, ou votre agenda a autre chose à ce moment-là."
)
THE_SAME = N_("C’est la place que vous avez déjà : choisissez une autre activité, ou gardez-la.")
CHOOSE_ONE = N_("Choisissez l’activité que vous préférez.")


class Named(Struct):
    """Who gets the place."""

    name: YourName
    email: EmailAddress
    agreed: bool = False


class Wanted(Struct):
    """The slot preferred."""

    slot: str = ""


@get("/places/{token:str}/donner", name="scheduling:give-place", permission=Permission.SIGNED_LINK)
async def giving_by_link(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """The form that names somebody."""
    return await _giving_page(request, await _linked(token), back=url("scheduling:place", token=token))


@post("/places/{token:str}/donner", name="scheduling:give-place-send", permission=Permission.SIGNED_LINK)
async def give_by_link(request: PageRequest, token: FromPath[str]) -> Response[str] | Redirect:
    """Whoever holds the link has read the mail."""
    return await _given(request, await _linked(token), back=url("scheduling:place", token=token))


@get("/places/{token:str}/changer", name="scheduling:swap-place", permission=Permission.SIGNED_LINK)
async def swapping_by_link(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """What else has seats left."""
    return await _swapping_page(request, await _linked(token), back=url("scheduling:place", token=token))


@post("/places/{token:str}/changer", name="scheduling:swap-place-send", permission=Permission.SIGNED_LINK)
async def swap_by_link(request: PageRequest, token: FromPath[str]) -> Response[str] | Redirect:
    """The new place and the end of the old one, or neither."""
    place = await _linked(token)
    agenda = private_path("site:agenda", "agenda", place.registration) if place.registration else ""
    return await _swapped(request, place, back=url("scheduling:place", token=token), then=agenda)


@get(
    "/{edition_slug:str}/mes-places/{place:str}/donner",
    name="scheduling:my-place-give",
    permission=Permission.SIGNED_IN,
)
async def giving_mine(request: PageRequest, edition: RequestedEdition, place: FromPath[str]) -> Response[str]:
    """The same, signed in."""
    own = await own_place(request, edition, place)
    return await _giving_page(request, own, back=_my_page(own))


@post(
    "/{edition_slug:str}/mes-places/{place:str}/donner",
    name="scheduling:my-place-give-send",
    permission=Permission.SIGNED_IN,
)
async def give_mine(request: PageRequest, edition: RequestedEdition, place: FromPath[str]) -> Response[str] | Redirect:
    """The same, signed in."""
    own = await own_place(request, edition, place)
    return await _given(request, own, back=_my_page(own))


@get(
    "/{edition_slug:str}/mes-places/{place:str}/changer",
    name="scheduling:my-place-swap",
    permission=Permission.SIGNED_IN,
)
async def swapping_mine(request: PageRequest, edition: RequestedEdition, place: FromPath[str]) -> Response[str]:
    """The same, signed in."""
    own = await own_place(request, edition, place)
    return await _swapping_page(request, own, back=_my_page(own))


@post(
    "/{edition_slug:str}/mes-places/{place:str}/changer",
    name="scheduling:my-place-swap-send",
    permission=Permission.SIGNED_IN,
)
async def swap_mine(request: PageRequest, edition: RequestedEdition, place: FromPath[str]) -> Response[str] | Redirect:
    """The same, signed in."""
    own = await own_place(request, edition, place)
    return await _swapped(request, own, back=_my_page(own), then=url("site:my-agenda", edition_slug=edition.slug))


async def _linked(token: str) -> HeldPlace:
    place = await held_place(proved_code("place", token))
    await edition_of_link(place.edition_slug)
    return place


def _my_page(place: HeldPlace) -> str:
    return url("scheduling:my-place", edition_slug=place.edition_slug, place=place.code)


def _can_pass_on(place: HeldPlace) -> bool:
    return place.is_on and not place.has_started


async def _giving_page(
    request: PageRequest, place: HeldPlace, *, back: str, form: Form[Named] | None = None
) -> Response[str]:
    edition = await edition_called(place.edition_slug)
    return page(
        request,
        "scheduling/give_place.html",
        edition=edition,
        status_code=422 if form else 200,
        place=place,
        can_give=_can_pass_on(place),
        form=form or Form(typed={}, errors={}, value=None),
        back=back,
    )


async def _given(request: PageRequest, place: HeldPlace, *, back: str) -> Response[str] | Redirect:
    if not _can_pass_on(place):
        return see_other(back)  # the page says why
    form = await read_form(request, Named)
    if not form["agreed"]:
        form.refuse("agreed", _(AGREEMENT_NEEDED))
    if form.value is None:
        return await _giving_page(request, place, back=back, form=form)
    limit_person(place.person_id)
    limit_strangers(address=client_network(request), email=form.value.email)
    edition = await edition_called(place.edition_slug)
    answer = await give_place(
        place.code,
        place.slot_code,
        place.person_id,
        Applicant(name=form.value.name, email=form.value.email),
        consents=consents.given(set(consents.REQUIRED), organiser=edition.organiser_name),
    )
    wake.soon()
    if answer is None:
        return see_other(back, flash=_(NOT_GIVEN), kind="error")
    return see_other(back, flash=_(GIVEN, name=form.value.name))


def _choices(slots: Sequence[Slot], held: Collection[str]) -> list[Slot]:
    """What can be had at once and is not ``held``: seats left for everybody, open now, nothing to answer first."""
    now = clock.now()
    return [
        slot
        for slot in sorted(slots, key=lambda slot: (slot.starts_at, slot.code))
        if slot.code not in held
        and slot.has_seats_left
        and not (slot.is_early or slot.is_closed or slot.is_reserved or slot.asks)
        and slot.starts_at > now
    ]


async def _held_by(place: HeldPlace) -> set[str]:
    """The slots in which its holder has a place, this one's among them."""
    return {each.slot_code for each in await places_of(place.person_id, place.edition_id) if each.is_on}


async def _swapping_page(
    request: PageRequest, place: HeldPlace, *, back: str, errors: dict[str, str] | None = None
) -> Response[str]:
    edition = await edition_called(place.edition_slug)
    programme = await programme_of(edition.id)
    held = await _held_by(place)
    return page(
        request,
        "scheduling/swap_place.html",
        edition=edition,
        status_code=422 if errors else 200,
        place=place,
        can_swap=_can_pass_on(place),
        choices=_choices(programme.slots, held),
        errors=errors or {},
        back=back,
    )


async def _swapped(request: PageRequest, place: HeldPlace, *, back: str, then: str) -> Response[str] | Redirect:
    if not _can_pass_on(place):
        return see_other(back)
    slot = (await read_form(request, Wanted))["slot"]
    held = await _held_by(place)
    if normalize(str(slot)) in held:
        return await _swapping_page(request, place, back=back, errors={"slot": _(THE_SAME)})
    programme = await programme_of(place.edition_id)
    if slot not in {each.code for each in _choices(programme.slots, held)}:
        return await _swapping_page(request, place, back=back, errors={"slot": _(CHOOSE_ONE)})
    limit_person(place.person_id)
    answer = await take_instead_of([place.code], str(slot), place.person_id, consents=[])
    wake.soon()
    if answer is None:
        return see_other(back, flash=_(NOT_CHANGED), kind="error")
    return see_other(then or back, flash=_(CHANGED))


router = Router(
    path="/",
    route_handlers=[
        giving_by_link,
        give_by_link,
        swapping_by_link,
        swap_by_link,
        giving_mine,
        give_mine,
        swapping_mine,
        swap_mine,
    ],
    after_request=keep_private,
    exception_handlers={WrongLink: wrong_link},
    include_in_schema=False,
)
