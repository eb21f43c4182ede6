"""The programme as JSON, in both languages."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from litestar import get
from litestar.openapi import ResponseSpec
from litestar.params import QueryParameter
from litestar.response.base import ASGIResponse
from msgspec import Meta, Struct

from digital_days.kernel.editions import Edition, NoSuchEdition, edition_called, nearest_edition
from digital_days.kernel.permissions import Permission
from digital_days.kernel.questions import Question
from digital_days.kernel.web.page_cache import JSON, kept
from digital_days.kernel.web.pages import PageRequest
from digital_days.kernel.web.problem_details import problems
from scheduling.domain.activity_rules import RuleBook, Rules, rule_book
from scheduling.domain.programme import Activity, Programme, Slot
from scheduling.domain.programme_reading import programme_of
from scheduling.domain.words import Words


class BothLanguages(Struct, kw_only=True):
    """`en` is empty where nobody has written it; French is the source."""

    fr: str
    en: str


class EditionAnswer(Struct, kw_only=True):
    """One holding of the event."""

    slug: str
    name: BothLanguages
    starts_on: date
    ends_on: date


class LabelAnswer(Struct, kw_only=True):
    """A kind, a theme or an audience."""

    slug: str
    name: BothLanguages


class SpeakerAnswer(Struct, kw_only=True):
    code: str
    name: str
    organisation: str
    ambassador: Annotated[bool, Meta(description="A local “ambassadeur du numérique”.")]


class LinkAnswer(Struct, kw_only=True):
    title: str
    url: str


class SlotAnswer(Struct, kw_only=True):
    """One time and room in which an activity is offered."""

    code: Annotated[str, Meta(description="What `POST /api/v1/registrations` takes as `slot`.")]
    starts_at: datetime
    ends_at: datetime
    room: str | None
    venue: str
    seats: Annotated[int | None, Meta(description="None: free entry, nobody registers.")]
    places_left: Annotated[int | None, Meta(description="None: free entry.")]
    state: Literal["scheduled", "cancelled"]
    registration_opens_at: Annotated[datetime | None, Meta(description="None: open already.")]
    registration_closes_at: Annotated[datetime | None, Meta(description="None: when it begins.")]


class OptionAnswer(Struct, kw_only=True):
    code: str
    name: BothLanguages


class QuestionAnswer(Struct, kw_only=True):
    """What the organisers ask of whoever takes a place."""

    code: Annotated[str, Meta(description="The key in `answers` of `POST /api/v1/registrations`.")]
    kind: Literal["text", "long", "yes_no", "one", "several", "number"]
    name: BothLanguages
    required: bool
    options: list[OptionAnswer]
    least: int
    most: int


class ReservedAnswer(Struct, kw_only=True):
    """Seats of each slot that only this audience gets."""

    seats: int
    audience: Annotated[str, Meta(description="Its slug: `audience` of `POST /api/v1/registrations`.")]
    until: Annotated[datetime | None, Meta(description="None: for good.")]


class ActivityAnswer(Struct, kw_only=True):
    code: str
    title: BothLanguages
    subtitle: str
    summary: BothLanguages
    description: Annotated[BothLanguages, Meta(description="Plain text, paragraphs apart by blank lines.")]
    kind: LabelAnswer | None
    theme: LabelAnswer | None
    audience: LabelAnswer | None
    language: Annotated[str, Meta(description="Spoken language: a code, or `bi` for French and English.")]
    speakers: list[SpeakerAnswer]
    links: list[LinkAnswer]
    prerequisites: Annotated[BothLanguages, Meta(description="To be confirmed by whoever takes a place.")]
    questions: list[QuestionAnswer]
    reserved: ReservedAnswer | None
    slots: list[SlotAnswer]


class ProgrammeAnswer(Struct, kw_only=True):
    """Activities in order of their first slot."""

    edition: EditionAnswer
    activities: list[ActivityAnswer]


@get(
    "/api/v1/programme",
    name="scheduling:api-programme",
    permission=Permission.PUBLIC,
    include_in_schema=True,
    tags=["programme"],
    responses={
        200: ResponseSpec(
            ProgrammeAnswer,
            description="The programme, at most a second old; see its ETag",
            generate_examples=False,
        ),
        304: ResponseSpec(None, description="Nothing has changed since the ETag in If-None-Match"),
        **problems({404: "No such edition", 422: "What cannot be an edition's address"}),
    },
)
async def programme(
    request: PageRequest,
    edition_slug: Annotated[
        str | None,
        QueryParameter(
            name="edition",
            max_length=40,
            description="Its address; else the edition that is on, comes next or was last.",
        ),
    ] = None,
) -> ASGIResponse:
    """Activities and slots with places left, in both languages."""
    edition = await edition_called(edition_slug) if edition_slug else await nearest_edition()
    if not edition.announced:  # programs have no session here
        raise NoSuchEdition
    shown, book = await programme_of(edition.id), await rule_book(edition.id)
    return kept(
        request,
        version=(shown.version, book.version, edition),
        query=edition.slug,
        make=lambda: msgspec.json.encode(_answer(edition, shown, book)),
        media_type=JSON,
    )


def _answer(edition: Edition, programme: Programme, book: RuleBook) -> ProgrammeAnswer:
    return ProgrammeAnswer(
        edition=EditionAnswer(
            slug=edition.slug,
            name=BothLanguages(fr=edition.name_fr, en=edition.name_en),
            starts_on=edition.starts_on,
            ends_on=edition.ends_on,
        ),
        activities=[
            _activity(activity, programme.slots_of.get(activity.code, ()), book.asking(activity.source_id).rules)
            for activity in programme.activities.values()
        ],
    )


def _activity(activity: Activity, slots: tuple[Slot, ...], rules: Rules) -> ActivityAnswer:
    return ActivityAnswer(
        code=activity.code,
        title=_both(activity.title),
        subtitle=activity.subtitle,
        summary=_both(activity.summary),
        description=_both(activity.description),
        kind=_label(activity, "kind"),
        theme=_label(activity, "theme"),
        audience=_label(activity, "audience"),
        language=activity.language,
        speakers=[
            SpeakerAnswer(
                code=speaker.code,
                name=speaker.name,
                organisation=speaker.organisation,
                ambassador=speaker.ambassador,
            )
            for speaker in activity.speakers
        ],
        links=[LinkAnswer(title=title, url=address) for title, address in activity.links],
        prerequisites=BothLanguages(fr=rules.prerequisites_fr, en=rules.prerequisites_en),
        questions=[_question(question) for question in rules.questions],
        reserved=ReservedAnswer(seats=rules.reserved_seats, audience=rules.reserved_for, until=rules.reserved_until)
        if rules.reserves
        else None,
        slots=[_slot(slot) for slot in slots],
    )


def _question(question: Question) -> QuestionAnswer:
    return QuestionAnswer(
        code=question.code,
        kind=question.kind,
        name=BothLanguages(fr=question.fr, en=question.en),
        required=question.required,
        options=[OptionAnswer(code=each.code, name=BothLanguages(fr=each.fr, en=each.en)) for each in question.options],
        least=question.least,
        most=question.most,
    )


def _slot(slot: Slot) -> SlotAnswer:
    return SlotAnswer(
        code=slot.code,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        room=slot.room.name.fr if slot.room else None,
        venue=slot.room.venue.fr if slot.room else "",
        seats=slot.seats,
        places_left=slot.left,
        state="cancelled" if slot.cancelled else "scheduled",
        registration_opens_at=slot.opens_at,
        registration_closes_at=slot.closes_at,
    )


def _label(activity: Activity, facet: str) -> LabelAnswer | None:
    label = activity.labels.get(facet)
    return LabelAnswer(slug=label.slug, name=_both(label.name)) if label else None


def _both(words: Words) -> BothLanguages:
    return BothLanguages(fr=words.fr, en=words.en)
