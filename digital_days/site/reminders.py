"""Reminders, or none: by the link at the foot of each, without signing in, or on one's account page."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.editions import edition_called
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.private_links import WrongLink, proved_code
from digital_days.kernel.registrations import NoSuchRegistration, registration_called, registration_of
from digital_days.kernel.reminders import say_reminders
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import edition_of_link, keep_private, wrong_link
from digital_days.kernel.web.urls import url

WANTED = N_("C’est noté : vous recevrez un rappel la veille et une heure avant, puis une demande d’avis le soir même.")
UNWANTED = N_("C’est noté : vous ne recevrez plus de rappels.")


class Choice(Struct):
    """What the button says."""

    edition: str = ""
    wanted: bool = False


@get("/rappels/{token:str}", name="site:reminders", permission=Permission.SIGNED_LINK)
async def show(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """Changes nothing: programs that look at mails open every link."""
    registration = await registration_called(proved_code("reminders", token))
    edition = await edition_of_link(registration.edition_slug)
    return page(
        request,
        "site/reminders.html",
        edition=edition,
        wanted=registration.reminders,
        action=url("site:say-reminders", token=token),
    )


@post("/rappels/{token:str}", name="site:say-reminders", permission=Permission.SIGNED_LINK)
async def say(request: PageRequest, token: FromPath[str]) -> Redirect:
    """At once, for what is promised already too."""
    registration = await registration_called(proved_code("reminders", token))
    form = await read_form(request, Choice)
    wanted = bool(form["wanted"])
    await say_reminders(registration.code, wanted=wanted)
    return see_other(url("site:reminders", token=token), flash=_(WANTED if wanted else UNWANTED))


@post("/compte/rappels", name="site:say-my-reminders", permission=Permission.SIGNED_IN)
async def say_mine(request: PageRequest) -> Redirect:
    """The same for one edition of the signed-in person."""
    form = await read_form(request, Choice)
    edition = await edition_called(str(form["edition"]))
    registration = await registration_of(signed_in(request).id, edition.id)
    if registration is None:
        raise NoSuchRegistration
    wanted = bool(form["wanted"])
    await say_reminders(registration.code, wanted=wanted)
    return see_other(f"{url('site:account')}#agreements", flash=_(WANTED if wanted else UNWANTED))


router = Router(
    path="/",
    route_handlers=[show, say, say_mine],
    after_request=keep_private,
    exception_handlers={WrongLink: wrong_link},
    include_in_schema=False,
)
