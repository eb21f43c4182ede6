"""In line for a place: by the link of a mail, or signed in. Opening the page changes nothing; its buttons do."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel import agenda, wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.private_links import WrongLink, private_path, proved_code
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import edition_of_link, keep_private, wrong_link
from digital_days.kernel.web.urls import url
from scheduling.domain.exchanges import take_instead_of
from scheduling.domain.held_places import places_in_the_way
from scheduling.domain.place_answers import own_answers
from scheduling.domain.places import Answer, Wish
from scheduling.domain.refused_places import at_the_most
from scheduling.domain.waiting import InLine, NotInLine, OfferOver, accept, in_line, leave
from scheduling.domain.waiting_words import state_words
from scheduling.routes.limits import limit_person
from scheduling.routes.place_asking import SaidAsking, kept_asking, said_after_all

ACCEPTED = N_("La place est à vous. Votre billet vient de partir par courriel.")
HELD = N_("Cette place est déjà à vous : rien ne change.")
DECLINED = N_("Merci de l’avoir dit.")
LEFT = N_("Vous n’êtes plus sur la liste d’attente.")
OUT = N_("Vous n’étiez déjà plus sur la liste d’attente.")


@get("/attentes/{token:str}", name="scheduling:waiting", permission=Permission.SIGNED_LINK)
async def by_link(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """Where the holder of the link stands, or what has been offered to them."""
    entry = await in_line(proved_code("wait", token))
    edition = await edition_of_link(entry.place.edition_slug)
    return await _page(request, edition, entry, _actions_by_link(token))


@post("/attentes/{token:str}", name="scheduling:accept-offer", permission=Permission.SIGNED_LINK)
async def accept_by_link(request: PageRequest, token: FromPath[str]) -> Response[str] | Redirect:
    """Whoever holds the link has read the mail."""
    entry = await in_line(proved_code("wait", token))
    edition = await edition_of_link(entry.place.edition_slug)
    return await _accepted(request, edition, entry, _actions_by_link(token))


@post("/attentes/{token:str}/quitter", name="scheduling:leave-line", permission=Permission.SIGNED_LINK)
async def leave_by_link(token: FromPath[str]) -> Redirect:
    """Declines what is offered, else leaves the line."""
    entry = await in_line(proved_code("wait", token))
    return await _left(entry, back=url("scheduling:waiting", token=token))


@get("/{edition_slug:str}/mes-attentes/{entry:str}", name="scheduling:my-waiting", permission=Permission.SIGNED_IN)
async def mine(request: PageRequest, edition: RequestedEdition, entry: FromPath[str]) -> Response[str]:
    """The same page for the signed-in person's own entry."""
    own = await _own(request, edition, entry)
    return await _page(request, edition, own, _actions_of_mine(own))


@post(
    "/{edition_slug:str}/mes-attentes/{entry:str}",
    name="scheduling:my-waiting-accept",
    permission=Permission.SIGNED_IN,
)
async def accept_mine(
    request: PageRequest, edition: RequestedEdition, entry: FromPath[str]
) -> Response[str] | Redirect:
    """Somebody else's entry does not exist here."""
    own = await _own(request, edition, entry)
    then = url("site:my-agenda", edition_slug=edition.slug)
    return await _accepted(request, edition, own, _actions_of_mine(own), then=then)


@post(
    "/{edition_slug:str}/mes-attentes/{entry:str}/quitter",
    name="scheduling:my-waiting-leave",
    permission=Permission.SIGNED_IN,
)
async def leave_mine(request: PageRequest, edition: RequestedEdition, entry: FromPath[str]) -> Redirect:
    """The same, signed in."""
    own = await _own(request, edition, entry)
    return await _left(own, back=url("scheduling:my-waiting", edition_slug=edition.slug, entry=own.code))


async def _own(request: PageRequest, edition: Edition, code: str) -> InLine:
    entry = await in_line(code)
    if entry.place.person_id != signed_in(request).id or entry.place.edition_id != edition.id:
        raise NotInLine
    return entry


def _actions_by_link(token: str) -> dict[str, str]:
    return {
        "accept": url("scheduling:accept-offer", token=token),
        "leave": url("scheduling:leave-line", token=token),
    }


def _actions_of_mine(entry: InLine) -> dict[str, str]:
    names = {"edition_slug": entry.place.edition_slug, "entry": entry.code}
    return {
        "accept": url("scheduling:my-waiting-accept", **names),
        "leave": url("scheduling:my-waiting-leave", **names),
    }


async def _accepted(
    request: PageRequest, edition: Edition, entry: InLine, actions: dict[str, str], *, then: str = ""
) -> Response[str] | Redirect:
    limit_person(entry.place.person_id)
    back = actions["accept"]  # the page itself
    own = await own_answers(entry.place)
    said = await said_after_all(request, own.open, own.answers) if own.open and entry.is_offered else None
    if said and said.errors:
        return await _page(request, edition, entry, actions, said=said)
    try:
        answer = await _taken(entry, said.wish.answers if said else own.answers)
    except OfferOver as refusal:
        return see_other(back, flash=str(refusal), kind="error")
    wake.soon()
    if answer.outcome == "limit":
        return see_other(back, flash=str(await at_the_most(entry.place.edition_id)), kind="error")
    if answer.outcome not in ("confirmed", "already"):
        return see_other(back, flash=_("Votre agenda a autre chose à ce moment-là."), kind="error")
    then = then or _agenda_of(await in_line(entry.code))  # with the first place comes the ticket
    return see_other(then or back, flash=_(ACCEPTED if answer.outcome == "confirmed" else HELD))


async def _taken(entry: InLine, answers: dict[str, object]) -> Answer:
    """What the person holds at that time is given back for it; the page has said so beside the button."""
    place = entry.place
    if entry.is_offered:
        others = await places_in_the_way(place.person_id, place.starts_at, place.ends_at)
        own = [other.code for other in others if other.code != place.code and not other.has_started]
        wish = Wish(audience=entry.audience, answers=answers)
        swapped = await take_instead_of(own, place.slot_code, place.person_id, consents=[], wish=wish)
        if swapped:
            return swapped
    return await accept(entry.code, answers=answers)


async def _left(entry: InLine, *, back: str) -> Redirect:
    limit_person(entry.place.person_id)
    was_offered = entry.is_offered
    left = await leave(entry.code)
    wake.soon()
    return see_other(back, flash=_(OUT if not left else DECLINED if was_offered else LEFT))


def _agenda_of(entry: InLine) -> str:
    code = entry.place.registration
    return private_path("site:agenda", "agenda", code) if code else ""


async def _page(
    request: PageRequest, edition: Edition, entry: InLine, actions: dict[str, str], *, said: SaidAsking | None = None
) -> Response[str]:
    place = entry.place
    others = await agenda.busy(place.person_id, place.starts_at, place.ends_at) if entry.is_offered else []
    held = await places_in_the_way(place.person_id, place.starts_at, place.ends_at) if others else []
    own = await own_answers(place)
    return page(
        request,
        "scheduling/waiting.html",
        edition=edition,
        status_code=422 if said else 200,
        entry=entry,
        words=await state_words(entry),
        others=others,
        can_swap=len(held) == len(others) and not any(each.has_started for each in held),
        asking=own.open,
        said=said or kept_asking(own.open, own.answers),
        actions=actions,
        activity_url=place.path,
        programme_url=url("scheduling:programme", edition_slug=edition.slug),
    )


router = Router(
    path="/",
    route_handlers=[by_link, accept_by_link, leave_by_link, mine, accept_mine, leave_mine],
    after_request=keep_private,
    exception_handlers={WrongLink: wrong_link},
    include_in_schema=False,
)
