"""An exhibitor's own application: what was said and answered, to correct and to withdraw."""

from collections.abc import Mapping, Sequence

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.questions import said as answer_in_words
from digital_days.kernel.web.changed_meanwhile import differences
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from exhibitors.domain.applications import (
    CallClosed,
    Decided,
    HasBooth,
    application_of,
    change_application,
    said_of,
    withdraw,
)
from exhibitors.domain.categories import categories_of
from exhibitors.domain.exhibitors import Exhibitor, own_exhibitor
from exhibitors.domain.fairs import fair_of
from exhibitors.routes.application_form import LABELS, ReadApplication, read_application, typed_application
from exhibitors.routes.portal_menu import portal_menu

ROUTE = "exhibitors:application"
SAVED = N_("Votre candidature est corrigée.")
WITHDRAWN = N_("Votre candidature est retirée.")
CONFIRM = N_("Cochez la case pour confirmer.")


class Withdrawal(Struct):
    """The box that says that it is meant."""

    sure: bool = False


@get("/mon-kiosque/{exhibitor:str}/candidature", name=ROUTE, permission=Permission.SIGNED_IN)
async def show(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str]:
    """What was said, and where it stands."""
    own = await own_exhibitor(edition.id, signed_in(request).id, exhibitor)
    return await _application_page(request, edition, own)


@post("/mon-kiosque/{exhibitor:str}/candidature", name="exhibitors:change-application", permission=Permission.SIGNED_IN)
async def change(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str] | Redirect:
    """While nobody has answered it."""
    own = await own_exhibitor(edition.id, signed_in(request).id, exhibitor)
    fair, categories = await fair_of(edition.id), await categories_of(edition.id)
    read = await read_application(request, categories, fair.questions, asks_agreement=False)
    if read.said is None:
        return await _application_page(request, edition, own, read.form.typed, read.form.errors, read.answered, 422)
    try:
        seen = str(read.form["version"])
        await change_application(own, read.category_id, read.said, seen=seen, by=signed_in(request).id)
    except ChangedMeanwhile:
        return await _compared(request, edition, own, read)
    except (Decided, CallClosed) as refusal:
        return await _application_page(request, edition, own, read.form.typed, {"": str(refusal)}, read.answered, 409)
    return see_other(url(ROUTE, edition_slug=edition.slug, exhibitor=own.code), flash=_(SAVED))


@post("/mon-kiosque/{exhibitor:str}/retirer", name="exhibitors:withdraw", permission=Permission.SIGNED_IN)
async def take_back(
    request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]
) -> Response[str] | Redirect:
    """For good, once the box is ticked."""
    own = await own_exhibitor(edition.id, signed_in(request).id, exhibitor)
    if not (await read_form(request, Withdrawal))["sure"]:
        return await _application_page(request, edition, own, None, {"sure": _(CONFIRM)}, None, 422)
    try:
        await withdraw(own, by=signed_in(request).id)
    except HasBooth as refusal:
        return await _application_page(request, edition, own, None, {"sure": str(refusal)}, None, 409)
    return see_other(url(ROUTE, edition_slug=edition.slug, exhibitor=own.code), flash=_(WITHDRAWN))


async def _compared(request: PageRequest, edition: Edition, own: Exhibitor, read: ReadApplication) -> Response[str]:
    """What a colleague has written meanwhile, beside what this one typed."""
    now = await own_exhibitor(edition.id, signed_in(request).id, own.code)
    application, fair = await application_of(now), await fair_of(edition.id)
    stored, _answers = typed_application(said_of(application), now.category_code, fair.questions)
    spoken = {"category": now.category, "in_quebec": _("Oui") if application.in_quebec else _("Non")}
    words = {name: label for name, label in LABELS.items() if name != "agreed"}
    changes = differences(read.form, stored, words, spoken)
    typed = {**read.form.typed, "version": application.version}
    return await _application_page(request, edition, now, typed, None, read.answered, 409, changes=changes)


async def _application_page(
    request: PageRequest,
    edition: Edition,
    own: Exhibitor,
    typed: Mapping[str, object] | None = None,
    errors: Mapping[str, str] | None = None,
    answered: Mapping[str, Sequence[str]] | None = None,
    status: int = 200,
    *,
    changes: list[tuple[str, str]] | None = None,
) -> Response[str]:
    application, fair = await application_of(own), await fair_of(edition.id)
    stored, answers = typed_application(said_of(application), own.category_code, fair.questions)
    return page(
        request,
        "exhibitors/application.html",
        edition=edition,
        status_code=status,
        exhibitor=own,
        application=application,
        said=[(question.words, answer_in_words(question, application.answers)) for question in fair.questions],
        may_change=own.state in ("submitted", "waiting") and fair.takes_applications,
        fair=fair,
        categories=await categories_of(edition.id),
        typed={**stored, "version": application.version, **(typed or {})},
        changes=changes,
        answered=answers if answered is None else answered,
        errors=errors or {},
        labels={**{name: _(label) for name, label in LABELS.items()}, "sure": _("Retirer la candidature")},
        portal_menu=portal_menu(edition, own, ROUTE),
    )


router = Router(
    path="/{edition_slug:str}",
    route_handlers=[show, change, take_back],
    after_request=keep_private,
    include_in_schema=False,
)
