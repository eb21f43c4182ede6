"""A person's answers to the organisers' questions, put right: by the link of a mail, or signed in."""

from litestar import Response, Router, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.private_links import WrongLink, proved_code
from digital_days.kernel.questions import parse
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, see_other
from digital_days.kernel.web.signed_links import edition_of_link, keep_private, wrong_link
from digital_days.kernel.web.urls import url
from scheduling.domain.held_places import HeldPlace, held_place
from scheduling.domain.place_answers import TooLateToAnswer, change_answers, own_answers
from scheduling.routes.limits import limit_person
from scheduling.routes.my_places import actions_by_link, actions_of_mine, own_place, place_page

SAVED = N_("Vos réponses sont enregistrées.")


@post("/places/{token:str}/reponses", name="scheduling:answer-place", permission=Permission.SIGNED_LINK)
async def answer_by_link(request: PageRequest, token: FromPath[str]) -> Response[str] | Redirect:
    """Whoever holds the link has read the mail."""
    place = await held_place(proved_code("place", token))
    await edition_of_link(place.edition_slug)
    return await _answered(request, place, actions_by_link(token), back=url("scheduling:place", token=token))


@post(
    "/{edition_slug:str}/mes-places/{place:str}/reponses",
    name="scheduling:my-place-answer",
    permission=Permission.SIGNED_IN,
)
async def answer_mine(
    request: PageRequest, edition: RequestedEdition, place: FromPath[str]
) -> Response[str] | Redirect:
    """The same, signed in; somebody else's place does not exist here."""
    held = await own_place(request, edition, place)
    back = url("scheduling:my-place", edition_slug=edition.slug, place=held.code)
    return await _answered(request, held, actions_of_mine(held), back=back)


async def _answered(
    request: PageRequest, place: HeldPlace, actions: dict[str, str], *, back: str
) -> Response[str] | Redirect:
    limit_person(place.person_id)
    questions = (await own_answers(place)).questions
    data = await request.form()
    typed = {each.field: [str(text).replace("\x00", "") for text in data.getall(each.field, [])] for each in questions}
    parsed = parse(questions, typed)
    if parsed.errors:
        return await place_page(request, place, actions, typed=typed, errors=parsed.errors)
    try:
        await change_answers(place.code, parsed.answers)
    except TooLateToAnswer as refusal:
        return see_other(back, flash=str(refusal), kind="error")
    return see_other(back, flash=_(SAVED))


router = Router(
    path="/",
    route_handlers=[answer_by_link, answer_mine],
    after_request=keep_private,
    exception_handlers={WrongLink: wrong_link},
    include_in_schema=False,
)
