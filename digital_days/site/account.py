"""One's account: name and language, editions and roles, the devices where one is signed in."""

from typing import Annotated, Literal

from litestar import Response, Router, get, post
from litestar.response import Redirect
from msgspec import Meta, Struct

from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.forms import Form, OneLine, read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.sessions import end_session, forget_cookie, sessions_of
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from digital_days.site.account_facts import change_person, end_all_sessions, my_editions
from digital_days.site.edition_dates import dates

_LARGEST_NUMBER = 2**31 - 1


class Details(Struct):
    """What a person may change by themselves."""

    name: OneLine
    locale: Literal["fr", "en"]


class Device(Struct):
    """The session to end."""

    session: Annotated[int, Meta(ge=1, le=_LARGEST_NUMBER)]


@get("/compte", name="site:account", permission=Permission.SIGNED_IN)
async def show(request: PageRequest) -> Response[str]:
    """Everything on one page."""
    return await _account_page(request, None)


@post("/compte", name="site:change-account", permission=Permission.SIGNED_IN)
async def change(request: PageRequest) -> Response[str] | Redirect:
    """Takes the new name and language."""
    viewer = signed_in(request)
    form = await read_form(request, Details)
    if form.value is None:
        return await _account_page(request, form)
    await change_person(viewer.id, name=form.value.name, email=viewer.email, locale=form.value.locale)
    return see_other(url("site:account"), flash=_("C’est enregistré."))


@post("/compte/appareils/deconnecter", name="site:end-session", permission=Permission.SIGNED_IN)
async def end_one(request: PageRequest) -> Redirect:
    """Ends one of one's own sessions; somebody else's stays."""
    viewer = signed_in(request)
    form = await read_form(request, Device)
    if form.value:
        await end_session(form.value.session, person_id=viewer.id)
    return see_other(url("site:account"), flash=_("Cet appareil est déconnecté."))


@post("/compte/appareils/deconnecter-partout", name="site:end-all-sessions", permission=Permission.SIGNED_IN)
async def end_all(request: PageRequest) -> Redirect:
    """Ends all of them, this one too."""
    await end_all_sessions(signed_in(request).id)
    response = see_other(url("site:sign-in"), flash=_("Tous vos appareils sont déconnectés, celui-ci aussi."))
    forget_cookie(response)
    return response


async def _account_page(request: PageRequest, form: Form[Details] | None) -> Response[str]:
    viewer = signed_in(request)
    typed = form.typed if form else {"name": viewer.name, "locale": viewer.locale}
    return page(
        request,
        "site/account.html",
        status_code=422 if form else 200,
        typed=typed,
        errors=form.errors if form else {},
        dates=dates,
        editions=await my_editions(viewer),
        sessions=await sessions_of(viewer.id),
    )


router = Router(path="/", route_handlers=[show, change, end_one, end_all], include_in_schema=False)
