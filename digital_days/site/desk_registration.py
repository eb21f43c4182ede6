"""Registering somebody who stands at the desk: without an address if need be, with places or for the event alone."""

from litestar import Response, Router, get, post
from litestar.params import FromQuery
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import consents, wake
from digital_days.kernel.attendees import Attendee, namesakes
from digital_days.kernel.codes import new_code
from digital_days.kernel.desk_registrations import register_at_desk, registration_made_by
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _, as_locale
from digital_days.kernel.permissions import Permission
from digital_days.kernel.registrations import Registration, registration_called
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import EmailAddress, Form, OneLine, read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.site.desk_places import take_each
from digital_days.site.desk_questions import next_page
from scheduling.domain.doors import slots_with_seats_left

CONSENT_NEEDED = N_("Demandez d’abord l’accord de la personne : sans lui, elle ne peut pas être inscrite.")
NAMESAKE = N_("Une personne de ce nom est déjà inscrite. Est-ce la même?")
DONE = N_("Inscription faite : %(name)s.")
NOT_ALL = N_("Inscription faite : %(name)s, mais il manque des places. %(reasons)s")


class DeskForm(Struct):
    """What is asked of somebody at the desk; ``form_code`` makes a form sent twice one registration."""

    name: OneLine
    form_code: str
    email: EmailAddress = EmailAddress("")
    language: str = "fr"
    slots: list[str] = []
    consent: list[str] = []
    another: bool = False


@get("/", name="site:desk-register", permission=Permission.DESK)
async def ask(request: PageRequest, edition: RequestedEdition, name: FromQuery[str] = "") -> Response[str]:
    """The empty form, or with the name that the search did not find."""
    typed: dict[str, str | list[str]] = {"name": name[:200], "form_code": new_code(), "language": "fr"}
    form: Form[DeskForm] = Form(typed=typed, errors={}, value=None)
    return await _form_page(request, edition, form, status=200)


@post("/", name="site:desk-register-send", permission=Permission.DESK)
async def register(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """Registers, takes the places chosen, and shows what they ask for, else the ticket to print."""
    form = await read_form(request, DeskForm)
    if consents.missing(set(form["consent"])):
        form.refuse("consent", _(CONSENT_NEEDED))
    alike = await _alike(edition, form)
    if form.value is None:
        return await _form_page(request, edition, form, alike=alike)
    registration, why_not = await _register(edition, form.value)
    name = registration.person_name
    return see_other(
        await next_page(edition, registration, form.value.slots),
        flash=_(NOT_ALL, name=name, reasons=why_not) if why_not else _(DONE, name=name),
        kind="warning" if why_not else "success",
    )


async def _alike(edition: Edition, form: Form[DeskForm]) -> list[Attendee]:
    """People of the same name, unless the desk has said that this is another one, or this form has made it."""
    if form.value is None or form.value.another or await registration_made_by(edition.id, form.value.form_code):
        return []
    alike = await namesakes(edition.id, form.value.name)
    if alike:
        form.refuse("another", _(NAMESAKE))
    return alike


async def _register(edition: Edition, wanted: DeskForm) -> tuple[Registration, str]:
    """The registration, and why some of the activities had no place for the person.

    A form sent again, perhaps because the first answer was lost halfway, takes the places that are missing.
    """
    code = await register_at_desk(
        edition_id=edition.id,
        name=wanted.name,
        email=wanted.email,
        locale=as_locale(wanted.language),
        agreed=set(wanted.consent),
        form_code=wanted.form_code,
    )
    registration = await registration_called(code)
    taken = await take_each(edition.id, registration.person_id, wanted.slots)
    wake.soon()
    return registration, taken.why_not


async def _form_page(
    request: PageRequest,
    edition: Edition,
    form: Form[DeskForm],
    *,
    alike: list[Attendee] | None = None,
    status: int = 422,
) -> Response[str]:
    return page(
        request,
        "site/desk_registration.html",
        edition=edition,
        status_code=status,
        form=form,
        alike=alike or [],
        slots=await slots_with_seats_left(edition.id),
        consents=consents.REGISTRATION,
    )


router = Router(
    path="/{edition_slug:str}/accueil/inscrire",
    route_handlers=[ask, register],
    include_in_schema=False,
)
