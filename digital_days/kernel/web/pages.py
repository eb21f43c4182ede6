"""A page: its template in the frame that all pages share."""

import json
from typing import Any

from litestar import MediaType, Request, Response
from litestar.response import Redirect

from digital_days.kernel import i18n
from digital_days.kernel.editions import Edition
from digital_days.kernel.settings import current
from digital_days.kernel.web.languages import edition_in_english
from digital_days.kernel.web.left_cookies import leave, left
from digital_days.kernel.web.navigation import navigation_for
from digital_days.kernel.web.sessions import Viewer, forget_cookie
from digital_days.kernel.web.templates import render
from digital_days.kernel.web.urls import in_language, url

PageRequest = Request[Viewer | None, None, Any]


def page(
    request: PageRequest,
    template: str,
    *,
    edition: Edition | None = None,
    bilingual: bool = True,
    status_code: int = 200,
    **context: object,
) -> Response[str]:
    """The rendered page. English exists only where the edition opens it; without one, where some edition does."""
    flash = read_flash(request)
    body = render(template, {**frame(request, edition=edition, bilingual=bilingual), "flashes": flash, **context})
    response = Response(body, media_type=MediaType.HTML, status_code=status_code)
    response.headers["cache-control"] = "no-store" if request.user else "no-cache"
    if flash:
        forget_cookie(response, "flash")
    return response


def fragment(template: str, *, status_code: int = 200, **context: object) -> Response[str]:
    """A part of a page, for htmx to put in its place."""
    return Response(
        render(template, context),
        media_type=MediaType.HTML,
        status_code=status_code,
        headers={"cache-control": "no-store"},
    )


def frame(request: PageRequest, *, edition: Edition | None, bilingual: bool = True) -> dict[str, object]:
    """What base.html needs."""
    opened = edition or edition_in_english()
    english = bilingual and opened is not None and opened.opens_english
    query = f"?{request.url.query}" if request.url.query else ""
    other: i18n.Locale = "fr" if i18n.current() == "en" else "en"
    return {
        "viewer": request.user,
        "edition": edition,
        "navigation": navigation_for(request.user, edition, request.url.path),
        "home_url": in_language("/", i18n.current()),
        "alternate_url": in_language(request.url.path, other) + query if english else "",
        "english_ground": opened.english_ground if opened else "",
        "sign_out_url": url("site:sign-out"),
        "footer_links": [
            {"label": i18n._("Vie privée"), "url": url("site:privacy")},
            {"label": i18n._("Accessibilité"), "url": url("site:accessibility")},
        ],
        "organiser": _organiser(edition),
    }


def _organiser(edition: Edition | None) -> dict[str, str]:
    if edition:
        return {"name": edition.organiser_name, "address": edition.postal_address, "email": edition.contact_email}
    settings = current()
    return {
        "name": settings.organiser_name,
        "address": settings.organiser_address,
        "email": settings.organiser_email,
    }


def see_other(path: str, *, flash: str = "", kind: str = "success") -> Redirect:
    """After a form: GET this page; it shows the sentence once."""
    cookies = [leave("flash", json.dumps([kind, flash]).encode())] if flash else []
    return Redirect(path, status_code=303, cookies=cookies)


def is_htmx(request: PageRequest) -> bool:
    """Whether a script asks for a part of a page rather than the browser for all of it."""
    return request.headers.get("hx-request") == "true"


def read_flash(request: PageRequest) -> list[dict[str, str]]:
    """The sentence left by the page before."""
    content = left("flash", request.cookies)
    if content is None:
        return []
    kind, text = json.loads(content)
    return [{"kind": kind, "text": text}]
