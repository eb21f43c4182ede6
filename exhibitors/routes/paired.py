"""Which exhibitor's phone asks: by its cookie, looked up each time."""

from datetime import timedelta

from litestar import Response
from litestar.datastructures import Cookie
from litestar.response import Redirect

from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Forbidden
from digital_days.kernel.i18n import N_
from digital_days.kernel.web.navigation import likely_edition
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.sessions import cookie_name, secret_cookie
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from exhibitors.domain.scanners import Paired, paired_scanner

_COOKIE = "scanner"
_LASTS = timedelta(days=60)
"""Longer than anybody needs it: the phone's row says when it ends."""


class NotPaired(Forbidden):
    message = N_("Ce téléphone ne lit pas de billets.")


async def paired(request: PageRequest, edition: Edition) -> Paired:
    """The phone, if it reads tickets of this edition now; else raises ``NotPaired``."""
    secret = request.cookies.get(cookie_name(_COOKIE), "")
    phone = await paired_scanner(edition.id, secret) if secret else None
    if phone is None:
        raise NotPaired
    return phone


def paired_by(secret: str) -> Cookie:
    """What makes a browser the phone."""
    return secret_cookie(_COOKIE, secret, _LASTS)


def not_paired(request: PageRequest, _refusal: NotPaired) -> Response[str] | Redirect:
    """For ``exception_handlers`` of a router: a page that says how to become one; what was sent leads there too."""
    slug = request.path_params["edition_slug"]
    if request.method != "GET":
        return see_other(url("exhibitors:scanner", edition_slug=slug))
    was_paired = cookie_name(_COOKIE) in request.cookies
    edition = likely_edition(request.user, request.url.path)
    return keep_private(page(request, "exhibitors/not_paired.html", edition=edition, was_paired=was_paired))
