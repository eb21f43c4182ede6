"""Taking all places of a day in one go. A stranger learns nothing here that only the person may know."""

from collections.abc import Mapping, Sequence

from litestar import Response, post
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import agenda, consents, wake
from digital_days.kernel.agenda import AgendaItem
from digital_days.kernel.consents import Consent
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _, ngettext
from digital_days.kernel.mistyped_addresses import probably_meant
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.client_address import client_network
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import EmailAddress, Form, OneLine, YourName, read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.sessions import Viewer
from digital_days.kernel.web.urls import url
from scheduling.domain.my_day import Part
from scheduling.domain.needs import add_own, say_with_place
from scheduling.domain.places import Answer, Applicant, take_places
from scheduling.domain.refused_places import at_the_most
from scheduling.routes.keepsakes import ASKED
from scheduling.routes.limits import limit_person, limit_strangers
from scheduling.routes.my_day_page import Day, chosen_now, consents_for, day_of, day_page
from scheduling.routes.my_day_sent import SentDay, sent_page
from scheduling.routes.needs_fields import OtherNeed, look_at_needs, said_in
from scheduling.routes.registration import CONSENT_NEEDED, SIGNED_OUT

NOTHING_CHOSEN = N_("Cochez au moins une activité où il faut réserver.")
ASKED_THERE = N_(
    "Ce que vous avez coché a des questions à répondre : réservez chaque activité sur sa propre page, par son lien."
)
OVERLAPPING = N_("Des activités que vous avez cochées se chevauchent : gardez-en une seule à chaque moment.")
DOUBTFUL = N_("Vouliez-vous dire %(meant)s? Corrigez l’adresse ou, si elle est bonne, réservez de nouveau.")

Answers = Mapping[str, Answer | None]


class StrangersDay(Struct):
    """What somebody who has proved nothing fills in. ``sure`` is an address that we have asked about already."""

    slot: list[str]
    listed: list[str]
    name: YourName
    email: EmailAddress
    consent: list[str]
    sure: str = ""
    signed_in: bool = False  # was filled in by somebody whose session has ended since
    needs: list[str] = []
    other_need: OtherNeed = OneLine("")


class ViewersDay(Struct):
    """A signed-in person only gives consents, and none once they are on record."""

    slot: list[str]
    listed: list[str]
    consent: list[str]
    needs: list[str] = []
    other_need: OtherNeed = OneLine("")


@post("/{edition_slug:str}/ma-journee", name="scheduling:take-day", permission=Permission.PLACE_TAKE)
async def take(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """One form, one transaction, one mail: each place that can be had is taken, of the others it is said why not."""
    if request.user:
        return await _for_viewer(request, request.user, edition)
    return await _for_stranger(request, edition)


async def _for_stranger(request: PageRequest, edition: Edition) -> Response[str] | Redirect:
    form = await read_form(request, StrangersDay)
    day = await _day_in(request, edition, form)
    if form["signed_in"]:
        form.errors = {"": _(SIGNED_OUT)}
        form.value = None
    else:
        _look_at(form, day, consents.REGISTRATION)
        meant = probably_meant(str(form["email"]))
        if meant and form["sure"] != form["email"] and "email" not in form.errors:
            form.refuse("email", _(DOUBTFUL, meant=meant))
    if form.value is None:
        return await day_page(request, edition, day, form=form, status=422)
    limit_strangers(address=client_network(request), email=form.value.email)
    applicant = Applicant(name=form.value.name, email=form.value.email)
    answers = await take_places(day.wanted, applicant, consents=_agreed(form.value.consent, edition))
    held = next((each.code for each in answers.values() if each and each.outcome in ("confirmed", "already")), "")
    await say_with_place(held, said_in(form), organiser=edition.organiser_name)
    wake.soon()
    sent = SentDay.of(answers)
    response = sent_page(edition, sent, form.value.email)
    response.set_cookie(await chosen_now(request, edition, _without(day, sent.asked)))
    response.set_cookie(ASKED.keeping([*ASKED.kept_in(request.cookies), *sent.asked]))
    return response


async def _for_viewer(request: PageRequest, viewer: Viewer, edition: Edition) -> Response[str] | Redirect:
    form = await read_form(request, ViewersDay)
    day = await _day_in(request, edition, form)
    _look_at(form, day, await consents_for(request, edition))
    if form.value is None:
        return await day_page(request, edition, day, form=form, status=422)
    limit_person(viewer.id)
    agreed = _agreed(form.value.consent, edition)
    answers = await take_places(day.wanted, Applicant(person_id=viewer.id), consents=agreed)
    await add_own(viewer.id, edition.id, said_in(form), organiser=edition.organiser_name)
    wake.soon()
    had = [code for code, answer in answers.items() if answer and answer.outcome in ("confirmed", "already")]
    if len(had) == len(answers):
        response: Response[str] | Redirect = _all_taken(edition, len(had))
    else:
        response = await _taken_page(request, viewer, edition, day, answers)
    response.set_cookie(await chosen_now(request, edition, _without(day, had)))
    return response


async def _day_in(request: PageRequest, edition: Edition, form: Form[StrangersDay] | Form[ViewersDay]) -> Day:
    return await day_of(request, edition, chosen=form.typed["slot"], listed=form.typed["listed"])


def _look_at(form: Form[StrangersDay] | Form[ViewersDay], day: Day, asked: Sequence[Consent]) -> None:
    if not day.wanted:
        chosen = any(part.standing == "chosen" and part.must_be_asked for part in day.parts)
        form.refuse("day", _(ASKED_THERE if chosen else NOTHING_CHOSEN))
    if any(overlap.must_be_solved for overlap in day.overlaps):
        form.refuse("day", _(OVERLAPPING))
    if asked and consents.missing(set(form["consent"])):
        form.refuse("consent", _(CONSENT_NEEDED))
    look_at_needs(form)


def _agreed(purposes: list[str], edition: Edition) -> list[dict[str, object]]:
    return consents.given(set(purposes), organiser=edition.organiser_name)


def _without(day: Day, settled: Sequence[str]) -> list[str]:
    """What is still only chosen."""
    return [part.slot.code for part in day.parts if part.standing == "chosen" and part.slot.code not in settled]


def _all_taken(edition: Edition, count: int) -> Redirect:
    said = ngettext(
        "%(num)s place est réservée. Un seul courriel vous apporte votre billet et tout votre agenda.",
        "%(num)s places sont réservées. Un seul courriel vous apporte votre billet et tout votre agenda.",
        count,
    )
    return see_other(url("site:my-agenda", edition_slug=edition.slug), flash=said)


async def _taken_page(
    request: PageRequest, viewer: Viewer, edition: Edition, day: Day, answers: Answers
) -> Response[str]:
    asked = [(part, answers[part.slot.code]) for part in day.parts if part.slot.code in answers]
    told = [(part, answer, await _in_the_way(viewer, part, answer)) for part, answer in asked]
    at_most = any(answer and answer.outcome == "limit" for _part, answer in asked)
    limit = str(await at_the_most(edition.id)) if at_most else ""
    return page(request, "scheduling/my_day_taken.html", edition=edition, status_code=409, told=told, limit=limit)


async def _in_the_way(viewer: Viewer, part: Part, answer: Answer | None) -> list[AgendaItem]:
    if answer is None or answer.outcome != "overlap":
        return []
    return await agenda.busy(viewer.id, part.slot.starts_at, part.slot.ends_at)
