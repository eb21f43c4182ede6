"""An exhibitor writes its public page, looks at it as the public will, and publishes it."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.happenings import happenings_of
from digital_days.kernel.i18n import _
from digital_days.kernel.need_terms import need_terms
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from exhibitors.domain.exhibitors import Exhibitor
from exhibitors.domain.profiles import (
    NotAcceptedYet,
    NothingToShow,
    hide_profile,
    profile_of,
    publish_profile,
    save_profile,
)
from exhibitors.routes.portal_menu import portal_menu
from exhibitors.routes.portal_page import acting_for
from exhibitors.routes.profile_form import (
    DESCRIPTION,
    LABELS,
    MOST_SENT,
    ProfileForm,
    form_of,
    link_rows,
    read_profile_form,
    texts_in,
)
from exhibitors.routes.profile_meanwhile import said_meanwhile

ROUTE, PREVIEW = "exhibitors:profile", "exhibitors:profile-preview"


@get("/", name=ROUTE, permission=Permission.SIGNED_IN)
async def show(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str]:
    """The form, filled in."""
    own = await acting_for(request, edition, exhibitor)
    return await _form_page(request, edition, own, form_of(await profile_of(own.id)), status=200)


@post("/", name="exhibitors:save-profile", permission=Permission.SIGNED_IN, request_max_body_size=MOST_SENT)
async def save(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str] | Redirect:
    """Nobody's changes are lost: neither those of the form, nor those made meanwhile."""
    own = await acting_for(request, edition, exhibitor)
    form, links = await read_profile_form(request)
    if form.value is None:
        return await _form_page(request, edition, own, form)
    before = await profile_of(own.id)
    known = {each.code for each in await happenings_of(edition.id)}
    texts = texts_in(form.value, links, before=before, edition=edition, activities=known)
    try:
        await save_profile(own.id, texts, version=form.value.version)
    except NothingToShow as refusal:
        form.refuse("summary_fr", str(refusal))
        return await _form_page(request, edition, own, form)
    except ChangedMeanwhile:
        return await _form_page(request, edition, own, form, status=409)
    shown = PREVIEW if form.value.do == "preview" else ROUTE
    return see_other(_address(shown, edition, own), flash=_("Votre fiche est enregistrée."))


@get("/apercu", name=PREVIEW, permission=Permission.SIGNED_IN)
async def preview(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str]:
    """What is stored, as the public reads it."""
    own = await acting_for(request, edition, exhibitor)
    profile = await profile_of(own.id)
    return page(
        request,
        "exhibitors/profile_preview.html",
        edition=edition,
        exhibitor=own,
        profile=profile,
        needs=[term.name for term in await need_terms(edition.id) if term.slug in profile.needs],
        activities=[each for each in await happenings_of(edition.id) if each.code in profile.activities],
        portal_menu=portal_menu(edition, own, ROUTE),
    )


@post("/publier", name="exhibitors:publish-profile", permission=Permission.SIGNED_IN)
async def publish(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Redirect:
    """Says what is missing where it cannot be."""
    own = await acting_for(request, edition, exhibitor)
    try:
        await publish_profile(own.id)
    except (NothingToShow, NotAcceptedYet) as refusal:
        return see_other(_address(ROUTE, edition, own), flash=str(refusal), kind="error")
    return see_other(_address(PREVIEW, edition, own), flash=_("Votre fiche est publiée dans le répertoire du salon."))


@post("/retirer", name="exhibitors:hide-profile", permission=Permission.SIGNED_IN)
async def hide(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Redirect:
    """What is written stays, for its owners only."""
    own = await acting_for(request, edition, exhibitor)
    await hide_profile(own.id)
    flash = _("Votre fiche ne paraît plus dans le répertoire. Rien de ce que vous avez écrit n’est perdu.")
    return see_other(_address(PREVIEW, edition, own), flash=flash)


def _address(route: str, edition: Edition, own: Exhibitor) -> str:
    return url(route, edition_slug=edition.slug, exhibitor=own.code)


async def _form_page(
    request: PageRequest, edition: Edition, own: Exhibitor, form: Form[ProfileForm], *, status: int = 422
) -> Response[str]:
    profile, terms, happenings = await profile_of(own.id), await need_terms(edition.id), await happenings_of(edition.id)
    meanwhile = said_meanwhile(form, profile, terms, happenings) if status == 409 else None
    if meanwhile is not None:
        form.typed["version"] = profile.version
    return page(
        request,
        "exhibitors/profile.html",
        edition=edition,
        status_code=status,
        exhibitor=own,
        profile=profile,
        form=form,
        labels={name: _(label) for name, label in LABELS.items()},
        rows=link_rows(form),
        terms=terms,
        happenings=happenings,
        most=DESCRIPTION,
        meanwhile=meanwhile,
        portal_menu=portal_menu(edition, own, ROUTE),
    )


router = Router(
    path="/{edition_slug:str}/mon-kiosque/{exhibitor:str}/fiche",
    route_handlers=[show, save, preview, publish, hide],
    include_in_schema=False,
)
