"""The JSON twin of the registration form."""

from typing import Annotated, Literal

from litestar import post
from litestar.params import HeaderParameter, JSONBody
from msgspec import Meta, Struct

from digital_days.kernel import consents, i18n, wake
from digital_days.kernel.errors import Invalid
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.people import email_address, person_name
from digital_days.kernel.permissions import Permission
from digital_days.kernel.questions import check
from digital_days.kernel.web.client_address import client_network
from digital_days.kernel.web.json_only import takes_json
from digital_days.kernel.web.pages import PageRequest
from digital_days.kernel.web.problem_details import problems
from digital_days.kernel.web.sessions import Viewer
from scheduling.domain.activity_rules import Asking
from scheduling.domain.places import Answer, Applicant, Wish, take_place
from scheduling.domain.refused_places import SlotFull, refusal_of
from scheduling.domain.slots import asking_of_slot, edition_of_slot, slot_anywhere
from scheduling.routes.limits import limit_person, limit_strangers
from scheduling.routes.place_asking import SAY_AUDIENCE
from scheduling.routes.registration import CONSENT_NEEDED


class ConsentNeeded(Invalid):
    message = CONSENT_NEEDED


class NameNeeded(Invalid):
    message = N_("Écrivez votre nom.")


class AnswersNeeded(Invalid):
    message = N_("Cette activité demande des réponses. %(said)s")


Purpose = Literal["registration", "news", "coaching"]


class RegistrationRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """A person asks for a place in a slot."""

    slot: Annotated[
        str, Meta(max_length=12, pattern="^[0-9A-Za-z]*$", description="Public code of the slot, from the programme.")
    ]
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    email: Annotated[str, Meta(min_length=3, max_length=254)]
    language: Literal["fr", "en"] = "fr"
    consents: Annotated[list[Purpose], Meta(description="Purposes agreed to; `registration` is necessary.")]
    wait: Annotated[bool, Meta(description="Where all is full, stand in line for a place.")] = False
    audience: Annotated[
        str,
        Meta(max_length=80, description="Slug of the audience they belong to, where seats are reserved for one."),
    ] = ""
    prerequisites_confirmed: Annotated[
        bool, Meta(description="Necessary where the activity has `prerequisites`: the person has read and meets them.")
    ] = False
    answers: Annotated[
        dict[str, str | bool | int | list[str]],
        Meta(description="By a question's code: text, true or false, a whole number, an option's code or several."),
    ] = {}


class PlaceAnswer(Struct, kw_only=True):
    """The place's public code opens nothing by itself.

    ``state`` is ``confirmed`` for a signed-in person, or ``waiting`` where they stand in line. Anybody else reads
    ``received``, whatever the address already holds: the ticket, or the reason why there is none, goes to the
    address by mail.
    """

    code: str
    state: Literal["confirmed", "waiting", "received"]


@post(
    "/api/v1/registrations",
    name="scheduling:api-registrations",
    permission=Permission.PLACE_TAKE,
    guards=[takes_json],
    include_in_schema=True,
    tags=["registrations"],
    response_description="The place, or that the mail will say",
    responses=problems(
        {
            403: "A page of another site asks",
            404: "No such slot",
            409: "Full, closed, free entry, overlapping, or the key has served another request",
            413: "More than a megabyte",
            415: "Not called JSON in UTF-8",
            422: "Something in the request does not fit",
            429: "Too many; see Retry-After",
        }
    ),
)
async def register(
    request: PageRequest,
    data: JSONBody[RegistrationRequest],
    idempotency_key: Annotated[
        str | None,
        HeaderParameter(
            name="Idempotency-Key",
            min_length=1,
            max_length=190,
            pattern="^[!-~]+$",
            description="New for each registration; the same key again: the same answer.",
        ),
    ] = None,
) -> PlaceAnswer:
    """Takes a place, or says why not. Asking again never takes a second one.

    Answers speak the body's `language`; where it cannot be read, that of the address (French, English under `/en`).
    """
    i18n.speak(data.language)
    if consents.missing(set(data.consents)):
        raise ConsentNeeded
    applicant = _applicant(request.user, data)
    if request.user:
        limit_person(request.user.id)
    else:
        limit_strangers(address=client_network(request), email=applicant.email)
    edition = await edition_of_slot(data.slot)
    answer = await take_place(
        data.slot,
        applicant,
        consents=consents.given(set(data.consents), organiser=edition.organiser_name),
        origin="api",
        idempotency_key=f"api:{idempotency_key}" if idempotency_key is not None else None,
        wish=_wish(data, await asking_of_slot(data.slot)),
    )
    wake.soon()
    return await _told(request.user, data, answer)


def _applicant(viewer: Viewer | None, data: RegistrationRequest) -> Applicant:
    if viewer:
        return Applicant(person_id=viewer.id)
    if not (name := person_name(data.name)):
        raise NameNeeded
    return Applicant(name=name, email=email_address(data.email))


def _wish(data: RegistrationRequest, asking: Asking) -> Wish:
    """What the activity's rules ask for; an audience that is not asked for is not kept."""
    if data.audience and asking.audiences and data.audience not in asking.audiences:
        raise AnswersNeeded(said=_(SAY_AUDIENCE))
    if asking.rules.prerequisites and not data.prerequisites_confirmed:
        raise AnswersNeeded(said=asking.rules.prerequisites)
    checked = check(asking.rules.questions, data.answers)
    if checked.errors:
        words = {question.field: question.words for question in asking.rules.questions}
        said = [f"{words.get(field, field)} : {sentence}" for field, sentence in checked.errors.items()]
        raise AnswersNeeded(said=" ".join(said))
    return Wish(wait=data.wait, audience=data.audience if asking.audiences else "", answers=checked.answers)


async def _told(viewer: Viewer | None, data: RegistrationRequest, answer: Answer) -> PlaceAnswer:
    if viewer is None:
        if answer.slot_full and answer.outcome != "confirmed" and not data.wait:
            raise SlotFull
        return PlaceAnswer(code=answer.code, state="received")
    if answer.outcome in ("full", "overlap", "limit"):  # only these need to know which slot it was
        refused = await refusal_of(answer.outcome, await slot_anywhere(data.slot), viewer.id)
        if refused:
            raise refused
    if answer.outcome == "waiting":
        return PlaceAnswer(code=answer.code, state="waiting")
    return PlaceAnswer(code=answer.code, state="confirmed")
