"""One meeting, on the phone of one of the two: where, whom, and afterwards what it was good for."""

from typing import Annotated, Literal

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta, Struct

from digital_days.kernel import wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.projects import PROJECTS
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import TOO_LONG, Form, Paragraphs, read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from matchmaking.domain.met import Met, meeting_met, meetings_met
from matchmaking.domain.outcome_words import NEXT_STEPS, USEFUL, share_words
from matchmaking.domain.outcomes import LONGEST_NOTE, NoSuchProject, Said, say_not_held, say_outcome

ROUTE = "matchmaking:meeting"
SAVED = N_("Merci! C’est noté.")
NOT_HELD = N_("C’est noté : cette rencontre n’a pas eu lieu.")
WITH_PROJECT = N_("Vous avez choisi un projet : choisissez aussi « Un projet pourrait aider », ou aucun projet.")
LABELS = {
    "useful": N_("Cette rencontre vous a été utile?"),
    "next_step": N_("Et ensuite?"),
    "project": N_("Quel projet?"),
    "shares": N_("Coordonnées"),
    "note": N_("Note pour vous"),
}


class OutcomeForm(Struct, kw_only=True):
    """Three taps are enough."""

    useful: Annotated[int, Meta(ge=1, le=3)]
    next_step: Literal["nothing", "contact", "appointment", "referral"]
    project: Literal["", "commerce", "transformation", "fablab", "hub", "change-lab"] = ""
    shares: bool = False
    note: Paragraphs = Paragraphs("")


@get("/", name=ROUTE, permission=Permission.SIGNED_IN)
async def show(request: PageRequest, edition: RequestedEdition, meeting: FromPath[str]) -> Response[str]:
    """For the two alone; the form once it has begun."""
    return await _meeting_page(request, edition, await _met(request, edition, meeting))


@post("/", name="matchmaking:say-outcome", permission=Permission.SIGNED_IN)
async def say(request: PageRequest, edition: RequestedEdition, meeting: FromPath[str]) -> Response[str] | Redirect:
    """The last word counts; then the next meeting that has none."""
    met = await _met(request, edition, meeting)
    form = await read_form(request, OutcomeForm)
    if form.value and len(form.value.note) > LONGEST_NOTE:
        form.refuse("note", _(TOO_LONG, most=LONGEST_NOTE))
    if form.value and form.value.next_step == "referral" and not form.value.project:
        form.refuse("project", _(NoSuchProject.message))
    if form.value and form.value.next_step != "referral" and form.value.project:
        form.refuse("next_step", _(WITH_PROJECT))
    if form.value is None:
        return await _meeting_page(request, edition, met, form=form)
    said = Said(
        useful=form.value.useful,
        next_step="" if form.value.next_step == "nothing" else form.value.next_step,
        project=form.value.project,
        shares=form.value.shares,
        note=form.value.note,
    )
    await say_outcome(signed_in(request).id, edition.id, met.code, said)
    wake.soon()
    return await _onwards(request, edition, met, _(SAVED))


@post("/pas-eu-lieu", name="matchmaking:say-not-held", permission=Permission.SIGNED_IN)
async def not_held(request: PageRequest, edition: RequestedEdition, meeting: FromPath[str]) -> Redirect:
    """Somebody did not come, or it fell through."""
    met = await _met(request, edition, meeting)
    await say_not_held(signed_in(request).id, edition.id, met.code)
    return await _onwards(request, edition, met, _(NOT_HELD))


async def _met(request: PageRequest, edition: Edition, code: str) -> Met:
    return await meeting_met(signed_in(request).id, edition.id, code)


async def _onwards(request: PageRequest, edition: Edition, met: Met, flash: str) -> Redirect:
    """To the next meeting that is over and has no answer; back to this one where there is none."""
    waiting = [each for each in await _unanswered(request, edition) if each.code != met.code]
    code = waiting[0].code if waiting else met.code
    return see_other(url(ROUTE, edition_slug=edition.slug, meeting=code), flash=flash)


async def _unanswered(request: PageRequest, edition: Edition) -> list[Met]:
    meetings = await meetings_met(signed_in(request).id, edition.id)
    return [each for each in meetings if each.has_begun and not each.is_answered and each.state != "missed"]


async def _meeting_page(
    request: PageRequest, edition: Edition, met: Met, *, form: Form[OutcomeForm] | None = None
) -> Response[str]:
    stored = {
        "useful": str(met.useful or ""),
        "next_step": (met.next_step or "nothing") if met.is_answered else "",
        "project": met.project,
        "shares": "yes" if met.shares else "",
        "note": met.note,
    }
    return page(
        request,
        "matchmaking/meeting.html",
        edition=edition,
        status_code=200 if form is None else 422,
        met=met,
        left=len(await _unanswered(request, edition)),
        typed=form.typed if form else stored,
        errors=form.errors if form else {},
        labels={name: _(words) for name, words in LABELS.items()},
        useful=[(str(value), _(words)) for value, words in USEFUL.items()],
        next_steps=[(value or "nothing", _(words)) for value, words in NEXT_STEPS.items()],
        projects=[(value, _(words)) for value, words in PROJECTS.items()],
        share_text=share_words(met.name, met.organisation).text,
        longest_note=LONGEST_NOTE,
    )


router = Router(
    path="/{edition_slug:str}/mes-rencontres/{meeting:str}",
    route_handlers=[show, say, not_held],
    include_in_schema=False,
)
