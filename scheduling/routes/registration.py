"""Taking a place from an activity's page. A stranger learns nothing here that only the person may know."""

import secrets
from collections.abc import Sequence

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct, structs

from digital_days.kernel import agenda, consents, wake
from digital_days.kernel.agreements import to_ask
from digital_days.kernel.consents import Consent
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.mistyped_addresses import probably_meant
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.client_address import client_network
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import EmailAddress, Form, OneLine, YourName, read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.sessions import Viewer
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from scheduling.domain.activities import open_beside
from scheduling.domain.activity_rules import Asking, rule_book
from scheduling.domain.exchanges import take_instead_of, take_instead_of_mistyped
from scheduling.domain.held_places import places_in_the_way
from scheduling.domain.needs import add_own, follow_correction, say_with_place
from scheduling.domain.places import Answer, Applicant, Wish, take_place
from scheduling.domain.programme_reading import programme_of
from scheduling.domain.refused_places import at_the_most
from scheduling.domain.slots import SlotSummary, slot_called
from scheduling.domain.waiting import leave_mistyped, people_waiting
from scheduling.routes.limits import limit_person, limit_strangers
from scheduling.routes.needs_fields import OtherNeed, look_at_needs, said_in
from scheduling.routes.place_asking import NOTHING_SAID, SaidAsking, said_asking
from scheduling.routes.registration_sent import SentForm, sent_page

CONSENT_NEEDED = N_("Nous avons besoin de votre accord pour vous inscrire.")
SIGNED_OUT = N_("Votre session est fermée : écrivez votre nom et votre adresse, ou reconnectez-vous.")
TAKEN = N_("Votre place est réservée. Votre billet vient de partir par courriel.")
SWAPPED = N_("C’est changé : votre nouvelle place est réservée, et l’autre est annulée.")
IN_LINE = N_("Vous êtes sur la liste d’attente. Nous venons de vous écrire.")
HELD = N_("Vous avez déjà une place à cette activité. Nous vous renvoyons votre billet.")


class StrangersRequest(Struct):
    """What somebody who has proved nothing fills in."""

    name: YourName
    email: EmailAddress
    consent: list[str]
    first: str = ""  # the code of the form whose address is being corrected
    correct: bool = False  # wants the form once more, as it was sent
    signed_in: bool = False  # was filled in by somebody whose session has ended since
    wait: bool = False  # where all is full, to stand in line
    needs: list[str] = []
    other_need: OtherNeed = OneLine("")


class ViewersRequest(Struct):
    """A signed-in person only gives consents, and none once they are on record."""

    consent: list[str]
    wait: bool = False
    instead_of: list[str] = []  # codes of their places at the same hour, to be given back for this one
    needs: list[str] = []
    other_need: OtherNeed = OneLine("")


@get("/{edition_slug:str}/plages/{slot:str}/places", name="scheduling:form-address", permission=Permission.PUBLIC)
async def form_address(edition: RequestedEdition, slot: FromPath[str]) -> Redirect:
    """The address of an answer to the form, opened by itself or in the other language: it leads to the form."""
    return see_other(_form_on_page(edition, await slot_called(edition.id, slot)))


@get("/{edition_slug:str}/plages/{slot:str}/attente", name="scheduling:wait", permission=Permission.PUBLIC)
async def wait(request: PageRequest, edition: RequestedEdition, slot: FromPath[str]) -> Response[str]:
    """The same form, for the line of a full slot."""
    asked = await to_ask(request.user.id, edition.id) if request.user else consents.REGISTRATION
    form: Form[StrangersRequest] = Form(typed={"wait": "yes"}, errors={}, value=None)
    wanted = await slot_called(edition.id, slot)
    asking = (await rule_book(edition.id)).asking(wanted.source_id)
    return _form_page(request, edition, wanted, form, asking, NOTHING_SAID, asked=asked, status=200)


@post(
    "/{edition_slug:str}/plages/{slot:str}/places",
    name="scheduling:take-place",
    permission=Permission.PLACE_TAKE,
)
async def take(request: PageRequest, edition: RequestedEdition, slot: FromPath[str]) -> Response[str] | Redirect:
    """One form, one command, one answer."""
    wanted = await slot_called(edition.id, slot)
    if request.user:
        return await _for_viewer(request, request.user, edition, wanted)
    return await _for_stranger(request, edition, wanted)


async def _for_stranger(request: PageRequest, edition: Edition, wanted: SlotSummary) -> Response[str] | Redirect:
    form = await read_form(request, StrangersRequest)
    asking = (await rule_book(edition.id)).asking(wanted.source_id)
    said = await said_asking(request, asking)
    if form["correct"]:
        blank = structs.replace(said, errors={})
        return _form_page(
            request, edition, wanted, Form(typed=form.typed, errors={}, value=None), asking, blank, status=200
        )
    if form["signed_in"]:
        lost: Form[StrangersRequest] = Form(typed={}, errors={"": _(SIGNED_OUT)}, value=None)
        return _form_page(request, edition, wanted, lost, asking, structs.replace(said, errors={}))
    _ask_for_answers(form, said)
    _ask_for_consent(form)
    look_at_needs(form)
    if form.value is None:
        return _form_page(request, edition, wanted, form, asking, said)
    limit_strangers(address=client_network(request), email=form.value.email)
    sent = SentForm(
        slot=wanted.code,
        name=form.value.name,
        email=form.value.email,
        consent=form.value.consent,
        code=secrets.token_urlsafe(16),
        wait=form.value.wait,
        more=said.carried,
    )
    answer = await _taken(edition, sent, form.value.first, structs.replace(said.wish, wait=sent.wait))
    await say_with_place(answer.code, said_in(form), organiser=edition.organiser_name)
    wake.soon()
    if answer.slot_full and answer.outcome != "confirmed" and not sent.wait:
        return await _full_page(request, edition, wanted, said, form=form)
    return await sent_page(edition, sent)


async def _taken(edition: Edition, sent: SentForm, first: str, wish: Wish) -> Answer:
    """Where an address is corrected, the place goes with it; whether it could is not told."""
    applicant = Applicant(name=sent.name, email=sent.email)
    agreed = consents.given(set(sent.consent), organiser=edition.organiser_name)
    key = f"form:{sent.code}"
    moved = first and await take_instead_of_mistyped(
        f"form:{first}", sent.slot, applicant, consents=agreed, idempotency_key=key, wish=wish
    )
    if moved:
        await follow_correction(f"form:{first}", moved.code, organiser=edition.organiser_name)
        return moved
    if first:
        await leave_mistyped(f"form:{first}", applicant)
    return await take_place(sent.slot, applicant, consents=agreed, idempotency_key=key, wish=wish)


async def _for_viewer(
    request: PageRequest, viewer: Viewer, edition: Edition, wanted: SlotSummary
) -> Response[str] | Redirect:
    form = await read_form(request, ViewersRequest)
    asking = (await rule_book(edition.id)).asking(wanted.source_id)
    said = await said_asking(request, asking)
    asked = await to_ask(viewer.id, edition.id)
    _ask_for_answers(form, said)
    if asked:
        _ask_for_consent(form)
    look_at_needs(form)
    if form.value is None:
        return _form_page(request, edition, wanted, form, asking, said, asked=asked)
    limit_person(viewer.id)
    answer, swapped = await _taken_by(viewer, edition, wanted, form.value, said.wish)
    await add_own(viewer.id, edition.id, said_in(form), organiser=edition.organiser_name)
    wake.soon()
    if answer.outcome == "full":
        return await _full_page(request, edition, wanted, said, form=form, kept=bool(form.value.instead_of))
    if answer.outcome == "waiting":
        return see_other(url("scheduling:my-waiting", edition_slug=edition.slug, entry=answer.code), flash=_(IN_LINE))
    if answer.outcome == "limit":
        raise await at_the_most(edition.id)
    if answer.outcome == "overlap":
        return await _overlap_page(request, viewer, edition, wanted, form.value, said)
    return see_other(
        url("site:my-agenda", edition_slug=edition.slug),
        flash=_(SWAPPED if swapped else TAKEN if answer.outcome == "confirmed" else HELD),
    )


async def _taken_by(
    viewer: Viewer, edition: Edition, wanted: SlotSummary, form: ViewersRequest, wish: Wish
) -> tuple[Answer, bool]:
    """The answer, and whether places were given back for it; when it is not to be had, they stay."""
    agreed = consents.given(set(form.consent), organiser=edition.organiser_name)
    swapped = await take_instead_of(form.instead_of, wanted.code, viewer.id, consents=agreed, wish=wish)
    if swapped:
        return swapped, True
    wish = structs.replace(wish, wait=form.wait)
    return await take_place(wanted.code, Applicant(person_id=viewer.id), consents=agreed, wish=wish), False


async def _overlap_page(
    request: PageRequest,
    viewer: Viewer,
    edition: Edition,
    wanted: SlotSummary,
    form: ViewersRequest,
    said: SaidAsking,
) -> Response[str]:
    others = await agenda.busy(viewer.id, wanted.starts_at, wanted.ends_at)
    places = await places_in_the_way(viewer.id, wanted.starts_at, wanted.ends_at)
    all_can_go = len(places) == len(others) and not any(place.has_started for place in places)
    return page(
        request,
        "scheduling/overlap.html",
        edition=edition,
        status_code=409,
        slot=wanted,
        others=others,
        instead_of=[place.code for place in places] if all_can_go else [],
        consent=form.consent,
        more=said.carried,
    )


def _form_on_page(edition: Edition, slot: SlotSummary) -> str:
    activity = url("scheduling:activity", edition_slug=edition.slug, activity_code=slot.activity_code, plage=slot.code)
    return f"{activity}#reserver"


def _sign_in_first(edition: Edition, slot: SlotSummary) -> str:
    return url("site:sign-in", next=_form_on_page(edition, slot))


def _ask_for_consent(form: Form[StrangersRequest] | Form[ViewersRequest]) -> None:
    if consents.missing(set(form["consent"])):
        form.refuse("consent", _(CONSENT_NEEDED))


def _ask_for_answers(form: Form[StrangersRequest] | Form[ViewersRequest], said: SaidAsking) -> None:
    for field, sentence in said.errors.items():
        form.refuse(field, sentence)


def _form_page(
    request: PageRequest,
    edition: Edition,
    wanted: SlotSummary,
    form: Form[StrangersRequest] | Form[ViewersRequest],
    asking: Asking,
    said: SaidAsking,
    *,
    asked: Sequence[Consent] = consents.REGISTRATION,
    status: int = 422,
) -> Response[str]:
    return page(
        request,
        "scheduling/place_form.html",
        edition=edition,
        status_code=status,
        slot=wanted,
        form=form,
        meant=probably_meant(str(form["email"])),
        sign_in_url="" if request.user or "" not in form.errors else _sign_in_first(edition, wanted),
        consents=asked,
        asking=asking,
        said=said,
    )


async def _full_page(
    request: PageRequest,
    edition: Edition,
    wanted: SlotSummary,
    said: SaidAsking,
    *,
    form: Form[StrangersRequest] | Form[ViewersRequest],
    kept: bool = False,
) -> Response[str]:
    others = open_beside(await programme_of(edition.id), wanted.activity_code, wanted.code)
    asking = (await rule_book(edition.id)).asking(wanted.source_id)
    left = (await slot_called(edition.id, wanted.code)).left  # all of it kept for an audience
    return page(
        request,
        "scheduling/full.html",
        edition=edition,
        status_code=409,
        slot=wanted,
        others=others,
        kept=kept,
        typed=form.typed,
        waiting=await people_waiting(wanted.code),
        more=said.carried,
        reserved=asking if asking.audiences and left else None,
    )


router = Router(
    path="/", route_handlers=[take, form_address, wait], after_request=keep_private, include_in_schema=False
)
