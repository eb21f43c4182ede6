"""The organisers' side of the call: all applications, each one with its documents, and what is decided about it."""

from collections.abc import Mapping

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import i18n, wake
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict, Invalid
from digital_days.kernel.i18n import N_, _, ngettext
from digital_days.kernel.permissions import Permission
from digital_days.kernel.questions import said as answer_in_words
from digital_days.kernel.web.changed_meanwhile import differences
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import OneLine, Paragraphs, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from exhibitors.domain.application_events import history_of
from exhibitors.domain.application_list import applications_of, narrowed
from exhibitors.domain.applications import application_called
from exhibitors.domain.categories import categories_of
from exhibitors.domain.decisions import (
    DECISIONS,
    FROM,
    Decision,
    DecisionText,
    decide,
    decision_texts,
    note,
    write_decision_text,
)
from exhibitors.domain.documents import documents_of
from exhibitors.domain.exhibitors import STATES, exhibitor_called
from exhibitors.domain.fairs import fair_of

ROUTE = "exhibitors:applications"
NOTED = N_("La note est enregistrée.")
KEPT = N_("Les textes sont enregistrés.")
TEXT_LABELS = {
    "subject_fr": N_("Objet"),
    "body_fr": N_("Message"),
    "subject_en": N_("Objet, en anglais"),
    "body_en": N_("Message, en anglais"),
}


class Decided(Struct, kw_only=True):
    """``was`` is the state that was shown; ``seen`` once the message was read before it leaves."""

    decision: Decision
    subject_fr: OneLine
    body_fr: Paragraphs
    subject_en: OneLine = OneLine("")
    body_en: Paragraphs = Paragraphs("")
    reason: Paragraphs = Paragraphs("")
    was: str = ""
    seen: bool = False


class Noted(Struct):
    """The organisers' own words; ``seen`` is the version they replace."""

    note: Paragraphs = Paragraphs("")
    seen: str = ""


class Texts(Struct, kw_only=True):
    """One decision's, in place of those of ``version``."""

    decision: Decision
    subject_fr: OneLine
    body_fr: Paragraphs
    subject_en: OneLine = OneLine("")
    body_en: Paragraphs = Paragraphs("")
    version: str = ""


@get("/candidatures", name=ROUTE, permission=Permission.ORGANISE)
async def all_applications(
    request: PageRequest,
    edition: RequestedEdition,
    q: FromQuery[str] = "",
    etat: FromQuery[str] = "",
    categorie: FromQuery[str] = "",
) -> Response[str]:
    """Those that wait for an answer first."""
    applications = await applications_of(edition.id)
    counts = {state: sum(each.state == state for each in applications) for state in STATES}
    return page(
        request,
        "exhibitors/applications.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, ROUTE),
        applications=narrowed(applications, words=q[:200], state=etat, category=categorie),
        states=[(state, f"{_(words)} ({counts[state]})") for state, words in STATES.items()],
        categories=[(category.code, category.name) for category in await categories_of(edition.id)],
        asked={"q": q[:200], "etat": etat, "categorie": categorie},
        total=len(applications),
    )


@get("/candidatures/{exhibitor:str}", name="exhibitors:application-review", permission=Permission.ORGANISE)
async def review(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str]:
    """Everything about one."""
    return await _review_page(request, edition, exhibitor)


@post("/candidatures/{exhibitor:str}", name="exhibitors:decide", permission=Permission.ORGANISE)
async def answer(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str] | Redirect:
    """First the message as it would leave, then the decision with it; the second organiser is told."""
    form = await read_form(request, Decided)
    typed = {name: str(form[name]) for name in Decided.__struct_fields__}
    if form.value is None:
        return await _review_page(request, edition, exhibitor, typed=typed, errors=form.errors, status=422)
    said = form.value
    found = await exhibitor_called(edition.id, exhibitor)
    if said.decision == "declined" and not said.reason.strip():
        reason = {"reason": _("Dites pourquoi : la personne lira cette raison.")}
        return await _review_page(request, edition, exhibitor, typed=typed, errors=reason, status=422)
    if not said.seen:
        return await _review_page(request, edition, exhibitor, typed=typed, preview=True)
    text = DecisionText(
        subject_fr=said.subject_fr, body_fr=said.body_fr, subject_en=said.subject_en, body_en=said.body_en
    )
    try:
        told = await decide(
            found, said.decision, seen=said.was, by=signed_in(request).id, reason=said.reason, text=text
        )
    except (Conflict, Invalid) as refusal:
        return await _review_page(request, edition, exhibitor, typed=typed, errors={"": str(refusal)}, status=409)
    wake.soon()
    sentence = ngettext("C’est décidé : %(num)s message part.", "C’est décidé : %(num)s messages partent.", told)
    return see_other(
        url("exhibitors:application-review", edition_slug=edition.slug, exhibitor=found.code), flash=sentence
    )


@post("/candidatures/{exhibitor:str}/note", name="exhibitors:note", permission=Permission.ORGANISE)
async def write_note(
    request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]
) -> Response[str] | Redirect:
    """For the organisers alone; whoever has not seen what a colleague wrote sees it first."""
    found, form = await exhibitor_called(edition.id, exhibitor), await read_form(request, Noted)
    text = form.value.note if form.value else ""
    try:
        if form.value is None:
            return await _review_page(
                request, edition, exhibitor, note=str(form["note"]), errors=form.errors, status=422
            )
        await note(found, text, seen=form.value.seen)
    except ChangedMeanwhile:
        return await _review_page(request, edition, exhibitor, note=text, compares=True, status=409)
    return see_other(
        url("exhibitors:application-review", edition_slug=edition.slug, exhibitor=found.code), flash=_(NOTED)
    )


@get("/textes", name="exhibitors:decision-texts", permission=Permission.ORGANISE)
async def texts(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """What each decision begins with."""
    return await _texts_page(request, edition)


@post("/textes", name="exhibitors:write-decision-text", permission=Permission.ORGANISE)
async def write_text(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """One decision's."""
    form = await read_form(request, Texts)
    typed = {name: str(form[name]) for name in Texts.__struct_fields__}
    if form.value is None:
        return await _texts_page(request, edition, typed=typed, errors=form.errors, status=422)
    words = {name: getattr(form.value, name) for name in DecisionText.__struct_fields__}
    try:
        await write_decision_text(edition.id, form.value.decision, DecisionText(**words))
    except ChangedMeanwhile:
        stored = (await decision_texts(edition.id))[form.value.decision]
        changes = differences(form, {name: getattr(stored, name) for name in TEXT_LABELS}, TEXT_LABELS)
        typed["version"] = stored.version
        return await _texts_page(request, edition, typed=typed, changes=changes, status=409)
    return see_other(url("exhibitors:decision-texts", edition_slug=edition.slug), flash=_(KEPT))


def _reason_in_both(reason: str) -> dict[str, str]:
    """As the message will say it."""
    said: dict[str, str] = {}
    for locale in i18n.LOCALES:
        with i18n.use(locale):
            said[locale] = _("Raison : %(reason)s", reason=reason)
    return said


async def _review_page(
    request: PageRequest,
    edition: Edition,
    code: str,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    preview: bool = False,
    note: str | None = None,
    compares: bool = False,
    status: int = 200,
) -> Response[str]:
    application, fair = await application_called(edition.id, code), await fair_of(edition.id)
    exhibitor = application.exhibitor
    return page(
        request,
        "exhibitors/application_review.html",
        edition=edition,
        status_code=status,
        organiser_menu=organiser_menu(edition, ROUTE),
        application=application,
        exhibitor=exhibitor,
        said=[(question.words, answer_in_words(question, application.answers)) for question in fair.questions],
        documents=await documents_of(exhibitor.id),
        decisions=[(each, _(words)) for each, words in DECISIONS.items() if exhibitor.state in FROM[each]],
        texts=await decision_texts(edition.id),
        typed=typed,
        errors=errors or {},
        preview=preview,
        reason_said=_reason_in_both(typed["reason"]) if typed else {},
        note=application.internal_note if note is None else note,
        changes=[(_("Note interne"), application.internal_note)] if compares else None,
        history=await history_of(exhibitor.id),
    )


async def _texts_page(
    request: PageRequest,
    edition: Edition,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    changes: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "exhibitors/decision_texts.html",
        edition=edition,
        status_code=status,
        organiser_menu=organiser_menu(edition, ROUTE),
        texts=await decision_texts(edition.id),
        decisions=[(each, _(words)) for each, words in DECISIONS.items()],
        typed=typed or {},
        errors=errors or {},
        changes=changes,
    )


router = Router(
    path="/{edition_slug:str}/organisation/salon",
    route_handlers=[all_applications, review, answer, write_note, texts, write_text],
    include_in_schema=False,
)
