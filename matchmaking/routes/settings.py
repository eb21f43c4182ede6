"""The organisers' page of when and where the speed dating is, and what counts in it."""

from litestar import Response, Router, get, post
from litestar.response import Redirect

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.local_times import PASSAGES
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from matchmaking.domain.fit_words import PART_NAMES
from matchmaking.domain.settings import change_speed_dating, speed_dating_of
from matchmaking.routes.settings_form import LIMITS, SettingsForm, form_of, read_settings, row_labels

ROUTE = "matchmaking:settings"
SAVED = N_("Les réglages sont enregistrés.")
MOMENTS = {"opens": N_("Ouverture des inscriptions"), "closes": N_("Fermeture des inscriptions")}
LABELS = {
    "intro_fr": N_("Présentation"),
    "intro_en": N_("Présentation en anglais"),
    "place_fr": N_("Lieu"),
    "place_en": N_("Lieu en anglais"),
    "round_minutes": N_("Durée d’une ronde, en minutes"),
    "pause_minutes": N_("Pause entre deux rondes, en minutes"),
    "tables": N_("Nombre de tables"),
    "most": N_("Rencontres au plus par personne"),
    "spread": N_("Écart permis entre les nombres de pauses"),
}


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """As they are on record."""
    return await _page(request, edition, form_of(await speed_dating_of(edition.id)), {})


@post("/", name="matchmaking:change-settings", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """Counts at once; what is published stays as it is."""
    form = (await read_form(request, SettingsForm)).value or SettingsForm()
    said, errors = read_settings(form, edition.id)
    if errors:
        return await _page(request, edition, form, errors, status=422)
    try:
        await change_speed_dating(said)
    except ChangedMeanwhile:
        stored = form_of(await speed_dating_of(edition.id))
        form.version = stored.version
        return await _page(request, edition, form, {}, changes=_differences(form, stored), status=409)
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=_(SAVED))


def _differences(form: SettingsForm, stored: SettingsForm) -> list[tuple[str, str]]:
    return [
        (label, getattr(stored, name))
        for name, label in _labels().items()
        if hasattr(stored, name) and getattr(form, name).split() != getattr(stored, name).split()
    ]


def _labels() -> dict[str, str]:
    return {name: _(words) for name, words in LABELS.items()}


async def _page(
    request: PageRequest,
    edition: Edition,
    form: SettingsForm,
    errors: dict[str, str],
    *,
    changes: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "matchmaking/settings.html",
        edition=edition,
        status_code=status,
        organiser_menu=organiser_menu(edition, ROUTE),
        here=url(ROUTE, edition_slug=edition.slug),
        form=form,
        errors=errors,
        labels=_labels() | row_labels(),
        changes=changes,
        limits=LIMITS,
        moments={name: (_(words), form.moment(name)) for name, words in MOMENTS.items()},
        passages=[(which, _(words)) for which, words in PASSAGES],
        parts=[_(words) for words in PART_NAMES.values()],
        rounds=(await speed_dating_of(edition.id)).rounds,
    )


router = Router(
    path="/{edition_slug:str}/organisation/rencontres-eclair/reglages",
    route_handlers=[show, change],
    include_in_schema=False,
)
