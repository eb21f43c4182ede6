"""Pages behind a link of a mail: kept by no cache, listed by no search engine; a broken link says what to do."""

from typing import Any

from litestar import Response

from digital_days.kernel import i18n
from digital_days.kernel.editions import Edition, edition_called
from digital_days.kernel.i18n import _
from digital_days.kernel.private_links import WrongLink
from digital_days.kernel.web.languages import FrenchOnly
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.urls import url


async def edition_of_link(slug: str) -> Edition:
    """The edition that the link leads into; its English page exists only where the edition opens English."""
    edition = await edition_called(slug)
    if i18n.current() == "en" and not edition.opens_english:
        raise FrenchOnly
    return edition


def keep_private(response: Response[Any]) -> Response[Any]:
    """For ``after_request`` of a router; what already says how it may be kept goes on saying it."""
    if "private" not in response.headers.get("cache-control", ""):
        response.headers["cache-control"] = "no-store"
    response.headers["x-robots-tag"] = "noindex, nofollow"
    return response


def wrong_link(request: PageRequest, refusal: WrongLink) -> Response[Any]:
    """For ``exception_handlers`` of a router: the sentence, and the ways to come in otherwise."""
    response = page(
        request,
        "error.html",
        status_code=404,
        status=404,
        title=_("Ce lien ne fonctionne pas"),
        message=str(refusal),
        ways_out=[{"label": _("Recevoir un lien de connexion"), "url": url("site:sign-in")}],
    )
    return keep_private(response)
