"""One's agreements: said or taken back by oneself, signed in or with the link of one's ticket."""

from collections.abc import Collection

from litestar import Router, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.agreements import answer, withdraw
from digital_days.kernel.editions import edition_called
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.private_links import WrongLink, proved_code, remember_proof
from digital_days.kernel.registrations import NoSuchRegistration, Registration, registration_called, registration_of
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import keep_private, wrong_link
from digital_days.kernel.web.urls import url


class Choices(Struct):
    """The boxes that were ticked; those left empty are a no."""

    edition: str = ""
    agreed: list[str] = []


class Withdrawal(Struct):
    """What no longer holds."""

    edition: str = ""
    purpose: str = ""


@post("/compte/accords", name="site:agree", permission=Permission.SIGNED_IN)
async def agree(request: PageRequest) -> Redirect:
    """The signed-in person's own word counts at once."""
    form = await read_form(request, Choices)
    mine = await _my_registration(request, str(form["edition"]))
    await answer(mine.person_id, mine.edition_id, agreed=form["agreed"], origin="account")
    return see_other(url("site:account"), flash=_recorded(form["agreed"]))


@post("/compte/accords/retirer", name="site:withdraw", permission=Permission.SIGNED_IN)
async def take_back(request: PageRequest) -> Redirect:
    """From this moment on it no longer counts."""
    form = await read_form(request, Withdrawal)
    mine = await _my_registration(request, str(form["edition"]))
    withdrawn = await withdraw(mine.person_id, mine.edition_id, purpose=str(form["purpose"]))
    return see_other(url("site:account"), flash=_("Votre accord est retiré, dès maintenant.") if withdrawn else "")


@post("/billet/{token:str}/accords", name="site:agree-by-link", permission=Permission.SIGNED_LINK)
async def agree_by_link(request: PageRequest, token: FromPath[str]) -> Redirect:
    """Whoever answers here has read the mail with the ticket: the address is theirs."""
    registration = await registration_called(proved_code("ticket", token))
    form = await read_form(request, Choices)
    await remember_proof(registration.person_id)
    await answer(registration.person_id, registration.edition_id, agreed=form["agreed"], origin="ticket")
    return see_other(url("site:ticket", token=token), flash=_recorded(form["agreed"]))


def _recorded(agreed: Collection[str]) -> str:
    if agreed:
        return _("C’est enregistré : votre accord compte dès maintenant. Vous pouvez le retirer dans votre compte.")
    return _(
        "C’est enregistré : rien n’est coché, nous n’enverrons rien de plus. Votre compte permet de changer d’idée."
    )


async def _my_registration(request: PageRequest, slug: str) -> Registration:
    edition = await edition_called(slug)
    registration = await registration_of(signed_in(request).id, edition.id)
    if registration is None:
        raise NoSuchRegistration
    return registration


router = Router(
    path="/",
    route_handlers=[agree, take_back, agree_by_link],
    after_request=keep_private,
    exception_handlers={WrongLink: wrong_link},
    include_in_schema=False,
)
