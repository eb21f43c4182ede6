"""What the people of a slot have answered, for its organisers alone: a page, and files for a spreadsheet."""

from litestar import Response, Router, get
from litestar.params import FromPath

from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.questions import Question, said
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.list_file import Kind, list_file
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from scheduling.domain.activity_rules import RuleBook, rule_book
from scheduling.domain.drafts import draft_of
from scheduling.domain.place_answers import SlotAnswer, answers_in
from scheduling.domain.planned_activity import code_in_draft
from scheduling.domain.slots import slot_called


@get("/", name="scheduling:slot-answers", permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition, slot: FromPath[str]) -> Response[str]:
    """Person by person."""
    wanted = await slot_called(edition.id, slot)
    book = await rule_book(edition.id)
    questions = book.asking(wanted.source_id).rules.questions
    people = await answers_in(edition.id, wanted.code)
    planned = await code_in_draft(await draft_of(edition.id), wanted.source_id)
    return page(
        request,
        "scheduling/slot_answers.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, "scheduling:planned-activities"),
        slot=wanted,
        head=_head(questions),
        rows=[_line(person, questions, book) for person in people],
        rules_url=url("scheduling:activity-rules", edition_slug=edition.slug, activity_code=planned) if planned else "",
        files=[
            (kind.upper(), url("scheduling:slot-answers-file", edition_slug=edition.slug, slot=wanted.code, kind=kind))
            for kind in ("xlsx", "csv")
        ],
    )


@get("/{kind:str}", name="scheduling:slot-answers-file", permission=Permission.ORGANISE)
async def file(edition: RequestedEdition, slot: FromPath[str], kind: FromPath[Kind]) -> Response[bytes]:
    """The same rows."""
    wanted = await slot_called(edition.id, slot)
    book = await rule_book(edition.id)
    questions = book.asking(wanted.source_id).rules.questions
    rows = [_head(questions), *(_line(each, questions, book) for each in await answers_in(edition.id, wanted.code))]
    return await list_file(rows, kind, f"{_('reponses')}-{edition.slug}-{wanted.code}")


def _head(questions: tuple[Question, ...]) -> list[str]:
    return [_("Nom"), _("Courriel"), _("Public"), *(question.words for question in questions)]


def _line(person: SlotAnswer, questions: tuple[Question, ...], book: RuleBook) -> list[str]:
    audience = str(book.audiences.get(person.audience, person.audience))
    return [person.name, person.email, audience, *(said(question, person.answers) for question in questions)]


router = Router(
    path="/{edition_slug:str}/organisation/reponses/{slot:str}",
    route_handlers=[show, file],
    after_request=keep_private,
    include_in_schema=False,
)
