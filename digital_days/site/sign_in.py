"""Signing in by a link in a mail, and signing out. The answer to a request is the same for every address."""

import secrets
from datetime import timedelta

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import i18n, wake
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.settings import current
from digital_days.kernel.web import rate_limits
from digital_days.kernel.web.access import may_look_inside
from digital_days.kernel.web.client_address import client_network
from digital_days.kernel.web.forms import EmailAddress, OneLine, read_form
from digital_days.kernel.web.keepsakes import forget_keepsakes, hand_over
from digital_days.kernel.web.own_paths import own_path
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.sessions import (
    cookie_name,
    end_session,
    forget_cookie,
    hash_of,
    secret_cookie,
    start_session,
)
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import in_language, url
from digital_days.site.browsers import browser_name
from digital_days.site.sign_in_links import ask_for_link, link_with, use_link
from digital_days.site.start_page import start_page

TYPED = N_("L’adresse que vous avez tapée : %(email)s")

_NONCE = "sign-in"
_NONCE_LASTS = timedelta(hours=1)


class LinkRequest(Struct):
    """The address, and where the person was going; a name where they may be new here."""

    email: EmailAddress
    name: OneLine = OneLine("")
    next: str = ""


class LinkUse(Struct):
    """``confirm`` comes from the second button, for a link that another browser asked for."""

    confirm: bool = False


@get("/connexion", name="site:sign-in", permission=Permission.PUBLIC)
async def ask(request: PageRequest) -> Response[str] | Redirect:
    """The form; whoever is signed in goes on to their start page."""
    if request.user:
        return see_other(await start_page(request.user.id))
    return page(
        request, "site/sign_in.html", typed="", name="", errors={}, next=own_path(request.query_params.get("next", ""))
    )


@post("/connexion", name="site:ask-for-link", permission=Permission.PUBLIC)
async def send(request: PageRequest) -> Response[str] | Redirect:
    """Promises the mail; says nothing about who is known here, and shows the browser what was typed in it."""
    form = await read_form(request, LinkRequest)
    if form.value is None:
        return page(
            request,
            "site/sign_in.html",
            status_code=422,
            typed=form["email"],
            name=form["name"],
            errors=form.errors,
            next=own_path(str(form["next"])),
        )
    rate_limits.count(sign_in_address=(client_network(request), current().rate_per_address))
    nonce = _nonce(request) or secrets.token_urlsafe(32)
    await ask_for_link(
        form.value.email, browser=hash_of(nonce), next_path=own_path(form.value.next), name=form.value.name
    )
    wake.soon()
    sent_to = url("site:sign-in-sent", **({"nouveau": "1"} if form.value.name else {}))
    response = see_other(sent_to, flash=_(TYPED, email=form.value.email), kind="info")
    response.set_cookie(secret_cookie(_NONCE, nonce, _NONCE_LASTS))
    return response


@get("/connexion/courriel-envoye", name="site:sign-in-sent", permission=Permission.PUBLIC)
async def sent(request: PageRequest) -> Response[str]:
    """The same page, whatever the address was; whoever gave a name gets a link in any case."""
    mailbox = url("site:mailbox") if may_look_inside(request) else ""
    named = bool(request.query_params.get("nouveau"))
    return page(request, "site/sign_in_sent.html", mailbox=mailbox, named=named)


@get("/connexion/{token:str}", name="site:sign-in-link", permission=Permission.SIGNED_LINK)
async def look(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """What the link will do; opening it, as mail scanners do, uses nothing up."""
    return await _link_page(request, token, status_code=200)


@post("/connexion/{token:str}", name="site:use-link", permission=Permission.SIGNED_LINK)
async def use(request: PageRequest, token: FromPath[str]) -> Response[str] | Redirect:
    """Uses the link up: a new session under a new token, whatever this browser held before."""
    form = await read_form(request, LinkUse)
    confirmed = bool(form.value and form.value.confirm)
    person = await use_link(token, browser=_browser(request), confirmed=confirmed)
    if person is None:
        return await _link_page(request, token, status_code=409)
    if request.user:
        await end_session(request.user.session_id, person_id=request.user.id)
    wanted = own_path(request.query_params.get("next", ""))
    response = see_other(in_language(wanted, i18n.current()) if wanted else await start_page(person))
    response.set_cookie(await start_session(person, browser=browser_name(request.headers.get("user-agent", ""))))
    forget_cookie(response, _NONCE)
    await hand_over(request, response, person)
    return response


@post("/deconnexion", name="site:sign-out", permission=Permission.PUBLIC)
async def sign_out(request: PageRequest) -> Redirect:
    """Ends this browser's session and drops what it keeps; harmless without. ``next``: where another account leads."""
    going = own_path(str((await request.form()).get("next", "")))
    if request.user:
        await end_session(request.user.session_id, person_id=request.user.id)
    sign_in = url("site:sign-in", next=going) if going else url("site:sign-in")
    response = see_other(sign_in, flash=_("Votre session est fermée. À bientôt!"))
    forget_cookie(response)
    forget_keepsakes(request, response)
    return response


async def _link_page(request: PageRequest, token: str, *, status_code: int) -> Response[str]:
    link = await link_with(token, browser=_browser(request))
    if link.state == "open":
        query = f"?{request.url.query}" if request.url.query else ""
        action = url("site:use-link", token=token) + query
        return page(request, "site/sign_in_link.html", status_code=status_code, link=link, action=action)
    gone = 404 if link.state == "unknown" else 410
    onward = await start_page(request.user.id) if request.user else ""
    return page(request, "site/sign_in_spent.html", status_code=gone, state=link.state, onward=onward)


def _nonce(request: PageRequest) -> str:
    return request.cookies.get(cookie_name(_NONCE), "")


def _browser(request: PageRequest) -> str:
    nonce = _nonce(request)
    return hash_of(nonce) if nonce else ""


router = Router(
    path="/",
    route_handlers=[ask, send, sent, look, use, sign_out],
    after_request=keep_private,
    include_in_schema=False,
)
