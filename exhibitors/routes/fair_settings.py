"""The organisers' page of when exhibitors apply and book, what is due when, and what they are asked."""

from litestar import Response, Router, get, post
from litestar.response import Redirect

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.local_times import PASSAGES
from digital_days.kernel.permissions import Permission
from digital_days.kernel.questions import KINDS
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.question_rows import press_question
from digital_days.kernel.web.urls import url
from exhibitors.domain.fair_writing import answered, change_fair
from exhibitors.domain.fairs import fair_of
from exhibitors.routes.fair_form import DAYS, LIMITS, FairForm, form_of, read_fair
from exhibitors.routes.fair_words import MOMENTS, differences, labels

ROUTE = "exhibitors:fair-settings"
SAVED = N_("L’appel et les dates sont enregistrés. Tout compte dès maintenant.")


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """As it is on record."""
    return await _settings_page(request, edition, form_of(await fair_of(edition.id)), {})


@post("/", name="exhibitors:change-fair", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """Saves, at once for everybody, or answers one of the form's own buttons."""
    form = (await read_form(request, FairForm)).value or FairForm()
    if form.do:
        press_question(form)
        return await _settings_page(request, edition, form, {})
    fair, errors = read_fair(form, await fair_of(edition.id))
    if errors:
        return await _settings_page(request, edition, form, errors, status=422)
    try:
        await change_fair(fair)
    except ChangedMeanwhile:
        stored = form_of(await fair_of(edition.id))
        form.version = stored.version
        return await _settings_page(request, edition, form, {}, changes=differences(form, stored), status=409)
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=_(SAVED))


async def _settings_page(
    request: PageRequest,
    edition: Edition,
    form: FairForm,
    errors: dict[str, str],
    *,
    changes: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    answers, kept = await answered(edition.id), {row.code for row in form.rows}
    return page(
        request,
        "exhibitors/fair_settings.html",
        edition=edition,
        status_code=status,
        organiser_menu=organiser_menu(edition, ROUTE),
        here=url(ROUTE, edition_slug=edition.slug),
        form=form,
        errors=errors,
        labels=labels(form),
        changes=changes,
        moments={name: (_(words), form.moment(name)) for name, words in MOMENTS.items()},
        limits=LIMITS,
        days={name: getattr(form, name) for name in DAYS},
        kinds=[(kind, _(words)) for kind, words in KINDS.items()],
        passages=[(which, _(words)) for which, words in PASSAGES],
        answered=answers,
        lost=sum(count for code, count in answers.items() if code not in kept),
        pending=bool(form.do),
    )


router = Router(
    path="/{edition_slug:str}/organisation/salon/appel", route_handlers=[show, change], include_in_schema=False
)
