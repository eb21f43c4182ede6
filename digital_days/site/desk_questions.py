"""After a place is given at the desk: what its organisers ask, to be asked aloud. All of it may wait."""

from collections.abc import Collection, Mapping, Sequence

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct, structs

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _, ngettext
from digital_days.kernel.permissions import Permission
from digital_days.kernel.questions import Question, parse
from digital_days.kernel.registrations import Registration
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import NOT_UNDERSTOOD
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from digital_days.site.desk_people import registered_here
from scheduling.domain.desk_questions import NothingToNote, ToAsk, note_answers, to_ask

NOTED = N_("C’est noté.")
NOTHING_NOTED = N_("Rien n’est noté : les questions attendent.")


class Said(Struct, frozen=True, kw_only=True):
    """What the desk has typed for one place; ``typed`` and ``errors`` by field."""

    typed: Mapping[str, Sequence[str]]
    errors: Mapping[str, str]
    answers: Mapping[str, object]
    audience: str


@get("/", name="site:desk-questions", permission=Permission.DESK)
async def ask(request: PageRequest, edition: RequestedEdition, registration: FromPath[str]) -> Response[str]:
    """All that has no answer yet, activity by activity."""
    known = await registered_here(edition, registration)
    return _questions_page(request, edition, known, await to_ask(known.person_id, edition.id))


@post("/", name="site:desk-answer", permission=Permission.DESK)
async def note(
    request: PageRequest, edition: RequestedEdition, registration: FromPath[str]
) -> Response[str] | Redirect:
    """Notes what has an answer; what is wrong keeps everything on the page."""
    known = await registered_here(edition, registration)
    asked = await to_ask(known.person_id, edition.id)
    data = await request.form()
    typed = {name: [str(text).replace("\x00", "") for text in data.getall(name)] for name in data}
    said = {place.code: _read(place, typed) for place in asked}
    if any(each.errors for each in said.values()):
        return _questions_page(request, edition, known, asked, said=said)
    return await _noted(edition, known, said)


async def next_page(edition: Edition, known: Registration, slots: Collection[str]) -> str:
    """Where the desk goes after giving places in these slots: to what is to be asked, else to the ticket."""
    asked = await to_ask(known.person_id, edition.id)
    route = "site:desk-questions" if any(place.slot_code in slots for place in asked) else "site:desk-ticket"
    return url(route, edition_slug=edition.slug, registration=known.code)


async def _noted(edition: Edition, known: Registration, said: Mapping[str, Said]) -> Redirect:
    sentences = [_(NOTED) if any(each.answers or each.audience for each in said.values()) else _(NOTHING_NOTED)]
    for place, each in said.items():
        if each.answers or each.audience:
            try:
                await note_answers(place, each.answers, audience=each.audience)
            except NothingToNote as refusal:
                sentences.append(str(refusal))
    missing = sum(place.required for place in await to_ask(known.person_id, edition.id))
    if missing:
        sentences.append(missing_words(missing))
    back = url("site:desk-ticket", edition_slug=edition.slug, registration=known.code)
    return see_other(back, flash=" ".join(sentences), kind="warning" if len(sentences) > 1 else "success")


def missing_words(number: int) -> str:
    """How many questions that must have an answer have none."""
    return ngettext(
        "%(num)s question obligatoire est sans réponse.", "%(num)s questions obligatoires sont sans réponse.", number
    )


def _read(place: ToAsk, typed: Mapping[str, Sequence[str]]) -> Said:
    """Nothing must be answered now."""
    asked = {own.code: question for own, question in zip(questions_of(place), place.questions, strict=True)}
    parsed = parse([structs.replace(question, required=False) for question in questions_of(place)], typed)
    audience = next(iter(typed.get(audience_field(place), ())), "")
    errors = dict(parsed.errors)
    if audience and audience not in place.audiences:
        errors[audience_field(place)] = _(NOT_UNDERSTOOD)
    answers = {asked[code].code: answer for code, answer in parsed.answers.items()}
    return Said(typed=typed, errors=errors, answers=answers, audience=audience)


def questions_of(place: ToAsk) -> list[Question]:
    """Named after the place too: two activities may ask the same."""
    return [structs.replace(question, code=f"{place.code}-{question.code}") for question in place.questions]


def audience_field(place: ToAsk) -> str:
    """What the form calls it."""
    return f"audience-{place.code}"


def _questions_page(
    request: PageRequest,
    edition: Edition,
    known: Registration,
    asked: list[ToAsk],
    *,
    said: Mapping[str, Said] | None = None,
) -> Response[str]:
    parts = [
        {
            "place": place,
            "questions": questions_of(place),
            "audience": audience_field(place),
            "said": (said or {}).get(place.code),
        }
        for place in asked
    ]
    errors = {field: sentence for each in (said or {}).values() for field, sentence in each.errors.items()}
    labels = {question.field: question.words for place in asked for question in questions_of(place)}
    return page(
        request,
        "site/desk_questions.html",
        edition=edition,
        status_code=422 if errors else 200,
        registration=known,
        parts=parts,
        can_note=any(place.is_open for place in asked),
        required=sum(place.required for place in asked),
        errors=errors,
        labels=labels,
    )


router = Router(
    path="/{edition_slug:str}/accueil/billets/{registration:str}/questions",
    route_handlers=[ask, note],
    include_in_schema=False,
)
